"""Retention rules with what they govern: uses, documents, filters, versions."""

from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from app.accounts.permissions import Actor, Role
from app.reports.queries.retention_rules import RuleFilter, RuleRow, rule_list, rule_page
from app.retention.services import load_rules
from app.web.i18n import language
from app.web.problems import NotFound
from tests.fixtures.documents import Desk, LogDocument
from tests.fixtures.people import MakeActor
from tests.fixtures.registers import Publish, small_definition

INTERVIEW = "social-initial-interview"


def found(actor: Actor, **wanted: object) -> dict[str, RuleRow]:
    return {row.policy.key: row for row in rule_list(actor, RuleFilter(**wanted))}


def test_a_rule_tells_its_uses_and_counts_documents(desk: Desk, log: LogDocument) -> None:
    log()
    log()
    log("sopimukset", media={"man"}, holder_id=desk.worker.user_id)

    rows = found(desk.worker)

    assert rows[INTERVIEW].documents == 2
    assert rows["social-agreements"].documents == 1
    assert rows[INTERVIEW].uses == 1
    assert rows["esf-plus-participant-data"].uses == 0
    assert rows["esf-plus-participant-data"].documents == 0


def test_documents_are_counted_only_where_the_person_has_a_role(
    desk: Desk,
    log: LogDocument,
    other_register: int,
    make_actor: MakeActor,
    administrator: Actor,
    auditor: Actor,
) -> None:
    log()
    stranger = make_actor("muualla", Role.STAFF, register_id=other_register)

    assert found(stranger)[INTERVIEW].documents == 0
    assert found(administrator)[INTERVIEW].documents is None
    assert found(auditor)[INTERVIEW].documents == 1
    page = rule_page(stranger, INTERVIEW)
    here = {use.register_id: use.documents for use in page.uses}
    assert here == {desk.register_id: None, other_register: 0}
    assert rule_page(administrator, INTERVIEW).documents is None


def test_a_register_narrows_uses_and_counts(
    desk: Desk, log: LogDocument, other_register: int, officer: Actor
) -> None:
    log()

    there = found(officer, register_id=other_register)

    assert there[INTERVIEW].documents == 0
    assert "esf-plus-participant-data" not in there
    assert found(officer, register_id=desk.register_id)[INTERVIEW].documents == 1


def test_a_register_without_a_role_is_not_counted_by_its_filter(
    desk: Desk, log: LogDocument, other_register: int, make_actor: MakeActor
) -> None:
    log()
    stranger = make_actor("muualla", Role.STAFF, register_id=other_register)

    assert found(stranger, register_id=desk.register_id)[INTERVIEW].documents is None


@pytest.mark.parametrize("language_code", ["fi", "sv", "en"])
def test_words_are_looked_for_in_every_language(desk: Desk, language_code: str) -> None:
    with language(language_code):
        assert INTERVIEW in found(desk.worker, text="alkuhaastattelu")
        assert INTERVIEW in found(desk.worker, text="initial  INTERVIEW")
        assert not found(desk.worker, text="initial zebra")


def test_rules_are_filtered_by_certainty_and_use(desk: Desk) -> None:
    every = found(desk.worker)
    sure = found(desk.worker, certainty="verified")
    unsure = found(desk.worker, certainty="to_be_confirmed")

    assert sure
    assert unsure
    assert not sure.keys() & unsure.keys()
    assert sure.keys() | unsure.keys() == every.keys()
    used, unused = found(desk.worker, usage="used"), found(desk.worker, usage="unused")
    assert INTERVIEW in used
    assert used.keys() | unused.keys() == every.keys()
    assert not used.keys() & unused.keys()
    opened = found(desk.worker, certainty="period_open")
    assert set(opened) == {k for k, row in every.items() if row.policy.is_period_open}


def test_rules_are_ordered_by_key_or_by_name(desk: Desk) -> None:
    assert list(found(desk.worker)) == sorted(found(desk.worker))
    with language("en"):
        names = [r.policy.name.en for r in found(desk.worker, order="name").values()]
    assert names == sorted(names, key=lambda name: str(name).casefold())


def test_a_changed_rule_shows_what_changed_and_who_follows_which_version(
    desk: Desk, log: LogDocument, tmp_path: Path
) -> None:
    log()
    path = Path("retention_policies/social-services.yaml")
    yaml = YAML()
    content = yaml.load(path)
    rule = next(r for r in content["rules"] if r["key"] == INTERVIEW)
    rule["retention_period"] = "P30Y"
    yaml.dump(content, tmp_path / "social.yaml")
    load_rules(tmp_path)
    log()

    with language("en"):
        page = rule_page(desk.worker, INTERVIEW)

    assert page.documents == 2
    assert [(row.version.number, row.documents) for row in page.versions] == [(2, 1), (1, 1)]
    (change,) = page.versions[0].changed
    assert (change.fact, change.after) == ("Period", "30 years")
    assert page.versions[1].changed == []


def test_documents_of_a_pair_that_the_register_dropped_are_still_shown(
    desk: Desk, log: LogDocument, publish: Publish
) -> None:
    log()
    definition = small_definition("valmennus")
    left = [r for r in definition.storage_rules if r.document_type != "alkuhaastattelu"]
    publish(definition.model_copy(update={"storage_rules": tuple(left)}), date(2021, 1, 1))

    (use,) = rule_page(desk.worker, INTERVIEW).uses

    assert not use.in_register
    assert use.documents == 1
    assert found(desk.worker)[INTERVIEW].uses == 0


def test_an_unknown_rule_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        rule_page(desk.worker, "no-such-rule")
