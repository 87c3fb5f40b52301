"""A register of an organisation that works in Swedish, or in English: no forced Finnish."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from app.registers.definitions import RegisterDefinition, load_register
from app.registers.definitions.consistency import faults
from app.registers.editor.inputs import Builder
from app.registers.findings import FindingCode, check_register
from app.registers.notice import build_notice
from app.registers.writing import to_yaml
from app.retention.definition_files import DefinitionError
from app.retention.definition_models import LocalizedText
from app.retention.policies import PolicySet, load_policies
from app.web.i18n import language, pick

Data = dict[str, Any]

CHOIR = """\
kind: register
schema_version: 1
key: kor
languages: [sv]
name: {sv: Körens medlemmar}
purposes:
  - {key: medlemmar, text: {sv: Vi för en medlemsförteckning.}, legal_bases: [6(1)(c)]}
"""


def made(content: Data) -> RegisterDefinition:
    return RegisterDefinition.from_json(json.dumps(content))


@pytest.fixture
def choir(tmp_path: Path) -> RegisterDefinition:
    path = tmp_path / "kor.yaml"
    path.write_text(CHOIR, "utf-8")
    return load_register(path, policies=None)


def test_a_register_in_swedish_alone_is_whole(choir: RegisterDefinition) -> None:
    found = {finding.code for finding in check_register(choir, PolicySet.of([]))}

    assert FindingCode.TRANSLATION_MISSING not in found
    assert to_yaml(choir, CHOIR) == CHOIR
    with language("fi"):
        assert build_notice(choir, {}).title == "Körens medlemmar"


@pytest.mark.parametrize(
    ("languages", "missing"), [([], "fi"), (["sv"], "sv"), (["en", "fi"], "en")]
)
def test_a_text_is_written_in_the_first_language(
    languages: list[str], missing: str, data: Data
) -> None:
    if languages:
        data["languages"] = languages
    del data["services"][1]["name"][missing]

    (fault,) = faults(made(data), {})

    assert (fault.code, fault.loc) == ("missing_key", ("services", 1, "name", missing))


def test_only_the_languages_of_the_register_are_asked_for(data: Data, policies: PolicySet) -> None:
    data["languages"] = ["sv", "fi"]
    del data["services"][1]["name"]["fi"]
    del data["services"][1]["name"]["en"]

    (finding,) = check_register(made(data), policies)

    assert finding.params == {"count": 1, "language": "fi"}


def test_the_usual_languages_leave_the_hash_as_it_was(data: Data) -> None:
    usual = made(data)

    assert made(data | {"languages": ["fi", "sv", "en"]}).content_hash == usual.content_hash
    assert made(data | {"languages": ["sv", "fi"]}).content_hash != usual.content_hash


def test_a_text_is_in_some_language() -> None:
    with pytest.raises(ValidationError):
        LocalizedText.model_validate({})


@pytest.mark.parametrize(("code", "said"), [("fi", "ja"), ("sv", "ja"), ("en", "yes")])
def test_another_language_is_shown_where_there_is_none(code: str, said: str) -> None:
    with language(code):
        assert pick(LocalizedText(sv="ja", en="yes")) == said


def test_the_editor_keeps_the_order_of_the_languages() -> None:
    made_from = Builder({}).group(RegisterDefinition, {"languages": ["sv", "fi"]}, ["languages"])

    (languages,) = made_from.children
    assert [value for value, _words in languages.choices] == ["sv", "fi", "en"]
    assert languages.hint


RULES = """\
kind: retention_policies
schema_version: 1
languages: [sv]
title: {sv: Körens regler}
rules:
  - key: medlem
    name: {sv: Medlem}
    retention_period: P1Y
    retention_trigger: membership_ended
    disposal_action: destroy
    mandate: {citation: {sv: Eget beslut}, certainty: verified}
"""


def test_retention_rules_may_be_in_swedish_alone(tmp_path: Path) -> None:
    path = tmp_path / "regler.yaml"
    path.write_text(RULES, "utf-8")

    assert load_policies(path).policy("medlem").name.original == "Medlem"


def test_rules_that_name_no_language_are_in_finnish(tmp_path: Path) -> None:
    path = tmp_path / "regler.yaml"
    path.write_text(RULES.replace("languages: [sv]\n", ""), "utf-8")

    with pytest.raises(DefinitionError) as error:
        load_policies(path)

    assert [(p.code, p.key) for p in error.value.problems] == [
        ("missing_key", "title.fi"),
        ("missing_key", "rules[0].name.fi"),
        ("missing_key", "rules[0].mandate.citation.fi"),
    ]
