"""Somebody who has no mouse: moves with Tab until the thing that is wanted has the focus."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

# What a screen reader would call the thing that has the focus.
FOCUSED = """() => {
    const at = document.activeElement;
    const labels = [...(at.labels ?? [])].map((label) => label.textContent).join(" ");
    const name = at.getAttribute("aria-label") ?? (labels || at.textContent);
    return name.replace(/\\s+/g, " ").trim();
}"""
# How many of what can have the focus stand before a control and after what has it now.
STEPS = """(id) => {
    const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
    const stops = all.filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility());
    const after = (a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING;
    const [now, then] = [document.activeElement, document.getElementById(id)];
    return stops.filter((e) => after(now, e) && (e === then || after(e, then))).length;
}"""
LIMIT = 120


@dataclass(frozen=True)
class Keyboard:
    """The keys of one person; nothing here clicks, or gives the focus in another way."""

    page: Page

    def focused(self) -> str:
        """The name of what has the focus."""
        name = self.page.evaluate(FOCUSED)
        assert isinstance(name, str)
        return name

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Type into what has the focus."""
        self.page.keyboard.type(text)

    def tab_to(self, name: str, *, back: bool = False) -> None:
        """Press Tab, or Shift+Tab, until what has the focus is called so."""
        met: list[str] = []
        while not met or met[-1] != name:
            if len(met) == LIMIT:
                pytest.fail(f"{self.page.url}: no way by Tab to {name!r}; met {met}")
            self.press("Shift+Tab" if back else "Tab")
            met.append(self.focused()[:200])

    def tab_to_id(self, control: str) -> None:
        """Press Tab until the control with this id has the focus."""
        # As many at once as it seems to be away: to ask after each takes twice the time.
        self.press(*["Tab"] * self.page.evaluate(STEPS, control))
        met = [str(self.page.evaluate("document.activeElement.id"))]
        while not met or met[-1] != control:
            if len(met) == LIMIT:
                pytest.fail(f"{self.page.url}: no way by Tab to #{control}; met {met}")
            self.press("Tab")
            met.append(str(self.page.evaluate("document.activeElement.id")))

    def told(self) -> str:
        """What the page says of the act that led to it."""
        return " ".join(self.page.locator(".banner, .govuk-error-summary").all_inner_texts())

    def tab_to_start(self, start: str) -> None:
        """Press Tab until what has the focus begins with these words."""
        met: list[str] = []
        while not met or not met[-1].startswith(start):
            if len(met) == LIMIT:
                pytest.fail(f"{self.page.url}: no way by Tab to {start!r}…; met {met}")
            self.press("Tab")
            met.append(self.focused()[:200])

    def go(self, name: str, *, back: bool = False) -> None:
        """Go to a link or a button and press Enter; the next page has come."""
        self.tab_to(name, back=back)
        self.enter()

    def enter(self) -> None:
        """Press Enter where the focus is; the next page has come."""
        with self.page.expect_navigation():
            self.press("Enter")

    def skip(self) -> None:
        """Over the header and the navigation, to the content."""
        self.tab_to("Skip to the content")
        self.press("Enter")

    def sign_in(self, address: str, username: str, password: str) -> None:
        """Open the sign-in page, go in, and choose English."""
        self.page.goto(f"{address}/sign-in")
        self.tab_to("User name")
        self.write(username)
        self.tab_to("Password")
        self.write(password)
        self.enter()
        self.go("English")
