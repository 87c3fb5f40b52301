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
