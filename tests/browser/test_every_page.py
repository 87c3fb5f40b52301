"""Every page, in three languages, light and dark, wide and at 320 px: no barrier, no overflow."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from app import create_app
from app.config import Settings
from app.registers.findings import FindingCode
from app.registers.findings.texts import finding
from tests.browser.conftest import Person, Server, barriers, new_context, sign_in

# Who opens what; an address stands once, with the person whose work it is.
PAGES = {
    "tietosuoja": [
        "/",
        "/clients",
        "/clients/search",
        "/clients/{client}",
        "/clients/{client}/identity-code",
        "/documents",
        "/documents/{document}",
        "/hand-overs",
        "/hand-overs/{hand_over}",
        "/locations",
        "/registers",
        "/registers/exports",
        "/registers/findings",
        "/registers/{register}",
        "/registers/{register}/versions/1",
        "/registers/{register}/versions/1/difference",
        "/registers/{register}/versions/1/findings",
        "/registers/{register}/versions/1/findings?show=accepted",
        "/registers/{register}/versions/1/findings/{finding}",
        "/registers/{register}/versions/1/notice",
        "/registers/{register}/versions/1/record",
        "/registers/{register}/notice-recipients",
        "/notices/",
        "/notices/{register_key}/",
        "/notices/{register_key}/index.html",
        "/notices/{register_key}/{edition}/{notice_language}.html",
        "/retention-rules",
        "/retention-rules/{rule}",
        "/retention-rules/{rule}/confirm",
        "/retention-rules/{rule}/change",
        "/retention-rules/proposals/new",
        "/retention-rules/proposals/{proposal}",
        "/retention-rules/proposals/{proposal}/reject",
        "/access-log",
        "/disposal/lists/{list}/approve",
        "/holds",
        "/holds/new",
    ],
    "ohjaaja": [
        "/clients/{stranger}/reason",
        "/clients/{own}/documents/new",
        "/episodes/{episode}/end",
        "/hand-overs/new?client={own}",
    ],
    "arkisto": [
        "/disposal",
        "/disposal/lists",
        "/disposal/lists/{list}",
        "/retention-rules/proposals/{proposal}/withdraw",
        "/items/{paper}/location",
        "/locations/new?register={register}",
        "/clients/new",
        "/clients/{client}/edit",
        "/clients/{client}/consents",
        "/clients/{client}/notices",
        "/clients/{client}/episodes/new",
        "/clients/consents/{consent}/withdraw",
    ],
    "pyynnot": [
        "/requests",
        "/requests/new",
        "/requests/new/client",
        "/requests/{request}",
        "/requests/{request}/close",
        "/requests/{request}/extend",
        "/requests/{erasure}/hand-over",
        "/requests/{unverified}/identity",
        "/requests/{request}/suspend",
        "/requests/{suspended}/resume",
    ],
}

IDS = {
    "register": "SELECT 1",
    "register_key": "SELECT key FROM register WHERE id = 1",
    "edition": "SELECT min(number) FROM notice_edition WHERE register_id = 1",
    "notice_language": "SELECT min(language) FROM notice_file",
    "client": "SELECT 1",
    "document": "SELECT min(id) FROM document",
    "rule": """SELECT min(r.key) FROM retention_rule r JOIN retention_rule_version v
        ON v.rule_id = r.id JOIN document d ON d.retention_rule_version_id = v.id""",
    "proposal": "SELECT min(id) FROM retention_rule_proposal WHERE state = 'proposed'",
    "hand_over": "SELECT min(id) FROM hand_over",
    "list": "SELECT min(id) FROM disposal_confirmation",
    "consent": "SELECT min(id) FROM consent",
    "request": "SELECT min(id) FROM data_subject_request WHERE kind = 'access'",
    "unverified": "SELECT min(id) FROM data_subject_request WHERE kind = 'rectification'",
    "erasure": "SELECT min(id) FROM data_subject_request WHERE kind = 'erasure'",
    "suspended": "SELECT min(request_id) FROM clock_suspension",
    "paper": "SELECT min(id) FROM item WHERE medium = 'man' AND location_id IS NOT NULL",
    "episode": """SELECT min(e.id) FROM episode e JOIN user_account u ON u.id = e.worker_id
        WHERE u.username = 'ohjaaja' AND e.ended_on IS NULL""",
    "own": """SELECT e.client_id FROM episode e JOIN user_account u ON u.id = e.worker_id
        JOIN document d ON d.episode_id = e.id JOIN item i ON i.document_id = d.id
        WHERE u.username = 'ohjaaja' AND e.ended_on IS NULL AND i.holder_id = u.id LIMIT 1""",
    "stranger": """SELECT min(client_id) FROM episode e JOIN user_account u ON u.id = e.worker_id
        WHERE u.username = 'hanke'""",
}

LOOKS = [
    ("fi", "light", 1440),
    ("sv", "dark", 320),
    ("en", "dark", 1440),
]


@pytest.fixture(scope="module")
def ids(server: Server) -> dict[str, int | str]:
    """One of each thing in the demo, by what the addresses call it."""
    data = Path(server.environment["SELOSTE_INSTANCE_PATH"]) / "data" / "seloste.db"
    connection = sqlite3.connect(data)
    found = {name: connection.execute(query).fetchone()[0] for name, query in IDS.items()}
    connection.close()
    assert all(found.values()), found
    officer_missing = finding(FindingCode.DPO_MISSING, ("data_protection_officer",))
    return {**found, "finding": officer_missing.fingerprint}


@pytest.fixture(
    params=[(user, *look) for user in PAGES for look in LOOKS],
    ids=lambda value: "-".join(str(part) for part in value),
)
def visit(
    chromium: Browser, server: Server, request: pytest.FixtureRequest
) -> Iterator[tuple[str, Person, BrowserContext]]:
    """Somebody signed in, with a language, a colour scheme and a width."""
    username, language, scheme, width = request.param
    context = new_context(chromium, color_scheme=scheme, viewport={"width": width, "height": 900})
    person = sign_in(context, server, username)
    if language != "fi":
        person.page.evaluate(
            """language => {
                const form = document.querySelector(`form[action$="/language"]`);
                const button = form.querySelector(`[value="${language}"]`);
                form.requestSubmit(button);
            }""",
            language,
        )
        person.page.wait_for_selector(f"html[lang={language}]")
    yield username, person, context
    context.close()


def test_pages_are_accessible_and_fit(
    visit: tuple[str, Person, BrowserContext], ids: dict[str, int | str]
) -> None:
    username, person, _context = visit
    problems = []
    for path in PAGES[username]:
        page = person.open(path.format(**ids))
        problems += [(path, *found) for found in barriers(page)]
        problems += [(path, "stopped", what) for what in page.evaluate("stopped")]
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        problems += [(path, "overflow")] if page.evaluate(wide) else []

    assert problems == []


def test_the_list_of_pages_is_complete(tmp_path: Path) -> None:
    """A page that answers GET with HTML is either above or among these, each with its reason."""
    files = {"pdf", "json", "txt", "content", "package", "pick-list", "export", "healthz", "readyz"}
    draft = "/registers/<int:register_id>/versions/<int:number>/edit"
    why = "test_register_editor makes a register"
    elsewhere = {
        "/registers/new": why,
        f"{draft}": why,
        f"{draft}/<string:part>": why,
        f"{draft}/<string:part>/<string:member>": why,
        f"{draft}/<string:part>/<string:member>/remove": why,
        f"{draft}/document-types/<string:member>/merge": why,
        f"{draft.removesuffix('edit')}matrix/<string:service>": why,
        "/sign-in": "test_main_job signs in",
        "/notices/notice.css": "a stylesheet",
        "/disposal/lists/<int:list_id>/paper": "test_main_job confirms paper",
        "/disposal/lists/<int:list_id>/execute": "test_main_job carries out",
        "/disposal/lists/<int:list_id>/return": "the same form as cancel, in the page tests",
        "/disposal/lists/<int:list_id>/cancel": "needs an approved list; in the page tests",
    }
    listed = {
        re.sub(r"\{\w+\}", "<id>", path.partition("?")[0]).replace("/versions/1", "/versions/<id>")
        for paths in PAGES.values()
        for path in paths
    }
    app = create_app(Settings(instance_path=tmp_path))

    missing = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and rule.endpoint != "static"
        and rule.rule not in elsewhere
        and not files & set(re.split(r"[./]", rule.rule))
        and re.sub(r"<(int|string):\w+>", "<id>", rule.rule) not in listed
    }

    assert missing == set()
