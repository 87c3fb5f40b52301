"""A register made by keyboard from nothing, on pages without barriers, wide and narrow."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, barriers, new_context, sign_in
from tests.browser.keyboard import Keyboard


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


def new_member(keys: Keyboard, part: str, texts: list[str], *, field: str = "suomi") -> None:
    """From the parts of the draft to one of them, members into it, and back."""
    keys.go(part)
    keys.go("Add")
    for text in texts:
        keys.tab_to(field)
        keys.write(text)
        keys.go("Save" if text == texts[-1] else "Save and add another")
    keys.go("All parts of the register")


def fill_matrix(keys: Keyboard) -> None:
    """Two types into the matrix of a service: ticks by the arrow keys, a rule from its list."""
    keys.skip()
    keys.tab_to("Computer: Sopimus")
    keys.press("Space", "ArrowRight")
    assert keys.focused() == "Paper: Sopimus"
    keys.press("Space", "ArrowDown")
    assert keys.focused() == "Paper: Suunnitelma"
    keys.press("Space", "ArrowRight", "ArrowDown")
    # The list keeps the plain arrow keys: one down is its first rule.
    assert keys.focused() == "Retention rule: Suunnitelma"
    assert keys.page.evaluate("document.activeElement.selectedIndex") == 1
    keys.press("Control+ArrowUp")
    assert keys.focused() == "Retention rule: Sopimus"
    keys.press("Control+ArrowRight")
    assert keys.focused() == "Add-on service: Sopimus"
    keys.press("Home")
    assert keys.focused() == "Computer: Sopimus"
    keys.press("End", "Enter")
    keys.tab_to("suomi")
    keys.write("Allekirjoitettu")
    keys.go("Save")


def test_a_register_comes_into_force_by_keyboard_alone(chromium: Browser, server: Server) -> None:
    writing, publishing = (new_context(chromium, locale="en-GB") for _person in range(2))
    keys = Keyboard(writing.new_page())
    keys.sign_in(server.address, "omistaja", server.passwords["omistaja"])
    keys.go("Registers")
    keys.skip()
    keys.go("New register")
    keys.skip()
    keys.tab_to("Name of the register")
    keys.write("Pelkin näppäimin")
    keys.enter()
    new_member(keys, "Purposes of processing", ["Palvelun järjestäminen"])
    new_member(keys, "Types of services", ["Valmennus"])
    new_member(keys, "Types of documents", ["Sopimus", "Suunnitelma"])
    keys.go("Storage rules")
    keys.go("Valmennus")
    fill_matrix(keys)
    keys.skip()
    keys.go("Cancel")
    keys.skip()
    keys.go("Propose for publication")

    other = Keyboard(publishing.new_page())
    other.sign_in(server.address, "tietosuoja", server.passwords["tietosuoja"])
    other.go("Registers 1")
    other.skip()
    other.go("Pelkin näppäimin")
    other.skip()
    other.go("Version 1")
    rows = other.page.locator("table tbody tr").all_inner_texts()
    assert [row.split() for row in rows] == [["Sopimus", "paper", "file"], ["Suunnitelma", "paper"]]
    other.skip()
    other.tab_to_id("acknowledged")
    other.press("Space")
    other.go("Publish the version")
    other.skip()
    other.go("Privacy notice")
    assert "Palvelun järjestäminen" in other.page.inner_text("main")
    writing.close()
    publishing.close()


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
