"""The parts of the pages as people meet them: narrow, dark, printed, by keyboard, no script."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route
from werkzeug.serving import make_server

from tests.browser.conftest import barriers, new_context
from tests.fixtures.gallery import gallery_app


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    app = gallery_app(tmp_path_factory.mktemp("gallery"))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in a context of its own; the options of the context come from the parameter."""
    options: dict[str, Any] = getattr(request, "param", {})
    context = new_context(chromium, **options)
    yield context.new_page()
    context.close()


WINDOWS = {
    "wide": {},
    "dark": {"color_scheme": "dark"},
    "tablet": {"viewport": {"width": 800, "height": 1000}},
    "narrow": {"viewport": {"width": 320, "height": 700}},
    "narrow and dark": {"viewport": {"width": 320, "height": 700}, "color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}


@pytest.mark.parametrize("page", WINDOWS.values(), ids=WINDOWS.keys(), indirect=True)
@pytest.mark.parametrize("query", ["?lang=fi", "?bad=1&lang=sv"])
def test_every_component_is_accessible_and_fits(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}/gallery{query}")
    if page.viewport_size and page.viewport_size["width"] == 320:
        page.click(".menu__button")

    assert barriers(page, "best-practice") == []
    assert page.evaluate("stopped") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_choice_of_a_theme_beats_the_system(page: Page, address: str, theme: str) -> None:
    page.emulate_media(color_scheme="dark" if theme == "light" else "light")
    page.goto(f"{address}/gallery?theme={theme}")

    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert ground == {"light": "rgb(251, 250, 247)", "dark": "rgb(16, 23, 28)"}[theme]


@pytest.mark.parametrize("page", [WINDOWS["narrow"]], indirect=True)
def test_a_narrow_table_is_a_list_of_facts(page: Page, address: str) -> None:
    page.goto(f"{address}/gallery")
    cell = page.locator("#requests td[data-label='Time gone']").first

    label = cell.evaluate("e => getComputedStyle(e, '::before').content")

    assert label == '"Time gone"'
    assert cell.bounding_box() is not None
    assert page.locator("#requests thead").bounding_box() is not None
    assert page.locator("#requests thead").bounding_box()["width"] <= 1  # type: ignore[index]


@pytest.mark.parametrize("page", [WINDOWS["narrow"]], indirect=True)
def test_the_menu_opens_by_keyboard_and_closes_with_escape(page: Page, address: str) -> None:
    page.goto(f"{address}/gallery")
    requests = page.locator(".menu__panel a", has_text="Requests")
    assert not requests.is_visible()

    page.focus(".menu__button")
    page.keyboard.press("Enter")
    assert requests.is_visible()
    page.keyboard.press("Escape")

    assert not requests.is_visible()
    assert page.evaluate("document.activeElement.className") == "menu__button"


def test_the_first_tab_leads_past_the_rail(page: Page, address: str) -> None:
    page.goto(f"{address}/gallery?quiet=1")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_what_was_done_is_read_first(page: Page, address: str) -> None:
    page.goto(f"{address}/gallery")

    assert page.evaluate("document.activeElement.id") == "told"


def test_a_slash_goes_to_the_search_and_is_typed_there(page: Page, address: str) -> None:
    page.goto(f"{address}/gallery")

    page.keyboard.press("/")
    page.keyboard.type("a/b")

    assert page.input_value("#search") == "a/b"


def test_the_slash_can_be_switched_off(page: Page, address: str) -> None:
    page.goto(f"{address}/gallery")
    page.evaluate("document.body.dataset.shortcuts = 'off'")

    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.id") != "search"


def test_what_is_wrong_is_read_first(page: Page, address: str) -> None:
    page.goto(f"{address}/gallery?bad=1")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"

    page.click(".govuk-error-summary a[href='#medium-0']")

    assert page.evaluate("document.activeElement.id") == "medium-0"


def test_one_tick_takes_all_rows_and_shows_when_only_some_are_left(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/gallery")
    rows = page.locator("#rows input")

    page.check("#rows-all")
    assert all(rows.nth(i).is_checked() for i in range(rows.count()))
    page.uncheck("#request-2")

    assert page.evaluate("document.querySelector('#rows-all').indeterminate")


def test_unsaved_typing_is_not_left_behind_by_accident(page: Page, address: str) -> None:
    page.goto(f"{address}/gallery")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{address}/gallery?lang=fi")
    assert asked == []

    page.click("#name")
    page.keyboard.type("a")
    page.goto(f"{address}/gallery?lang=sv")

    assert asked == ["beforeunload"]


def test_a_double_click_sends_once(page: Page, address: str) -> None:
    sent: list[str] = []

    def answer(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)

    page.route("**/take-over", answer)
    page.goto(f"{address}/gallery")

    page.dblclick("form[action='/take-over'] button")
    page.wait_for_timeout(300)

    assert sent == ["POST"]


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_without_a_script_nothing_is_offered_that_needs_one(page: Page, address: str) -> None:
    page.goto(f"{address}/gallery")

    offered = [page.locator(".js-only").nth(i) for i in range(page.locator(".js-only").count())]

    assert offered
    assert not any(element.is_visible() for element in offered)
    assert page.locator("button", has_text="Save").first.is_visible()


def test_paper_carries_the_content_alone(page: Page, address: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{address}/gallery?theme=dark")

    hidden = [".header", ".rail", ".footer", ".filter", ".buttons", ".pagination"]

    assert [name for name in hidden if page.locator(name).first.is_visible()] == []
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
