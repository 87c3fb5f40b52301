"""The parts every page is built of: valid HTML, words beside colours, nothing typed is lost."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import html5lib
import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string
from wtforms import StringField

from app.web.forms import Form
from app.web.i18n import LANGUAGES, language, lazy_gettext
from tests.fixtures.gallery import BAD_INPUT, TOO_LATE, gallery_app

TEMPLATES = sorted(
    (Path(__file__).resolve().parents[3] / "app" / "templates").rglob("*.html"),
)
EVIL = "<b onclick=alert(1)>x</b>"


@pytest.fixture
def gallery(tmp_path: Path) -> Flask:
    return gallery_app(tmp_path)


@pytest.fixture
def context(gallery: Flask) -> Iterator[None]:
    with gallery.test_request_context(), language("en"):
        yield


def opened(app: Flask, url: str, status: int = 200) -> BeautifulSoup:
    answer = app.test_client().get(url)
    html = answer.get_data(as_text=True)
    assert answer.status_code == status, html
    html5lib.HTMLParser(strict=True).parse(html)
    return BeautifulSoup(html, "html5lib")


def shown(source: str, **values: object) -> BeautifulSoup:
    return BeautifulSoup(render_template_string(source, **values), "html5lib")


def words(soup: BeautifulSoup) -> str:
    return " ".join(soup.get_text(" ").split())


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("url", ["/gallery?lang=", "/gallery?bad=1&lang="])
def test_every_component_is_valid_html_in_each_language(
    gallery: Flask, url: str, code: str
) -> None:
    page = opened(gallery, url + code)

    ids = [element["id"] for element in page.select("[id]")]
    described = [
        i for e in page.select("[aria-describedby]") for i in e["aria-describedby"].split()
    ]
    labels = {label["for"] for label in page.select("label[for]")}
    assert page.html is not None
    assert page.html["lang"] == code
    assert len(ids) == len(set(ids))
    assert set(described) | labels <= set(ids)
    assert len(page.select("h1")) == 1


def test_a_refused_form_leads_to_each_field_and_keeps_what_was_typed(gallery: Flask) -> None:
    page = opened(gallery, "/gallery?bad=1")

    summary = page.select_one(".govuk-error-summary[data-focus][role=alert]")
    assert summary is not None
    targets = [link["href"].removeprefix("#") for link in summary.select("a")]
    assert targets == ["name", "day", "pages", "kind", "medium-0", "sure"]
    assert all(page.select_one(f"#{target}") for target in targets)
    assert TOO_LATE in words(summary)
    assert page.title is not None
    assert page.title.get_text().startswith("Error: ")
    for name, typed in BAD_INPUT.items():
        field = page.select_one(f"#{name}")
        assert field is not None
        assert field["value"] == typed
        assert field["aria-invalid"] == "true"
        reasons = page.select_one(f"#{name}-error")
        assert reasons is not None
        assert words(reasons).startswith("Error: ")


def test_the_summary_has_the_messages_that_are_translated_when_shown(context: None) -> None:
    class Sheet(Form):
        word = StringField("Word")

    form = Sheet(meta={"csrf": False})
    form.word.errors = [lazy_gettext("Save"), "Plain."]
    source = """{% from "components/forms.html" import error_summary %}{{ error_summary(form) }}"""

    with language("fi"):
        links = shown(source, form=form).select(".govuk-error-summary a[href='#word']")
    assert [words(link) for link in links] == ["Tallenna", "Plain."]


def test_a_form_without_errors_shows_no_summary(gallery: Flask) -> None:
    page = opened(gallery, "/gallery")

    assert not page.select(".govuk-error-summary, .govuk-error-message, [aria-invalid]")
    assert page.title is not None
    assert not page.title.get_text().startswith("Error")


def test_hidden_fields_travel_once_and_every_post_form_is_protected(gallery: Flask) -> None:
    page = opened(gallery, "/gallery")

    for form in page.select("form[method=post]"):
        assert len(form.select("input[name=csrf_token]")) == 1
    assert [f["value"] for f in page.select("form#act input[name=secret]")] == ["3"]
    assert page.select_one("form#act")["enctype"] == "multipart/form-data"  # type: ignore[index]


def test_each_cell_of_a_table_says_its_column(gallery: Flask) -> None:
    page = opened(gallery, "/gallery")

    heads = [words(th) for th in page.select("#requests thead th")]
    row = page.select("#requests tbody tr")[0].find_all(["td", "th"])
    assert [cell.get("data-label", "Pick") for cell in row] == heads
    assert row[4]["class"] == ["numeric"]


def test_a_near_deadline_is_said_in_words_too(gallery: Flask) -> None:
    page = opened(gallery, "/gallery")

    urgent = page.select_one(".rail__count--urgent")
    assert urgent is not None
    assert words(urgent) == "1 ! deadline near"
    assert words(page.select(".rail__count")[0]) == "1,412"


@pytest.mark.parametrize(
    ("days", "state", "text"),
    [
        (-2, "bad", "2 days late"),
        (-1, "bad", "1 day late"),
        (0, "bad", "due today"),
        (1, "bad", "1 day left"),
        (3, "bad", "3 days left"),
        (4, "warn", "4 days left"),
        (7, "warn", "7 days left"),
        (8, "ok", "8 days"),
    ],
)
def test_the_badge_of_a_deadline_has_colour_and_words(
    context: None, days: int, state: str, text: str
) -> None:
    source = "{% from 'components/status.html' import days_left %}{{ days_left(days) }}"

    badge = shown(source, days=days).select_one(".tag")

    assert badge is not None
    assert f"tag--{state}" in badge["class"]
    assert words(badge) == text


def test_no_deadline_has_no_badge(context: None) -> None:
    source = "{% from 'components/status.html' import days_left %}{{ days_left(none) }}"

    assert not shown(source).select(".tag")


@pytest.mark.parametrize(
    ("code", "paper", "file"), [("fi", "man", "atk"), ("sv", "man", "adb"), ("en", "paper", "file")]
)
def test_a_medium_always_has_its_word(gallery: Flask, code: str, paper: str, file: str) -> None:
    source = "{% from 'components/status.html' import media %}{{ media(['man', 'atk']) }}"
    with gallery.test_request_context(), language(code):
        marks = shown(source).select(".medium")

    assert [words(mark) for mark in marks] == [paper, file]


@pytest.mark.parametrize(
    ("used", "knob"), [(-3, "1.0%"), (0, "1.0%"), (30, "98.0%"), (45, "98.0%")]
)
def test_a_line_of_time_stays_within_its_ends(context: None, used: int, knob: str) -> None:
    source = (
        "{% from 'components/status.html' import deadline_line %}{{ deadline_line(used, 30, 'x') }}"
    )

    circle = shown(source, used=used).select_one("circle")

    assert circle is not None
    assert circle["cx"] == knob


@pytest.mark.parametrize(
    "call",
    [
        "c.heading(x, lead=x, status=x, actions=x)",
        "c.breadcrumbs([(x, x), (x, none)])",
        "c.stat(x, x, x)",
        "c.notice('error', x, x, x, x)",
        "c.summary_list([{'key': x, 'value': x, 'action_url': x, 'action_text': x}])",
        "c.step(x, x, x, x)",
        "c.event(x, x, x, x, x)",
        "c.identity(x, [(x, x, x)], x, x, x, x)",
        "c.tabs([{'label': x, 'url': x, 'lang': x}], x)",
        "c.empty(x, x, x, x)",
        "s.tag('ok', x)",
        "s.medium('man', x)",
        "s.deadline_line(1, 2, x)",
        "s.progress(1, 2, x)",
        "f.button(x, 'primary', x, x, x)",
        "f.link_button(x, x)",
        "f.post_button(x, x, 'secondary', {x: x})",
        "f.select_row(x, x, x)",
        "h.bar_chart(x, [{'label': x, 'value': 1, 'url': x, 'long_label': x}], x, x)",
    ],
)
def test_a_text_is_never_taken_for_markup(context: None, call: str) -> None:
    source = (
        "{% import 'components/content.html' as c %}{% import 'components/forms.html' as f %}"
        "{% import 'components/status.html' as s %}{% import 'components/charts.html' as h %}"
        "{{ " + call + " }}"
    )

    soup = shown(source, x=EVIL)

    assert not soup.select("[onclick]")
    assert "onclick" in str(soup)


def test_an_instant_is_shown_in_finnish_time_and_readable_by_machines(context: None) -> None:
    source = "{% from 'components/content.html' import event %}{{ event(at, 'Logged', ', twice') }}"
    at = datetime(2026, 3, 5, 12, 7, tzinfo=UTC)

    time = shown(source, at=at).select_one("time")

    assert time is not None
    assert time["datetime"] == "2026-03-05T12:07:00+00:00"
    assert words(time) == "5 Mar 2026 14:07"
    assert "Logged, twice" in shown(source, at=at).get_text()


def test_bars_that_lead_somewhere_are_links_with_their_number(context: None) -> None:
    source = (
        "{% from 'components/charts.html' import bar_chart %}"
        "{{ bar_chart('Ends', bars, 'documents', 'month') }}"
    )
    bars = [{"label": "12", "value": 1200, "url": "/d", "long_label": "December"}]

    chart = shown(source, bars=bars)

    assert [link["aria-label"] for link in chart.select("svg a")] == ["December: 1,200"]
    assert [words(cell) for cell in chart.select("details td")] == ["December", "1,200"]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 429, 500])
def test_an_error_page_says_what_to_do(gallery: Flask, status: int, code: str) -> None:
    page = opened(gallery, f"/error/{status}?lang={code}", status)

    main = page.select_one("main")
    assert main is not None
    assert str(status) in words(main)
    assert main.select_one("a.govuk-button[href='/']")
    assert not page.select(".rail")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_keeps_to_the_content_security_policy(path: Path) -> None:
    source = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)

    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:|hx-on|src=.data:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style", source)
    assert not re.search(r"\|\s*safe\b|autoescape false", source)
