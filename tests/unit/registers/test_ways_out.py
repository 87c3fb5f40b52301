"""A message about a mistake in a file says how to mend it: the words, the form, the nearest key."""

from pathlib import Path

import pytest

from app.registers.definitions import load_registers
from app.retention.definition_files import DefinitionError
from app.retention.policies import PolicySet, RetentionPolicy
from app.web.i18n import language

RULE = RetentionPolicy.from_json(
    '{"key":"jasenet","name":{"fi":"J"},"retention_trigger":"membership_ended",'
    '"disposal_action":"destroy","mandate":{"citation":{"fi":"L"},"certainty":"verified"}}'
)


@pytest.mark.parametrize(
    ("part", "remedy"),
    [
        ("safeguards: [{key: a, text: {fi: a}}]", "technical, organisational, physical."),
        ("purposes: [{key: a}]", "Add it as {fi: …, sv: …, en: …}."),
        ("purposes: [{key: a, text: {fi: a}, data_obligation: {}}]", "statutory, contractual, vol"),
        ("impact_assessment: none", "Give a group of keys here: needed, reason, made_on."),
        ("retention: pitkään", "Write it as {fi: …, sv: …, en: …}."),
        (
            "purposes: [{key: a, text: {fi: a}, article_9_condition: [9(2)(g), 9(2)(h)]}]",
            "Give one of them.",
        ),
        (
            "data_categories: [{key: a, name: {fi: a}, retention_rule: [jasenet, muu]}]",
            "Give one of them.",
        ),
        (
            "data_categories: [{key: a, name: {fi: a}, retention_rule: jasenten}]",
            "Did you mean “jasenet”?",
        ),
        (
            "data_categories: [{key: a, name: {fi: a}, retention_rule: kummitus}]",
            "“seloste check” reads the files it is given",
        ),
        ("retention: {fi: Vuosi, tai kaksi}", "Put the whole text in quotation marks."),
        ("controllers: [{key: a, name: {fi: a}, business_id: '12'}]", "as 1234567-1."),
        ("statutes: [{name: {fi: a}, number: laki}]", "as 1050/2018; an act"),
        ("statutes: [{name: {fi: a}, number: EU 2021/1060}]", "as (EU) 2021/1060."),
        ("notice: {covers: [muualla]}", "check both files together"),
        (
            "purposes: [{key: a, text: {fi: a}, data_categories: [nimi]}]",
            "Define it there, or correct the reference.",
        ),
    ],
)
def test_a_mistake_says_how_to_mend_it(tmp_path: Path, part: str, remedy: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        f"kind: register\nschema_version: 1\nkey: a\nname: {{fi: A}}\n{part}\n", "utf-8"
    )

    with language("en"), pytest.raises(DefinitionError) as error:
        load_registers(path, policies=PolicySet.of([RULE]))

    (problem,) = error.value.problems
    assert remedy in problem.remedy
