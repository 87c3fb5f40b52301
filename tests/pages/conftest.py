"""A signed-in reader that checks every page it opens: status, HTML, headings, labels, language."""

import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag
from bs4.builder import HTML5TreeBuilder
from flask import Flask, got_request_exception
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.models import User
from app.accounts.permissions import Actor
from app.accounts.services import sign_in
from app.db import db
from app.web.i18n import LANGUAGES
from tests.fixtures.people import PASSWORD

Browse = Callable[..., "Reader"]


class StrictBuilder(HTML5TreeBuilder):
    """The tree of a page that is valid HTML; fails at the first mistake instead of mending it."""

    def feed(self, markup: Any) -> None:
        """Parse the page."""
        parser = html5lib.HTMLParser(strict=True, tree=self.create_treebuilder)
        assert self.underlying_builder is not None
        self.underlying_builder.parser = parser
        parser.parse(markup)


def check_html(html: str, language: str) -> BeautifulSoup:
    """Fail unless the page is valid HTML with one heading, a title, labels and unique ids."""
    soup = BeautifulSoup(html, builder=StrictBuilder())
    assert soup.html is not None
    assert soup.html.get("lang") == language
    # One walk, not one for each question: a page may have ten thousand elements.
    elements = [node for node in soup.descendants if isinstance(node, Tag)]
    headings = [element for element in elements if element.name == "h1"]
    assert len(headings) == 1, f"{len(headings)} h1 headings"
    heading = " ".join(headings[0].get_text(" ").split())
    assert soup.title is not None
    assert soup.title.get_text(strip=True), "no title"
    ids = Counter(element["id"] for element in elements if "id" in element.attrs)
    twice = [name for name, times in ids.items() if times > 1]
    assert not twice, f"ids twice: {twice}"
    assert heading, "the heading is empty"
    _check_fields(elements)
    styled = [element for element in elements if "style" in element.attrs]
    assert not styled, "an inline style is stopped by the content security policy"
    scripts = [each for each in elements if each.name == "script" and "src" not in each.attrs]
    assert not scripts, "an inline script is stopped likewise"
    assert not re.search(r"%\(\w+\)s", soup.get_text()), "a placeholder was not filled in"
    return soup


def _check_fields(elements: list[Tag]) -> None:
    labelled = {each["for"] for each in elements if each.name == "label" and "for" in each.attrs}
    for control in elements:
        if control.name not in {"input", "select", "textarea"}:
            continue
        if control.get("type") in ("hidden", "submit"):
            continue
        named = control.get("id") in labelled or control.get("aria-label")
        assert named or control.find_parent("label"), f"no label: {control}"
    for form in elements:
        if form.name == "form" and str(form.get("method", "get")).lower() == "post":
            token = form.find("input", attrs={"name": "csrf_token"})
            assert token, f"no CSRF token: {form.get('action')}"


@dataclass
class Reader:
    """A browser without JavaScript, signed in as one person."""

    client: FlaskClient
    language: str = "fi"
    token: str = field(default="", repr=False)

    def get(self, url: str, *, status: int = 200) -> BeautifulSoup:
        """Open a page and check it."""
        return self._checked(self.client.get(url), status)

    def post(
        self, url: str, data: dict[str, object] | None = None, *, status: int = 200
    ) -> BeautifulSoup:
        """Send a form as the page would, follow where it leads, and check what is shown."""
        answer = self.send(url, data)
        if answer.status_code == 303:
            answer = self.client.get(answer.location, follow_redirects=True)
        return self._checked(answer, status)

    def send(self, url: str, data: dict[str, object] | None = None) -> TestResponse:
        """Send a form and return the bare answer."""
        return self.client.post(
            url,
            data={"csrf_token": self._csrf_token(), **(data or {})},
            content_type="multipart/form-data",
        )

    def fetch(self, url: str) -> TestResponse:
        """Open anything (a file, a redirect) and return the bare answer."""
        return self.client.get(url)

    def _csrf_token(self) -> str:
        if not self.token:
            page = BeautifulSoup(self.client.get("/sign-in").data, "html.parser")
            found = page.select_one("input[name=csrf_token]")
            assert found is not None
            self.token = str(found["value"])
        return self.token

    def _checked(self, answer: TestResponse, status: int) -> BeautifulSoup:
        text = answer.get_data(as_text=True)
        assert answer.status_code == status, f"{answer.status_code}: {_words(text)}"
        if not answer.mimetype.startswith("text/html"):
            return BeautifulSoup("", "html5lib")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        return check_html(text, self.language)


def _words(html: str) -> str:
    main = BeautifulSoup(html, "html5lib").select_one("main, body")
    return " ".join((main.get_text(" ") if main else html).split())[:600]


@pytest.fixture
def browse(app: Flask) -> Iterator[Browse]:
    """`browse(actor)`: a reader signed in as that person; `browse(None)`: a stranger."""

    def show(_sender: Flask, exception: BaseException, **_extra: object) -> None:
        traceback.print_exception(exception)

    got_request_exception.connect(show, app)

    def open_browser(actor: Actor | None, language: str = "fi") -> Reader:
        assert language in LANGUAGES
        client = app.test_client()
        with client.session_transaction() as session:
            session["language"] = language
            if actor is not None:
                user = db.session.get(User, actor.user_id)
                assert user is not None
                session["token"] = sign_in(user.username, PASSWORD, "192.0.2.1")
        return Reader(client, language)

    yield open_browser
    got_request_exception.disconnect(show, app)
