"""A text for which there is no translation is marked with its language on the public page."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.registers.definitions import RegisterDefinition
from app.registers.notice import build_notice, notice_html
from app.web.i18n import language

Data = dict[str, Any]
Build = Callable[[Data], RegisterDefinition]

LOCKED = "Kaappi on lukossa."
PURPOSE = "palvelun antaminen"


@pytest.fixture
def page(app: Flask, data: Data, build: Build) -> Callable[[str], BeautifulSoup]:
    data["safeguards"][0]["text"] = {"fi": LOCKED}
    data["purposes"][0]["text"] = {"fi": PURPOSE, "en": "Giving the service"}
    register = build(data)

    def made(code: str) -> BeautifulSoup:
        with app.app_context(), language(code):
            notice = build_notice(register, {})
            return BeautifulSoup(notice_html(notice, version="1", organisation=""), "html.parser")

    return made


def test_untranslated_texts_have_their_language(page: Callable[[str], BeautifulSoup]) -> None:
    marked = page("sv").select("main [lang]")

    assert [(each["lang"], each.get_text()) for each in marked if each.name == "li"] == [
        ("fi", LOCKED)
    ]
    assert PURPOSE in [each.get_text() for each in marked if each.name == "dt"]
    assert {each["lang"] for each in marked} == {"fi"}


def test_texts_in_the_language_of_the_page_have_none(page: Callable[[str], BeautifulSoup]) -> None:
    assert page("fi").select("main [lang]") == []
    assert [each.get_text() for each in page("en").select("main [lang]")] == [LOCKED]
