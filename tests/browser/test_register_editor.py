"""A register made by keyboard from nothing, on pages without barriers, wide and narrow."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, barriers, new_context, sign_in


def check(page: Page) -> None:
    found = barriers(page)
    assert not found, (page.url, found)
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, (page.url, width, over)
    assert page.evaluate("stopped") == []


def type_into(page: Page, field: str, text: str) -> None:
    page.focus(f"#{field}")
    page.keyboard.type(text)


def test_a_register_is_made_by_keyboard(chromium: Browser, server: Server) -> None:
    context = new_context(chromium)
    person = sign_in(context, server, "tietosuoja")
    page = person.open("/registers/new")
    check(page)
    type_into(page, "name", "Näppäimistörekisteri")
    type_into(page, "key", "nappaimisto")
    page.keyboard.press("Enter")
    page.wait_for_url("**/versions/1/edit")
    check(page)
    draft = page.url.removeprefix(server.address)

    for part, field, texts in (
        ("purposes", "text-fi", ["Palvelun järjestäminen"]),
        ("data_categories", "name-fi", ["Perustiedot"]),
        ("services", "name-fi", ["Valmennus"]),
        ("document_types", "name-fi", ["Sopimus", "Suunnitelma"]),
    ):
        for text in texts:
            person.open(f"{draft}/{part}/_new")
            check(page)
            type_into(page, field, text)
            page.focus(".buttons button")
            page.keyboard.press("Enter")
            page.wait_for_url(f"**/edit/{part}#told")
    check(page)
    person.open(f"{draft}/storage_rules/_new")
    check(page)
    for field, text in (("service", "Valmennus"), ("document_type", "Sopimus")):
        type_into(page, field, text)
    page.focus("#media-c2")
    page.keyboard.press("Space")
    page.focus(".buttons button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/storage_rules#told")
    check(page)
    person.open(f"{draft.removesuffix('edit')}matrix/valmennus")
    check(page)
    person.open(f"{draft}/document-types/sopimus/merge?into=suunnitelma")
    check(page)
    person.open(f"{draft}/services/valmennus/remove")
    check(page)
    context.close()


def test_a_matrix_that_goes_on_to_the_side_says_so(chromium: Browser, server: Server) -> None:
    context = new_context(chromium)
    page = sign_in(context, server, "tietosuoja").open("/registers/1/versions/1")
    hint, box = page.locator(".scroll-hint"), page.locator(".scroll")
    for width, cut in ((1440, False), (1280, False), (760, True)):
        page.set_viewport_size({"width": width, "height": 900})
        expect(hint).to_be_visible(visible=cut)
    box.evaluate("box => { box.scrollLeft = 200 }")
    edges = [box.bounding_box(), page.locator("tbody th").first.bounding_box()]
    assert edges[0]["x"] == edges[1]["x"]
    context.close()
