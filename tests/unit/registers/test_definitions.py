"""Register definitions: what the program may ask them, and what a file must not contain."""

import enum
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from app.registers.definitions import (
    DefinitionError,
    DefinitionProblem,
    Medium,
    RegisterDefinition,
    Right,
    load_register,
    load_registers,
    vocabulary,
    words,
)
from app.registers.definitions.vocabulary import IdentityCodeGround
from app.retention.policies import PolicySet
from app.web.i18n import language

Data = dict[str, Any]
Build = Callable[[Data], RegisterDefinition]

REGISTER = """\
kind: register
schema_version: 1
key: kuntoutus
name: {fi: Kuntoutus}
services:
  - {key: ryhma, name: {fi: Ryhmä}}
document_types:
  - {key: lausunto, name: {fi: Lausunto}}
data_categories:
  - key: terveys
    name: {fi: Terveys}
    documents: [lausunto]
storage_rules:
  - service: ryhma
    document_type: lausunto
    media: [atk, man]
    retention_rule: lausunnot
"""


@pytest.fixture
def refuse(tmp_path: Path, policies: PolicySet) -> Callable[[str], tuple[DefinitionProblem, ...]]:
    def problems(text: str) -> tuple[DefinitionProblem, ...]:
        path = tmp_path / "register.yaml"
        path.write_text(text, "utf-8")
        with language("en"), pytest.raises(DefinitionError) as refused:
            load_register(path, policies=policies)
        return refused.value.problems

    return problems


def test_a_register_file_is_loaded(tmp_path: Path, policies: PolicySet) -> None:
    path = tmp_path / "register.yaml"
    path.write_text(REGISTER, "utf-8")

    register = load_register(path, policies=policies)

    assert register.key == "kuntoutus"
    assert register.service("ryhma").name.fi == "Ryhmä"


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "code"),
    [
        ("schema_version: 1", "schema_version: 2", 2, "schema_version", "wrong_schema_version"),
        ("kind: register", "kind: registry", 1, "kind", "unknown_kind"),
        ("services:", "servces:", 5, "servces", "unknown_key"),
        ("key: kuntoutus\n", "key: a\nkey: b\n", 4, "key", "duplicate_key"),
        ("{fi: Kuntoutus}", "{se: Rehab}", 4, "name.se", "unknown_key"),
        ("{fi: Kuntoutus}", "{sv: Rehab}", 4, "name.fi", "missing_key"),
        ("key: kuntoutus\n", "", 1, "key", "missing_key"),
        ("service: ryhma", "service: rhyma", 14, "storage_rules[0].service", "dangling_reference"),
        (
            "document_type: lausunto",
            "document_type: muistio",
            15,
            "storage_rules[0].document_type",
            "dangling_reference",
        ),
        (
            "retention_rule: lausunnot",
            "retention_rule: muut",
            17,
            "storage_rules[0].retention_rule",
            "dangling_reference",
        ),
        (
            "documents: [lausunto]",
            "documents: [lausunto, muistio]",
            12,
            "data_categories[0].documents[1]",
            "dangling_reference",
        ),
        ("[atk, man]", "[atk, paper]", 16, "storage_rules[0].media[1]", "bad_word"),
        ("[atk, man]", "[atk, atk]", 16, "storage_rules[0].media", "bad_value"),
        ("[atk, man]", "atk", 16, "storage_rules[0].media", "bad_type"),
        ("    media: [atk, man]\n", "", 14, "storage_rules[0]", "bad_value"),
        (
            "[atk, man]",
            "[atk]\n    presentation_only: {shown: duration, holder: kunta}",
            14,
            "storage_rules[0]",
            "bad_value",
        ),
        (
            "media: [atk, man]",
            "presentation_only: {shown: duration, holder: kunta}",
            16,
            "storage_rules[0].presentation_only.holder",
            "dangling_reference",
        ),
        (
            "{key: ryhma, name: {fi: Ryhmä}}",
            "{key: ryhma, name: {fi: Ryhmä}, consent_required: true}",
            6,
            "services[0]",
            "bad_value",
        ),
        (
            "{key: ryhma, name: {fi: Ryhmä}}",
            "{key: ryhma, name: {fi: Ryhmä}, consent_required: 'yes'}",
            6,
            "services[0].consent_required",
            "bad_type",
        ),
        (
            "  - {key: lausunto, name: {fi: Lausunto}}",
            "  - {key: lausunto, name: {fi: A}}\n  - {key: lausunto, name: {fi: B}}",
            9,
            "document_types[1].key",
            "duplicate_member",
        ),
        (
            "storage_rules:\n",
            "storage_rules:\n  - {service: ryhma, document_type: lausunto, media: [man]}\n",
            15,
            "storage_rules[1]",
            "duplicate_member",
        ),
    ],
)
def test_a_fault_has_line_key_and_remedy(
    refuse: Callable[[str], tuple[DefinitionProblem, ...]],
    old: str,
    new: str,
    *,
    line: int,
    key: str,
    code: str,
) -> None:
    assert old in REGISTER

    faults = refuse(REGISTER.replace(old, new, 1))

    assert (code, line, key) in {(p.code, p.line, p.key) for p in faults}
    assert all(p.message and p.remedy and p.file.endswith("register.yaml") for p in faults)


def test_retention_rules_are_not_checked_without_any(tmp_path: Path) -> None:
    path = tmp_path / "register.yaml"
    path.write_text(REGISTER, "utf-8")

    assert load_register(path, policies=None).storage_rules[0].retention_rule == "lausunnot"


def test_two_registers_with_one_key_are_refused(tmp_path: Path, policies: PolicySet) -> None:
    (tmp_path / "a.yaml").write_text(REGISTER, "utf-8")
    (tmp_path / "b.yaml").write_text(REGISTER, "utf-8")

    with pytest.raises(DefinitionError) as refused:
        load_registers(tmp_path, policies=policies)

    (fault,) = refused.value.problems
    assert (Path(fault.file).name, fault.line, fault.code) == ("b.yaml", 3, "duplicate_definition")


def test_the_complete_format_survives_a_file(
    tmp_path: Path, data: Data, register: RegisterDefinition, policies: PolicySet
) -> None:
    path = tmp_path / "register.yaml"
    YAML(typ="safe", pure=True).dump(data, path)

    assert load_register(path, policies=policies) == register


def test_storage_belongs_to_the_pair_of_service_and_document_type(
    register: RegisterDefinition,
) -> None:
    shown = register.storage_rule("yksilo", "todistus")

    assert register.storage_rule("ryhma", "todistus") is None
    assert shown is not None
    assert shown.presentation_only is not None
    assert [r.document_type for r in register.storage_rules_for("ryhma")] == [
        "lausunto",
        "suostumus",
    ]
    assert register.storage_rules_for("unknown") == ()


def test_the_order_of_media_says_nothing(register: RegisterDefinition) -> None:
    one = register.storage_rule("ryhma", "lausunto")
    other = register.storage_rule("yksilo", "lausunto")

    assert one is not None
    assert other is not None
    assert one.media == other.media == (Medium.ATK, Medium.MAN)


def test_what_is_not_there_is_a_key_error(register: RegisterDefinition) -> None:
    for ask in (register.service, register.document_type, register.disclosure):
        with pytest.raises(KeyError):
            ask("unknown")


def test_rights_are_found_by_what_they_are(register: RegisterDefinition) -> None:
    assert register.right(Right.ACCESS) is not None
    assert register.right(Right.WITHDRAW_CONSENT) is None


def test_not_stated_and_none_are_different(build: Build, data: Data) -> None:
    silent = build({**data, "processors": None})
    none = build({**data, "processors": []})

    assert silent.processors is None
    assert none.processors == ()
    assert silent.content_hash != none.content_hash


def test_a_stored_version_reads_back_as_it_was(register: RegisterDefinition) -> None:
    again = RegisterDefinition.from_json(register.to_json())

    assert again == register
    assert again.to_json() == register.to_json()


def test_the_stored_form_does_not_depend_on_the_order_of_keys(build: Build, data: Data) -> None:
    turned = dict(reversed(data.items()))

    assert build(turned).content_hash == build(data).content_hash


def test_any_change_of_the_content_changes_the_hash(build: Build, data: Data) -> None:
    before = build(data).content_hash
    data["storage_rules"][1]["media"] = ["atk"]

    assert build(data).content_hash != before


def test_a_stored_version_with_an_unknown_key_is_refused(data: Data) -> None:
    with pytest.raises(ValueError, match="colour"):
        RegisterDefinition.from_json(json.dumps({**data, "colour": "red"}))


def test_several_joint_controllers_and_no_services_are_a_register_too(
    build: Build, data: Data
) -> None:
    data["controllers"].append({"key": "kunta", "name": {"fi": "Kunta"}})
    data["joint_arrangement"] = {"fi": "Säätiö vastaa pyyntöihin."}
    data["services"] = data["document_types"] = data["storage_rules"] = []
    data["data_categories"][1]["documents"] = []

    assert len(build(data).controllers) == 2


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_every_word_of_the_vocabularies_can_be_said(code: str) -> None:
    classes = [
        member
        for member in vars(vocabulary).values()
        if isinstance(member, type)
        and issubclass(member, enum.StrEnum)
        and member is not enum.StrEnum
    ]

    with language(code):
        said = {words(member) for of_class in classes for member in of_class}

    assert len(classes) >= 16
    assert all(said)


def test_members_with_the_same_value_keep_their_own_words() -> None:
    with language("en"):
        assert words(IdentityCodeGround.CONSENT) == "consent"
        assert words(vocabulary.DisclosureBasis.CONSENT) == "consent of the data subject"


def test_a_text_without_its_language_is_told_how_to_be_written(tmp_path: Path) -> None:
    path = tmp_path / "register.yaml"
    path.write_text("kind: register\nschema_version: 1\nkey: kerho\nname: Kerho\n", "utf-8")

    with language("en"), pytest.raises(DefinitionError) as caught:
        load_register(path, policies=None)

    (problem,) = caught.value.problems
    assert (problem.line, problem.key) == (4, "name")
    assert "{fi: …, sv: …, en: …}" in problem.remedy
