"""Somebody who has no mouse: moves with Tab until the thing that is wanted has the focus."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

# What a screen reader would call an element.
CALLED = """const called = (at) => {
    const labels = [...(at.labels ?? [])].map((label) => label.textContent).join(" ");
    const name = at.getAttribute("aria-label") ?? (labels || at.textContent);
    return name.replace(/\\s+/g, " ").trim();
};"""
FOCUSED = f"() => {{ {CALLED} return called(document.activeElement); }}"
# How many presses of Tab the element seems to be away: one that has the focus in a group of radio
# buttons stands for all of them. A guess, which saves asking after each press.
AWAY = f"""([by, wanted, back]) => {{
    {CALLED}
    const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
    const group = (e) => all.filter((other) => other.type === "radio" && other.name === e.name);
    const stands = (e) => (group(e).find((other) => other.checked) ?? group(e)[0]) === e;
    const stops = all.filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility()
        && (e.type !== "radio" || stands(e)));
    const now = document.activeElement;
    const side = back ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
    const ahead = stops.filter((e) => now.compareDocumentPosition(e) & side);
    const fits = {{
        id: (e) => e.id === wanted,
        name: (e) => called(e) === wanted,
        start: (e) => called(e).startsWith(wanted),
    }}[by];
    return (back ? ahead.reverse() : ahead).findIndex(fits);
}}"""
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
        self._tab("name", name, back=back)

    def tab_to_start(self, start: str) -> None:
        """Press Tab until what has the focus begins with these words."""
        self._tab("start", start)

    def tab_to_id(self, control: str) -> None:
        """Press Tab until the control with this id has the focus."""
        self._tab("id", control)

    def _tab(self, by: str, wanted: str, *, back: bool = False) -> None:
        key = "Shift+Tab" if back else "Tab"
        self.press(*[key] * self.page.evaluate(AWAY, [by, wanted, back]))
        met: list[str] = []
        while not met or not self._fits(by, wanted, met[-1]):
            if len(met) == LIMIT:
                pytest.fail(f"{self.page.url}: no way by Tab to {wanted!r}; met {met}")
            self.press(key)
            met.append(self._control() if by == "id" else self.focused()[:200])

    def _control(self) -> str:
        return str(self.page.evaluate("document.activeElement.id"))

    @staticmethod
    def _fits(by: str, wanted: str, met: str) -> bool:
        return met.startswith(wanted) if by == "start" else met == wanted

    def told(self) -> str:
        """What the page says of the act that led to it."""
        return " ".join(self.page.locator(".banner, .govuk-error-summary").all_inner_texts())

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
