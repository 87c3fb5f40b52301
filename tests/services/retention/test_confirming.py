"""Confirming a rule, and what files do to a confirmation afterwards."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.accounts.permissions import Actor, NotPermitted
from app.audit.models import AuditOutbox
from app.db import db
from app.registers.findings import FindingCode, check_policies
from app.retention.policies import PolicySet
from app.retention.queries import current_rule_version, rules_in_force, versions_of_rule
from app.retention.services import confirm, load_rules
from app.web.problems import InputError, NotFound
from tests.fixtures.documents import Desk, LogDocument
from tests.fixtures.retention import RULE_FILE

RULE = RULE_FILE + "      source: vanha lähde\n"
CHECKED_ON = date(2026, 1, 15)

Load = Callable[..., list[str]]


@pytest.fixture
def load(app: Flask, tmp_path: Path) -> Load:
    """`load(old=new, …)`: put the rule in a file with its text changed, and read the file."""

    def read(changes: dict[str, str] | None = None) -> list[str]:
        text = RULE
        for old, new in (changes or {}).items():
            assert old in text
            text = text.replace(old, new)
        folder = tmp_path / "policies"
        folder.mkdir(exist_ok=True)
        (folder / "rules.yaml").write_text(text, "utf-8")
        return list(load_rules(folder).changed)

    return read


def confirm_it(actor: Actor, **details: Any) -> None:
    given: dict[str, Any] = {
        "seen": 1,
        "confirmed_by": "tietosuojavastaava",
        "confirmed_on": CHECKED_ON,
        "source": "Finlex 1/2020",
        **details,
    }
    confirm(actor, given.pop("key", "statements"), **given)


def newest() -> Any:
    return versions_of_rule("statements")[0]


def is_unconfirmed() -> bool:
    policies = PolicySet.of(rule.policy for rule in rules_in_force())
    return FindingCode.RETENTION_RULE_UNCONFIRMED in {f.code for f in check_policies(policies)}


def test_a_confirmation_is_a_new_version_that_differs_in_its_mandate(
    load: Load, officer: Actor
) -> None:
    load()
    assert is_unconfirmed()

    confirm_it(officer)

    after, before = versions_of_rule("statements")
    assert after.number == 2
    assert after.changed_by == officer.display_name
    mandate = after.policy.mandate
    assert mandate.confirmed_by == "tietosuojavastaava"
    assert mandate.confirmed_on == CHECKED_ON
    assert mandate.source == "Finlex 1/2020"
    assert after.policy.model_copy(update={"mandate": before.policy.mandate}) == before.policy
    assert not is_unconfirmed()


def test_a_confirmation_is_logged_with_rule_and_version(load: Load, officer: Actor) -> None:
    load()
    confirm_it(officer)

    version = current_rule_version("statements")
    entry = db.session.query(AuditOutbox).order_by(AuditOutbox.id.desc()).first()
    assert entry is not None
    assert '"action":"rules.confirmed"' in entry.payload
    assert f'"rule":{version.rule_id},"version":2' in entry.payload
    assert "Finlex" not in entry.payload


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"seen": 0}, None),
        ({"seen": 2}, None),
        ({"source": " "}, "source"),
        ({"source": "x" * 501}, "source"),
        ({"confirmed_by": " "}, "confirmed_by"),
        ({"confirmed_by": "x" * 121}, "confirmed_by"),
        ({"confirmed_on": clock.today() + timedelta(days=1)}, "confirmed_on"),
    ],
)
def test_what_breaks_a_rule_is_refused_beside_its_field(
    load: Load, officer: Actor, details: dict[str, Any], field: str | None
) -> None:
    load()

    with pytest.raises(InputError) as caught:
        confirm_it(officer, **details)

    assert caught.value.field == field
    assert newest().number == 1


def test_today_is_early_enough(load: Load, officer: Actor) -> None:
    load()
    confirm_it(officer, confirmed_on=clock.today())
    assert newest().number == 2


def test_the_second_of_two_who_confirm_is_told(load: Load, officer: Actor) -> None:
    load()
    confirm_it(officer)

    with pytest.raises(InputError):
        confirm_it(officer, source="toinen")

    assert newest().policy.mandate.source == "Finlex 1/2020"


def test_the_same_confirmation_twice_is_refused(load: Load, officer: Actor) -> None:
    load()
    confirm_it(officer)

    with pytest.raises(InputError):
        confirm_it(officer, seen=2)

    confirm_it(officer, seen=2, confirmed_on=date(2026, 2, 1))
    assert newest().number == 3


def test_an_open_period_cannot_be_confirmed(load: Load, officer: Actor) -> None:
    load({"    retention_period: P10Y\n": ""})

    with pytest.raises(InputError):
        confirm_it(officer)


def test_only_a_data_protection_officer_confirms(
    load: Load, owner: Actor, archivist: Actor, worker: Actor, officer: Actor
) -> None:
    load()
    for actor in (owner, archivist, worker):
        with pytest.raises(NotPermitted):
            confirm_it(actor)
    with pytest.raises(NotFound):
        confirm_it(officer, key="none")


def test_an_unchanged_file_does_not_undo_a_confirmation(load: Load, officer: Actor) -> None:
    load()
    confirm_it(officer)

    assert load() == []

    assert newest().number == 2
    assert not is_unconfirmed()


def test_a_file_that_changes_words_only_keeps_the_confirmation(load: Load, officer: Actor) -> None:
    load()
    confirm_it(officer)
    changes = {"{fi: Lausunnot}": "{fi: Lausunnot, sv: Utlåtanden}", "vanha lähde": "uusi lähde"}

    assert load(changes) == ["statements"]
    assert load(changes) == []

    rule = newest()
    assert rule.number == 3
    assert rule.policy.name.sv == "Utlåtanden"
    assert rule.policy.mandate.confirmed_on == CHECKED_ON
    assert rule.policy.mandate.source == "Finlex 1/2020"
    assert not is_unconfirmed()


@pytest.mark.parametrize(
    "change",
    [
        {"P10Y": "P12Y"},
        {"matter_closed": "service_ended"},
        {"destroy": "review"},
        {"Laki 1/2020": "Laki 2/2026"},
        {"P10Y\n": "P10Y\n    is_minimum: true\n"},
        {"P10Y\n": "P10Y\n    cut_off: calendar_year_end\n"},
    ],
)
def test_a_file_that_changes_what_was_confirmed_makes_it_lapse(
    load: Load, officer: Actor, change: dict[str, str]
) -> None:
    load()
    confirm_it(officer)

    assert load(change) == ["statements"]

    assert newest().number == 3
    assert newest().policy.mandate.confirmed_on is None
    assert is_unconfirmed()
    # What has lapsed does not come back with the old text of the file.
    load()
    assert is_unconfirmed()


def test_a_confirmation_of_a_file_can_be_taken_back_by_a_file(load: Load) -> None:
    certain = "certainty: to_be_confirmed\n"
    load({certain: certain + "      confirmed_by: johtaja\n      confirmed_on: 2026-01-01\n"})
    assert not is_unconfirmed()

    load()

    assert newest().number == 2
    assert is_unconfirmed()


def test_a_confirmation_of_a_file_takes_the_place_of_one_of_the_browser(
    load: Load, officer: Actor
) -> None:
    load()
    confirm_it(officer)
    certain = "certainty: to_be_confirmed\n"

    load({certain: certain + "      confirmed_by: johtaja\n      confirmed_on: 2026-03-01\n"})

    assert newest().policy.mandate.confirmed_by == "johtaja"


def test_documents_keep_the_version_under_which_they_were_logged(
    desk: Desk, log: LogDocument, officer: Actor
) -> None:
    document = log()
    version_id = document.retention_rule_version_id

    confirm_it(officer, key="social-initial-interview")

    db.session.refresh(document)
    assert document.retention_rule_version_id == version_id
    assert log().retention_rule_version_id != version_id
