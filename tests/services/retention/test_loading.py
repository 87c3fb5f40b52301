"""Files of rules beside changes of the browser: nothing is overwritten without a word."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import travel

from app import clock
from app.accounts.permissions import Actor, Role
from app.audit.models import AuditOutbox
from app.calendar.periods import Period
from app.config import settings
from app.db import db
from app.registers import services as registers
from app.reports.services import export_rules
from app.retention.policies import RetentionPolicy, load_policies
from app.retention.queries import rules_in_force, versions_of_rule
from app.retention.services import (
    Change,
    LoadedRules,
    approve,
    confirm,
    load_rules,
    propose,
)
from app.web.problems import InputError
from tests.fixtures.people import MakeActor
from tests.fixtures.retention import RULE_FILE

Load = Callable[..., LoadedRules]
ChangeIt = Callable[..., None]


@pytest.fixture
def load(app: Flask, tmp_path: Path) -> Load:
    """`load(period)`: put the rule into a file with a period, and read the file."""

    def read(period: str = "P10Y", *, replace_changed: bool = False) -> LoadedRules:
        path = tmp_path / "rules.yaml"
        path.write_text(RULE_FILE.replace("P10Y", period), "utf-8")
        return load_rules(path, replace_changed=replace_changed)

    return read


@pytest.fixture
def change(officer: Actor, make_actor: MakeActor) -> ChangeIt:
    """`change(years, …)`: change the period in the browser, or make a new rule, with four eyes."""
    second = make_actor("toinen", Role.DATA_PROTECTION_OFFICER)

    def make(years: int, key: str = "statements", days: int = 0, base: str = "statements") -> None:
        last = versions_of_rule(base)[0]
        policy = last.policy.model_copy(
            update={"key": key, "retention_period": Period(years=years)}
        )
        start = clock.today() + timedelta(days=days)
        seen = last.number if key == base else 0
        approve(second, propose(officer, Change(policy, start, "Syy"), seen=seen).id)

    return make


def newest() -> RetentionPolicy:
    return versions_of_rule("statements")[0].policy


def in_force() -> str:
    (rule,) = (r for r in rules_in_force() if r.policy.key == "statements")
    return str(rule.policy.retention_period)


def test_a_file_does_not_overwrite_a_change_of_the_browser(load: Load, change: ChangeIt) -> None:
    load()
    change(12)

    assert load() == LoadedRules((), ("statements",))
    assert load("P20Y") == LoadedRules((), ("statements",))

    assert in_force() == "P12Y"


def test_a_file_wins_when_it_is_told_to(load: Load, change: ChangeIt) -> None:
    load()
    change(12)

    assert load("P20Y", replace_changed=True) == LoadedRules(("statements",), ())

    assert in_force() == "P20Y"
    assert load("P20Y") == LoadedRules((), ())
    assert load("P21Y") == LoadedRules(("statements",), ())


def test_once_a_file_says_the_same_files_lead_again(load: Load, change: ChangeIt) -> None:
    load()
    change(12)

    assert load("P12Y") == LoadedRules((), ())
    assert load("P15Y") == LoadedRules(("statements",), ())

    assert in_force() == "P15Y"


def test_a_confirmation_after_a_change_does_not_open_it_to_files(
    load: Load, change: ChangeIt, officer: Actor
) -> None:
    load()
    change(12)
    confirm(
        officer,
        "statements",
        seen=2,
        confirmed_by="dpo",
        confirmed_on=clock.today(),
        source="Finlex",
    )

    assert load("P10Y").spared == ("statements",)
    assert load("P12Y") == LoadedRules((), ())

    assert newest().mandate.confirmed_on == clock.today()
    assert load("P15Y").changed == ("statements",)


def test_a_change_to_come_leaves_the_file_as_it_is_until_its_day(
    load: Load, change: ChangeIt
) -> None:
    load()
    change(12, days=30)

    assert load() == LoadedRules((), ())
    assert load("P20Y").spared == ("statements",)
    assert in_force() == "P10Y"
    with travel(clock.now() + timedelta(days=30)):
        assert in_force() == "P12Y"
        assert load().spared == ("statements",)


def test_a_rule_of_the_browser_stays_when_no_file_has_it(load: Load, change: ChangeIt) -> None:
    load()
    change(3, key="brand-new")

    assert load() == LoadedRules((), ())
    assert {rule.policy.key for rule in rules_in_force()} == {"statements", "brand-new"}


def test_a_file_does_not_overwrite_a_rule_that_was_made_in_the_browser(
    load: Load, change: ChangeIt, tmp_path: Path
) -> None:
    load()
    change(12, key="own")
    path = tmp_path / "own.yaml"
    path.write_text(RULE_FILE.replace("key: statements", "key: own"), "utf-8")

    assert load_rules(path).spared == ("own",)
    assert versions_of_rule("own")[0].number == 1
    assert load_rules(path, replace_changed=True).changed == ("own",)


def test_what_a_file_changed_is_in_the_log_once(load: Load) -> None:
    load()
    load()
    load("P12Y")

    rows = db.session.scalars(select(AuditOutbox.payload).order_by(AuditOutbox.id))
    entries = [json.loads(row) for row in rows if '"action":"rules.loaded"' in row]
    assert [entry["details"]["count"] for entry in entries] == [1, 1]
    hashes = {entry["details"]["source_hash"] for entry in entries}
    assert len(hashes) == 2
    assert {entry["actor"] for entry in entries} == {None}


def test_a_register_file_may_name_a_rule_of_the_browser(
    app: Flask, change: ChangeIt, tmp_path: Path
) -> None:
    load_rules()
    change(3, key="brand-new", base="social-initial-interview")
    path = settings().registers_path / "asiakastietokantarekisteri.yaml"
    text = path.read_text("utf-8")
    named = "retention_rule: social-initial-interview}"
    assert named in text
    own = tmp_path / "register.yaml"
    own.write_text(text.replace(named, "retention_rule: brand-new}"), "utf-8")

    assert registers.load([own]).changed


def test_what_is_exported_is_loaded_again_and_changes_nothing(
    app: Flask, change: ChangeIt, tmp_path: Path
) -> None:
    load_rules()
    change(3, key="brand-new", base="social-initial-interview")
    change(12, key="social-initial-interview", base="social-initial-interview")
    before = [rule.policy for rule in rules_in_force()]

    content, count = export_rules("yaml")
    path = tmp_path / "all.yaml"
    path.write_bytes(content)

    assert count == len(before)
    assert list(load_policies(path)) == before
    assert load_rules(path) == LoadedRules((), ())
    assert [rule.policy for rule in rules_in_force()] == before
    # From here on this file leads.
    path.write_text(content.decode().replace("P12Y", "P13Y", 1), "utf-8")
    assert load_rules(path).changed


def test_rules_in_swedish_only_are_exported_as_such(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    swedish = RULE_FILE.replace("{fi:", "{sv:").replace("rules:", "languages: [sv]\nrules:")
    path.write_text(swedish, "utf-8")
    load_rules(path)

    content, _count = export_rules("yaml")

    path.write_bytes(content)
    assert load_rules(path) == LoadedRules((), ())


def test_rules_without_a_common_language_are_in_no_one_file(load: Load, tmp_path: Path) -> None:
    load()
    path = tmp_path / "swedish.yaml"
    swedish = RULE_FILE.replace("{fi:", "{sv:").replace("statements", "utlatanden")
    path.write_text(swedish.replace("rules:", "languages: [sv]\nrules:"), "utf-8")
    load_rules(path)

    with pytest.raises(InputError):
        export_rules("yaml")
