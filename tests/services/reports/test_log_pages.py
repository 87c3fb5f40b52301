"""Pages of the log: filters, keys from page to page, registers, and what outsiders are given."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from sqlalchemy import text

from app import clock
from app.accounts.permissions import Actor, NotPermitted, Role
from app.audit.checkpoint import Verifier
from app.audit.events import Event, ObjectType
from app.audit.services import record, record_view, sequence_pending, sign_checkpoint
from app.audit.verification import Problem, Status, verify_export
from app.calendar.periods import Period
from app.config import settings
from app.db import db, transaction
from app.destruction.services import set_hold
from app.documents.services import hand_over
from app.registers.queries import versions
from app.reports import services
from app.reports.queries import log as queries
from app.reports.queries.log import LogPage, log_filter, log_page
from app.retention.queries import versions_of_rule
from app.retention.services import Change, confirm, propose
from app.web.i18n import language
from app.web.problems import Conflict, InputError
from tests.fixtures.clients import MakeClient
from tests.fixtures.disposal import Archive
from tests.fixtures.documents import Desk, LogDocument
from tests.fixtures.people import MakeActor
from tests.fixtures.retention import use_bundled_rules
from tests.services.audit.tampering import tampering
from tests.services.requests.conftest import Ask

RULE = "social-initial-interview"


def page(actor: Actor, before: int | None = None, **wanted: Any) -> LogPage:
    sequence_pending()
    return log_page(log_filter(actor, **wanted), before)


def view(actor: Actor, *client_ids: int, register_id: int | None = None) -> None:
    record_view(
        Event.CLIENT_LISTED,
        actor_id=actor.user_id,
        register_id=register_id,
        details={"shown": list(client_ids)},
    )


def test_the_newest_entry_comes_first_in_the_words_of_the_reader(
    desk: Desk, auditor: Actor
) -> None:
    record_view(
        Event.CLIENT_VIEWED,
        actor_id=desk.worker.user_id,
        register_id=desk.register_id,
        client_id=desk.client.id,
    )

    with language("sv"):
        line = page(auditor).lines[0]

    assert (line.who, line.what) == ("Ohjaaja", "Klientens uppgifter visades")
    assert line.register == "Registret valmennus"
    assert line.client_number == desk.client.number


def test_no_line_holds_the_name_of_a_client(desk: Desk, ask: Ask, auditor: Actor) -> None:
    ask()

    shown = repr(page(auditor).lines)

    assert "Virtanen" not in shown
    assert "Aino" not in shown


def test_things_are_called_what_people_call_them(
    archive: Archive, log_paper: LogDocument, desk: Desk, colleague: Actor, ask: Ask, auditor: Actor
) -> None:
    hand_over(desk.worker, [log_paper().items[0].id], colleague.user_id, "Arkistoon")
    ask()
    archive.log()
    archive.propose()

    named = {f"{line.kind} {line.reference}" for line in page(auditor).lines}

    assert {"luovutus K-2026-001", "pyyntö 2026-1", "hävityslista H-1"} <= named
    assert "käyttäjä Kollega" in named


def test_a_rule_is_called_by_its_key_and_a_version_by_its_number(
    published_register: tuple[int, object], other_register: int, officer: Actor, auditor: Actor
) -> None:
    use_bundled_rules()
    (version,) = versions(other_register)
    assert version.id != version.number, "the two must be told apart"
    record_view(
        Event.REGISTER_VIEWED,
        actor_id=officer.user_id,
        register_id=other_register,
        object_type=ObjectType.REGISTER_VERSION,
        object_id=version.id,
        details={"version": version.number},
    )
    longer = versions_of_rule(RULE)[0].policy.model_copy(
        update={"retention_period": Period(years=12)}
    )
    propose(officer, Change(longer, in_force_from=clock.today(), reason="Laki"), seen=1)
    confirm(
        officer,
        RULE,
        seen=1,
        confirmed_by="tietosuojavastaava",
        confirmed_on=clock.today(),
        source="Finlex",
    )

    named = {f"{line.kind} {line.reference}" for line in page(auditor).lines}

    assert "rekisteriversio 1" in named
    assert f"ehdotettu säännön muutos {RULE}" in named
    assert f"säilytyssääntö {RULE} 2" in named


def test_what_happened_by_itself_was_done_by_the_system(auditor: Actor) -> None:
    sign_checkpoint()

    (line,) = page(auditor, event="checkpoint.signed").lines

    assert line.who == "järjestelmä"


def test_an_act_that_the_program_no_longer_knows_keeps_its_own_name(auditor: Actor) -> None:
    sequence_pending()
    seq = page(auditor).lines[0].seq + 1
    with transaction() as session:
        session.execute(
            text(
                "INSERT INTO audit_entry (seq, at, action, payload, leaf_hash)"
                " VALUES (:seq, :at, 'coffee.made', '{\"details\":{}}', :hash)"
            ),
            {"seq": seq, "at": "2026-11-09 08:00:00", "hash": b"\0" * 32},
        )

    assert page(auditor).lines[0].what == "coffee.made"


def test_a_list_says_how_many_clients_it_showed(
    desk: Desk, make_client: MakeClient, auditor: Actor
) -> None:
    second = make_client(desk.worker, desk.register_id)
    view(desk.worker, desk.client.id, second.id)

    line = page(auditor).lines[0]

    assert line.shown == 2
    assert line.client_number is None


def test_entries_are_found_by_person_event_and_register(
    desk: Desk, other_register: int, colleague: Actor, auditor: Actor
) -> None:
    view(desk.worker, register_id=desk.register_id)
    view(colleague, register_id=desk.register_id)
    view(colleague, register_id=other_register)

    listed = page(auditor, event="client.listed")
    by_colleague = page(auditor, person=colleague.user_id, event="client.listed")
    elsewhere = page(auditor, register_id=other_register)

    assert len(listed.lines) == 3
    assert [line.who for line in by_colleague.lines] == ["Kollega", "Kollega"]
    assert [line.register for line in elsewhere.lines] == ["Rekisteri kotoutus"]


def test_a_client_is_found_also_where_a_list_showed_it_among_others(
    desk: Desk, make_client: MakeClient, auditor: Actor
) -> None:
    second = make_client(desk.worker, desk.register_id)
    view(desk.worker, desk.client.id, second.id)
    view(desk.worker, desk.client.id)

    found = page(auditor, client_number=second.number)

    assert [line.what for line in found.lines] == ["Asiakkaita lueteltiin", "Asiakas lisättiin"]
    only_lists = page(auditor, client_number=second.number, event="client.listed")
    assert len(only_lists.lines) == 1


def test_a_number_that_two_registers_have_asks_for_the_register(
    desk: Desk, other_register: int, make_client: MakeClient, auditor: Actor
) -> None:
    there = make_client(desk.worker, other_register)
    assert there.number == desk.client.number

    with pytest.raises(InputError) as refused:
        log_filter(auditor, client_number=there.number)

    assert refused.value.field == "client"
    chosen = log_filter(auditor, client_number=there.number, register_id=other_register)
    assert chosen.client_id == there.id


def test_a_number_that_no_client_has_is_refused(desk: Desk, auditor: Actor) -> None:
    with pytest.raises(InputError) as refused:
        log_filter(auditor, client_number=999_999)

    assert refused.value.field == "client"


def test_both_days_of_a_time_count_and_begin_at_midnight_in_finland(
    desk: Desk, auditor: Actor
) -> None:
    instants = [
        datetime(2026, 11, 15, 21, 59, 59, tzinfo=UTC),  # 15.11. 23:59:59 in Finland
        datetime(2026, 11, 15, 22, 0, 0, tzinfo=UTC),  # 16.11. 00:00
        datetime(2026, 11, 17, 21, 59, 59, tzinfo=UTC),  # 17.11. 23:59:59
        datetime(2026, 11, 17, 22, 0, 0, tzinfo=UTC),  # 18.11. 00:00
    ]
    for instant in instants:
        with time_machine.travel(instant, tick=False):
            view(desk.worker)

    found = page(auditor, since=date(2026, 11, 16), until=date(2026, 11, 17))

    assert [line.at for line in found.lines] == [instants[2], instants[1]]


@pytest.mark.parametrize("day", [date(1000, 1, 1), date.max])
def test_the_ends_of_the_calendar_are_no_fault(desk: Desk, auditor: Actor, day: date) -> None:
    assert page(auditor, since=date(1000, 1, 1), until=date.max).lines
    page(auditor, since=day, until=day)


def test_pages_follow_each_other_without_gap_or_repetition(auditor: Actor) -> None:
    for _number in range(2 * queries.PAGE_SIZE + 7):
        view(auditor)
    sequence_pending()
    seen: list[int] = []
    before: int | None = None
    while True:
        found = log_page(log_filter(auditor, event="client.listed"), before)
        seen += [line.seq for line in found.lines]
        before = found.older
        if before is None:
            break

    assert len(seen) == 2 * queries.PAGE_SIZE + 7
    assert seen == sorted(set(seen), reverse=True)


def test_entries_about_one_client_are_paged_as_well(desk: Desk, auditor: Actor) -> None:
    for _number in range(queries.PAGE_SIZE):
        view(desk.worker, desk.client.id)

    first = page(auditor, client_number=desk.client.number)
    assert first.older is not None
    second = page(auditor, first.older, client_number=desk.client.number)

    assert len(first.lines) == queries.PAGE_SIZE
    assert second.older is None
    assert {line.what for line in second.lines} >= {"Asiakas lisättiin"}


def test_the_log_of_another_register_is_not_read(
    desk: Desk, other_register: int, make_client: MakeClient, make_actor: MakeActor
) -> None:
    there = make_client(desk.worker, other_register)
    narrow = make_actor("kapea", Role.DATA_PROTECTION_OFFICER, register_id=desk.register_id)
    view(desk.worker, there.id, register_id=other_register)

    shown = page(narrow).lines

    assert {line.register for line in shown} == {"", "Rekisteri valmennus"}
    assert queries.registers(narrow) == [(desk.register_id, "Rekisteri valmennus")]
    # The number is that of this register's client, although both registers have it.
    assert log_filter(narrow, client_number=there.number).client_id == desk.client.id


def test_a_role_in_another_register_does_not_open_its_log(
    desk: Desk, other_register: int, make_actor: MakeActor
) -> None:
    both = make_actor("molemmat", Role.AUDITOR, register_id=desk.register_id)
    grants = both.grants | {(Role.STAFF, other_register)}
    actor = Actor(both.user_id, both.display_name, grants)
    view(actor, register_id=other_register)

    assert "Rekisteri kotoutus" not in {line.register for line in page(actor).lines}


def test_a_page_names_the_clients_that_it_shows_for_its_own_entry(
    desk: Desk, auditor: Actor
) -> None:
    assert page(auditor, client_number=desk.client.number).client_ids == [desk.client.id]


def test_the_week_counts_what_is_worth_a_look(archive: Archive, auditor: Actor) -> None:
    with time_machine.travel(clock.now() - timedelta(days=8)), transaction():
        record(Event.ACCESS_REFUSED, actor_id=None, details={"endpoint": "a"})
    for _number in range(30):
        with transaction():
            record(Event.ACCESS_REFUSED, actor_id=None, details={"endpoint": "a"})
    with transaction():
        record(Event.AUTH_FAILED, actor_id=None, details={"reason": "name"})
    set_hold(
        archive.manager,
        client_id=archive.client.id,
        reason="dispute",
        mandate="Käräjäoikeus 1/2026",
    )
    sequence_pending()

    found = {line.action: line.number for line in queries.week(clock.now())}

    assert found.pop("access.refused") == 30
    assert found.pop("auth.failed") == 1
    assert set(found) == {"grant.given"}


def test_coverage_counts_what_waits_for_its_place_as_well(auditor: Actor) -> None:
    sequence_pending()
    sign_checkpoint()
    before = queries.coverage()
    db.session.rollback()

    view(auditor)

    after = queries.coverage()
    assert after.entries == before.entries + 1
    assert after.covered == before.covered
    assert after.left == before.left + 1


def test_the_checkpoint_that_is_shown_verifies_with_the_key_that_is_shown(auditor: Actor) -> None:
    assert queries.newest_checkpoint() == ""
    sign_checkpoint()
    view(auditor)
    sign_checkpoint()

    shown = Verifier.parse(queries.vkey()).open_checkpoint(queries.newest_checkpoint())

    assert shown.size == queries.coverage().covered


def test_verifying_an_untouched_log_says_so_and_is_logged(auditor: Actor) -> None:
    sign_checkpoint()

    report = services.verify(auditor)

    assert report.status is Status.INTACT
    (line,) = page(auditor, event="log.verified").lines
    assert line.who == "Tarkastaja"


def test_verifying_finds_a_changed_entry_and_is_logged_all_the_same(auditor: Actor) -> None:
    view(auditor)
    sign_checkpoint()
    with tampering() as session:
        session.execute(text("UPDATE audit_entry SET payload = payload || ' ' WHERE seq = 1"))

    report = services.verify(auditor)

    assert (report.status, report.problem) == (Status.TAMPERED, Problem.ENTRY_CHANGED)
    assert report.bad_seq == 1
    assert len(page(auditor, event="log.verified").lines) == 1


def test_the_export_verifies_without_the_database(auditor: Actor, tmp_path: Path) -> None:
    view(auditor)

    with services.export(auditor) as archive, ZipFile(io.BytesIO(archive.read())) as packed:
        assert packed.testzip() is None
        packed.extractall(tmp_path)

    log = tmp_path / "seloste-log.jsonl"
    note = (tmp_path / "seloste-log.jsonl.checkpoint").read_text("utf-8")
    vkey = (tmp_path / "vkey.txt").read_text("utf-8")
    report = verify_export(log, [note], vkey)
    assert report.status is Status.INTACT
    assert report.size == report.signed_size == len(log.read_text("utf-8").splitlines())
    (line,) = page(auditor, event="log.exported").lines
    assert line.who == "Tarkastaja"


def test_an_export_that_was_changed_afterwards_does_not_verify(
    auditor: Actor, tmp_path: Path
) -> None:
    with services.export(auditor) as archive, ZipFile(io.BytesIO(archive.read())) as packed:
        packed.extractall(tmp_path)
    log = tmp_path / "seloste-log.jsonl"
    log.write_text(log.read_text("utf-8").replace('"actor":null', '"actor":1', 1), "utf-8")

    note = (tmp_path / "seloste-log.jsonl.checkpoint").read_text("utf-8")
    report = verify_export(log, [note], (tmp_path / "vkey.txt").read_text("utf-8"))

    assert report.status is Status.TAMPERED


def test_the_whole_log_is_not_for_an_auditor_of_one_register(
    desk: Desk, make_actor: MakeActor, officer: Actor
) -> None:
    narrow = make_actor("kapea", Role.AUDITOR, register_id=desk.register_id)
    for actor in (narrow, officer, desk.worker):
        with pytest.raises(NotPermitted):
            services.export(actor)

    assert page(officer, event="log.exported").lines == []


def test_a_log_that_was_rolled_back_is_not_handed_out(auditor: Actor) -> None:
    sign_checkpoint()
    settings().checkpoint_path.unlink()

    with pytest.raises(Conflict):
        services.export(auditor)
