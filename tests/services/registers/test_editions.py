"""A publication archives its notice: six files, their hashes, the log; covered registers too."""

import json
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import clock
from app.accounts.permissions import Actor
from app.audit.models import AuditOutbox
from app.db import db, transaction
from app.registers import editions, queries, services
from app.registers.definitions import RegisterDefinition
from app.registers.differences import ChangeKind
from app.registers.models import NoticeFile, Register, RegisterVersion
from app.registers.pages import changes_since, version_page
from app.retention.services import load_rules
from app.web.i18n import language
from app.web.problems import NotFound
from tests.fixtures.registers import Publish, publish_knowingly, small_definition

SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


def changed(definition: RegisterDefinition, **parts: Any) -> RegisterDefinition:
    return RegisterDefinition.from_json(
        json.dumps({**definition.model_dump(mode="json", exclude_defaults=True), **parts})
    )


@pytest.fixture
def publish_as(app: Flask, owner: Actor, officer: Actor) -> Publish:
    """Publish a definition through the services, as people do: the register's id."""

    def published(definition: RegisterDefinition, in_force_from: date) -> int:
        with transaction() as session:
            register = session.scalar(select(Register).where(Register.key == definition.key))
            if register is None:
                register = Register(key=definition.key, created_at=clock.now(), versions=[])
                session.add(register)
                session.flush()
            version = RegisterVersion(
                register_id=register.id,
                number=len(queries.versions(register.id)) + 1,
                content=definition.to_json(),
                content_hash=definition.content_hash,
                loaded_at=clock.now(),
            )
            session.add(version)
        services.propose(owner, version.id)
        publish_knowingly(officer, version.id, in_force_from)
        return register.id

    return published


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("fi", "Voimassa 1.3.2026 alkaen. Selosteen 2. painos."),
        ("sv", "Gäller från och med 1.3.2026. Beskrivningens utgåva 2."),
        ("en", "In force from 1 Mar 2026. Edition 2 of this notice."),
    ],
)
def test_the_line_below_the_title_is_for_the_public(app: Flask, code: str, line: str) -> None:
    with language(code):
        assert services.edition_line(2, SPRING) == line


def test_a_publication_archives_the_notice_as_page_and_pdf_in_three_languages(
    publish_as: Publish,
) -> None:
    register_id = publish_as(small_definition("valmennus"), SPRING)

    (edition,) = editions.editions(register_id)
    assert (edition.number, edition.in_force_from, edition.tells_clients) == (1, SPRING, True)
    assert {(language, kind) for language, kind, _hash in edition.files} == {
        (language, kind)
        for language in ("fi", "sv", "en")
        for kind in ("text/html", "application/pdf")
    }
    for code, kind, digest in edition.files:
        file = editions.edition_file("valmennus", 1, code, kind)
        assert sha256(file.content).hexdigest() == digest
    page = editions.edition_file("valmennus", 1, "sv", "text/html").content.decode()
    assert '<html lang="sv">' in page
    assert "Registret valmennus" in page


def test_the_archive_is_in_the_log_with_its_hashes(publish_as: Publish) -> None:
    register_id = publish_as(small_definition("valmennus"), SPRING)

    payloads = [json.loads(p) for p in db.session.scalars(select(AuditOutbox.payload))]
    (entry,) = [p for p in payloads if p["action"] == "notice.archived"]
    hashes = [digest for _language, _kind, digest in editions.editions(register_id)[0].files]
    assert entry["details"] == {"edition": 1, "hashes": hashes}


def test_a_later_version_makes_the_next_edition_and_the_first_stays_as_it_was(
    publish_as: Publish,
) -> None:
    first = small_definition("valmennus")
    register_id = publish_as(first, SPRING)
    before = editions.edition_file("valmennus", 1, "fi", "text/html").content
    publish_as(changed(first, description={"fi": "Uusi kuvaus."}), SUMMER)

    found = editions.editions(register_id)
    assert [edition.number for edition in found] == [2, 1]
    assert editions.edition_file("valmennus", 1, "fi", "text/html").content == before
    assert b"Uusi kuvaus." in editions.edition_file("valmennus", 2, "fi", "text/html").content
    assert editions.current_edition(found, date(2026, 5, 31)) == found[1]
    assert editions.current_edition(found, SUMMER) == found[0]
    assert editions.current_edition(found, date(2026, 2, 28)) is None


def test_a_tampered_file_is_not_served(publish_as: Publish) -> None:
    publish_as(small_definition("valmennus"), SPRING)
    with transaction() as session:
        session.execute(update(NoticeFile).values(content=b"<p>Jotain muuta</p>"))
    db.session.expire_all()

    with pytest.raises(editions.NoticeTampered):
        editions.edition_file("valmennus", 1, "fi", "text/html")


def test_a_notice_is_made_in_the_languages_of_the_register_alone(publish_as: Publish) -> None:
    content = json.loads(small_definition("kor").to_json().replace('"fi":', '"sv":'))
    publish_as(RegisterDefinition.from_json(json.dumps(content | {"languages": ["sv"]})), SPRING)

    (edition,) = editions.editions(queries.register_id_of("kor"))
    assert {code for code, _kind, _hash in edition.files} == {"sv"}
    page = editions.edition_file("kor", 1, "sv", "text/html").content.decode()
    assert "Registret kor" in page
    assert not any(f"{code}.html" in page for code in ("fi", "sv", "en")), "there is no switch"
    with pytest.raises(NotFound):
        editions.edition_file("kor", 1, "fi", "text/html")


def test_a_covered_register_is_told_of_in_the_notice_that_covers_it(publish_as: Publish) -> None:
    covered = publish_as(small_definition("verkkosivut"), SPRING)
    teller = publish_as(
        changed(small_definition("kerho"), notice={"covers": ["verkkosivut"]}), SUMMER
    )

    assert len(editions.editions(covered)) == 1
    page = editions.edition_file("kerho", 1, "fi", "text/html").content.decode()
    assert page.count("Kuka vastaa tiedoistasi?") == 1
    assert "Rekisteri verkkosivut" in page

    publish_as(changed(small_definition("verkkosivut"), description={"fi": "Kävijät."}), AUTUMN)

    assert len(editions.editions(covered)) == 1
    newest = editions.editions(teller)[0]
    assert (newest.number, newest.in_force_from) == (2, AUTUMN)
    assert b"K\xc3\xa4vij\xc3\xa4t." in (
        editions.edition_file("kerho", 2, "fi", "text/html").content
    )
    assert editions.public_notice("verkkosivut", AUTUMN).told_by == "kerho"
    assert editions.notice_register(covered, AUTUMN) == teller


def test_what_is_to_come_is_made_again_when_the_present_changes(publish_as: Publish) -> None:
    publish_as(small_definition("verkkosivut"), SPRING)
    covering = changed(small_definition("kerho"), notice={"covers": ["verkkosivut"]})
    teller = publish_as(covering, SPRING)
    publish_as(changed(covering, description={"fi": "Tuleva."}), AUTUMN)
    publish_as(changed(small_definition("verkkosivut"), description={"fi": "Kävijät."}), SUMMER)

    starts = [edition.in_force_from for edition in editions.editions(teller)]
    assert starts == [AUTUMN, SUMMER, AUTUMN, SPRING]
    last = editions.edition_file("kerho", 4, "fi", "text/html").content.decode()
    assert "Tuleva." in last
    assert "Kävijät." in last


def test_a_register_that_is_covered_no_more_tells_for_itself(publish_as: Publish) -> None:
    covered = publish_as(small_definition("verkkosivut"), SPRING)
    publish_as(changed(small_definition("kerho"), notice={"covers": ["verkkosivut"]}), SUMMER)
    publish_as(small_definition("kerho"), AUTUMN)

    assert editions.editions(covered)[0].in_force_from == AUTUMN
    assert editions.public_notice("verkkosivut", AUTUMN).told_by is None


def test_a_processor_has_no_notice_of_its_own(publish_as: Publish) -> None:
    register_id = publish_as(changed(small_definition("tilaajalle"), capacity="processor"), SPRING)

    assert editions.editions(register_id) == []
    with pytest.raises(NotFound):
        editions.public_notice("tilaajalle", SPRING)


def test_versions_from_before_get_their_editions_once(publish: Publish) -> None:
    register_id = publish(small_definition("valmennus"))

    assert services.make_missing_editions() == 1
    assert services.make_missing_editions() == 0
    assert [edition.number for edition in editions.editions(register_id)] == [1]


def test_an_edition_lists_what_changed_for_clients_and_tells_only_then(
    publish_as: Publish,
) -> None:
    first = small_definition("valmennus")
    register_id = publish_as(first, SPRING)
    silent = changed(first, staff_instructions={"fi": "Kirjaa heti."})
    publish_as(silent, SUMMER)
    police = {"key": "poliisi", "recipient": {"fi": "Poliisi", "sv": "Polisen", "en": "The police"}}
    disclosures = silent.model_dump(mode="json", exclude_defaults=True)["disclosures"]
    publish_as(changed(silent, disclosures=[*disclosures, police]), AUTUMN)

    newest, middle, oldest = editions.editions(register_id)
    assert (newest.tells_clients, middle.tells_clients, oldest.tells_clients) == (True, False, True)
    heading = "What has changed since the notice before this one?"
    pages = [
        editions.edition_file("valmennus", number, "en", "text/html").content.decode()
        for number in (1, 2, 3)
    ]
    assert [heading in page for page in pages] == [False, False, True]
    assert "The police" in pages[2].split(heading)[1].split("</section>")[0]


def load_longer_rules(app: Flask, folder: Path) -> None:
    """What was kept for ten years is kept for twelve."""
    source = app.config["SELOSTE"].policies_path / "social-services.yaml"
    longer = folder / source.name
    longer.write_text(source.read_text("utf-8").replace("P10Y", "P12Y"), "utf-8")
    load_rules(longer)


def test_a_notice_is_made_again_when_a_rule_changes_its_periods(
    publish_as: Publish, app: Flask, tmp_path: Path
) -> None:
    load_rules()
    register_id = publish_as(small_definition("valmennus"), SPRING)
    assert services.renew_editions(clock.today()) == 0

    load_longer_rules(app, tmp_path)

    assert services.renew_editions(clock.today()) == 1
    assert services.renew_editions(clock.today()) == 0
    newest = editions.editions(register_id)[0]
    assert newest.tells_clients
    assert b"12 vuotta" in editions.edition_file("valmennus", 2, "fi", "text/html").content


def change_list(key: str, number: int) -> str:
    """What an edition says has changed since the one before it; empty where it says nothing."""
    page = editions.edition_file(key, number, "en", "text/html").content.decode()
    _before, _heading, rest = page.partition("What has changed since the notice before this one?")
    return rest.split("</section>")[0]


def test_what_is_made_again_before_it_begins_tells_all_that_is_new_then(
    publish_as: Publish, app: Flask, tmp_path: Path
) -> None:
    load_rules()
    first, coming = small_definition("valmennus"), clock.today() + timedelta(days=100)
    disclosures = first.model_dump(mode="json", exclude_defaults=True)["disclosures"]
    named = [{"key": key, "recipient": {"fi": key}} for key in ("Poliisi", "Verottaja")]
    police, taxes = [{**each, "key": each["key"].lower()} for each in named]
    register_id = publish_as(first, SPRING)
    publish_as(changed(first, disclosures=[*disclosures, police]), coming)
    publish_as(changed(first, disclosures=[*disclosures, police, taxes]), coming)
    for recipient in ("Poliisi", "Verottaja"):
        assert recipient in change_list("valmennus", 3)

    load_longer_rules(app, tmp_path)
    assert services.renew_editions(clock.today()) == 2
    assert services.renew_editions(clock.today()) == 0
    assert services.renew_editions(coming) == 0

    newest, now, *older = editions.editions(register_id)
    assert (newest.in_force_from, now.in_force_from) == (coming, clock.today())
    public = editions.public_notice("valmennus", clock.today())
    assert (public.current, public.coming, public.past) == (now, (newest,), tuple(older))
    later = coming + timedelta(days=30)
    publish_as(changed(first, disclosures=[*disclosures, taxes]), later)
    starts = [
        each.in_force_from for each in editions.public_notice("valmennus", clock.today()).coming
    ]
    assert starts == [coming, later]
    assert newest.tells_clients
    assert "12 years" in change_list("valmennus", now.number)
    assert "Poliisi" not in change_list("valmennus", now.number)
    assert "12 years" not in change_list("valmennus", newest.number)
    assert "Poliisi" in change_list("valmennus", newest.number)
    assert "12 vuotta" in (
        editions.edition_file("valmennus", newest.number, "fi", "text/html").content.decode()
    )


def test_a_covering_notice_to_come_tells_its_own_change_after_another_register_has_changed(
    publish_as: Publish,
) -> None:
    today, coming = clock.today(), clock.today() + timedelta(days=100)
    covered, teller = small_definition("verkkosivut"), small_definition("kerho")
    publish_as(covered, SPRING)
    teller = changed(teller, notice={"covers": ["verkkosivut"]})
    register_id = publish_as(teller, SPRING)
    old = teller.model_dump(mode="json", exclude_defaults=True)["disclosures"]
    police, taxes = [
        {"key": key.lower(), "recipient": {"fi": key}} for key in ("Poliisi", "Verottaja")
    ]
    publish_as(changed(teller, disclosures=[*old, police]), coming)
    publish_as(changed(covered, disclosures=[*old, taxes]), today)

    newest, now, *_older = editions.editions(register_id)
    assert (newest.in_force_from, now.in_force_from) == (coming, today)
    lists = [change_list("kerho", each.number) for each in (now, newest)]
    assert [("Verottaja" in each, "Poliisi" in each) for each in lists] == [
        (True, False),
        (False, True),
    ]


def test_a_version_is_compared_by_the_rules_that_people_were_told(
    publish_as: Publish, owner: Actor, app: Flask, tmp_path: Path
) -> None:
    load_rules()
    register_id = publish_as(small_definition("valmennus"), SPRING)
    load_longer_rules(app, tmp_path)
    draft = services.open_draft(owner, register_id)

    before = queries.version_in_force(register_id, clock.today())
    assert before is not None
    found = changes_since(before, version_page(register_id, draft.number, clock.today()))

    assert {change.kind for change in found} == {ChangeKind.KEPT_LONGER}


def test_a_register_tells_for_itself_until_the_notice_that_covers_it_is_in_force(
    publish_as: Publish,
) -> None:
    covered = publish_as(small_definition("verkkosivut"), SPRING)
    teller = publish_as(
        changed(small_definition("kerho"), notice={"covers": ["verkkosivut"]}), AUTUMN
    )
    publish_as(changed(small_definition("verkkosivut"), description={"fi": "Kävijät."}), SUMMER)

    assert editions.notice_register(covered, SUMMER) == covered
    assert [e.in_force_from for e in editions.editions(covered)] == [SUMMER, SPRING]
    assert [e.in_force_from for e in editions.editions(teller)] == [AUTUMN, AUTUMN]
    newest = editions.edition_file("kerho", 2, "fi", "text/html").content.decode()
    assert "Kävijät." in newest
    assert editions.public_notice("verkkosivut", SUMMER).told_by is None
    assert editions.public_notice("verkkosivut", AUTUMN).told_by == "kerho"
