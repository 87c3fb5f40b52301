"""What organisations need to say and the format long could not: officer, transfers, offences."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from app.registers import phrases
from app.registers.definitions import RegisterDefinition
from app.registers.definitions.parts import Transfer
from app.registers.differences import difference, explain_change
from app.registers.editor.inputs import Builder
from app.registers.findings import FindingCode, check_register
from app.registers.notice import build_notice
from app.registers.record import build_record
from app.registers.schema import register_schema
from app.registers.writing import to_yaml
from app.retention.policies import PolicySet
from app.web.i18n import LANGUAGES, language
from tests.unit.registers.outputs import text_of

Data = dict[str, Any]
Build = Callable[[Data], RegisterDefinition]

WHY = {"fi": "Toiminta on pientä", "sv": "Verksamheten är liten", "en": "We are small"}
WHERE = {"fi": "Intia", "sv": "Indien", "en": "India"}


def notice_of(register: RegisterDefinition, code: str = "en") -> str:
    with language(code):
        return text_of(build_notice(register, {}))


def transferred(data: Data, **item: Any) -> None:
    data["transfers"] = {"made": True, "items": [{"recipient": WHY, **item}]}


@pytest.mark.parametrize(("code", "said"), [("fi", "Emme ole nimenneet"), ("sv", "inte utsett")])
def test_the_notice_tells_that_there_is_no_officer_and_why(
    data: Data, build: Build, policies: PolicySet, code: str, said: str
) -> None:
    data["data_protection_officer"] = {"not_designated": WHY}
    register = build(data)

    told = notice_of(register, code)

    assert said in told
    assert WHY[code] in told
    assert check_register(register, policies) == ()
    with language("en"):
        assert "not designated: We are small" in text_of(build_record(register, {}, 0))
        assert phrases.officer(register) == "not designated: We are small"


@pytest.mark.parametrize("stated", [{"contact": "x"}, {"role": WHY, "not_designated": WHY}])
def test_an_officer_is_designated_or_not(data: Data, build: Build, stated: Data) -> None:
    data["data_protection_officer"] = stated

    with pytest.raises(ValidationError):
        build(data)


def test_several_mechanisms_protect_one_transfer(
    data: Data, build: Build, policies: PolicySet
) -> None:
    transferred(data, country=WHERE, mechanism=["45(3)", "46(2)(c)"], copy_from=WHY)
    register = build(data)

    told = notice_of(register)

    assert "adequacy decision of the Commission (GDPR Article 45(3)); standard" in told
    assert told.count("India") == 1
    assert check_register(register, policies) == ()


def test_one_mechanism_is_stored_as_it_was_written_first(data: Data, build: Build) -> None:
    transferred(data, country=WHERE, mechanism="45(3)")
    alone = build(data)
    transferred(data, country=WHERE, mechanism=["45(3)"])

    assert build(data).content_hash == alone.content_hash
    assert '"mechanism":"45(3)"' in alone.to_json()
    assert RegisterDefinition.from_json(alone.to_json()) == alone
    assert "mechanism: 45(3)" in to_yaml(alone)


@pytest.mark.parametrize("stored", ["46(2)(c)", ["45(3)", "46(2)(c)"]])
def test_the_editor_shows_and_reads_each_mechanism(stored: str | list[str]) -> None:
    made = Builder({}).group(Transfer, {"mechanism": stored}, ["mechanism"])

    (mechanism,) = made.children
    assert mechanism.kind == "checks"
    assert list(mechanism.chosen) == ([stored] if isinstance(stored, str) else stored)


def test_a_transfer_goes_to_an_organisation(data: Data, build: Build, policies: PolicySet) -> None:
    transferred(data, organisation=WHERE, mechanism="46(3)(b)", copy_from=WHY)
    register = build(data)

    assert "We are small, India" in notice_of(register)
    assert check_register(register, policies) == ()
    with language("en"):
        assert "India" in phrases.transfers(register)


@pytest.mark.parametrize(
    "item",
    [{}, {"country": WHERE, "organisation": WHERE}, {"organisation": WHERE, "country_code": "US"}],
)
def test_a_transfer_goes_to_one_place(data: Data, build: Build, item: Data) -> None:
    transferred(data, **item)

    with pytest.raises(ValidationError):
        build(data)


def test_a_derogation_needs_no_copy(data: Data, build: Build, policies: PolicySet) -> None:
    transferred(data, country=WHERE, mechanism="49(1)(b)")

    assert check_register(build(data), policies) == ()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_ground_for_data_on_offences_is_told(
    data: Data, build: Build, policies: PolicySet, code: str
) -> None:
    data["data_categories"][1]["criminal"] = True
    data["purposes"][0]["article_10_ground"] = "legal_claims"
    register = build(data)

    assert check_register(register, policies) == ()
    assert "1050/2018, " in notice_of(register, code).split("703/2023")[0]
    with language(code):
        ground = text_of(build_record(register, {}, 0))
    assert {"fi": "Rikostietojen", "sv": "uppgifter om brott", "en": "data on offences"}[
        code
    ] in ground


def test_a_change_of_the_ground_is_told_to_clients(
    data: Data, build: Build, policies: PolicySet
) -> None:
    old = build(data)
    data["purposes"][0]["article_10_ground"] = "research"

    with language("en"):
        (change,) = difference(old, build(data), policies, policies)
        assert "ground for data on offences: not stated → historical" in explain_change(change)


def test_data_from_elsewhere_need_not_be_given(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["sources"] = [{"key": "kamera", "name": WHY, "public": False}]
    data["purposes"][0]["data_obligation"] = None
    register = build(data)

    found = {finding.code for finding in check_register(register, policies)}

    assert found == {FindingCode.SOURCE_OMITS_DATA_SUBJECT}
    assert "Must you give us your data?" not in notice_of(register)


def test_a_role_that_several_people_have_rests_on_nobody_alone(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["owner"] |= {"substitute": None, "several": True}

    assert check_register(build(data), policies) == ()


def test_own_marketing_may_always_be_forbidden(data: Data, build: Build) -> None:
    own = {"about": WHY, "permission": "free", "channels": ["email"]}
    data["direct_marketing"] = {"own": own}

    assert "Direct marketing\nYou may forbid it at any time." in notice_of(build(data))


def test_editors_know_both_forms_of_a_mechanism() -> None:
    schema = register_schema()

    forms = schema["$defs"]["Transfer"]["properties"]["mechanism"]["anyOf"]
    assert [form.get("type") for form in forms] == [None, "array"]
    assert json.dumps(schema)


def test_the_customers_of_a_processor_are_no_joint_controllers(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["controllers"].append({"key": "toinen", "name": WHY, "contact": "x@example.invalid"})
    data |= {
        "capacity": "processor",
        "processing_for_others": [WHY],
        "processors": [{"key": "me", "name": WHY}],
    }

    assert check_register(build(data), policies) == ()


def test_a_category_of_some_people_says_of_whom(data: Data, build: Build) -> None:
    children = {"key": "lapset", "name": {"fi": "Lapset", "sv": "Barn", "en": "Children"}}
    data["data_subjects"].append(children)
    assert "concerns: Children" not in notice_of(build(data))

    data["data_categories"][0]["data_subjects"] = ["lapset"]

    assert "concerns: Children" in notice_of(build(data))


@pytest.mark.parametrize(("stated", "said"), [({}, False), ({"profiling": False}, True)])
def test_profiling_is_denied_only_where_the_register_denies_it(
    data: Data, build: Build, stated: Data, said: bool
) -> None:
    data["automated_decisions"] = {"made": False, **stated}
    register = build(data)

    assert ("We do not profile you." in notice_of(register)) is said
    with language("en"):
        assert ("no profiling" in phrases.automated(register)) is said


def test_data_that_goes_is_said_once(data: Data, build: Build) -> None:
    category = data["data_categories"][0]
    data["disclosures"] = [
        {
            "key": "kela",
            "recipient": WHY,
            "what": category["name"],
            "data_categories": [category["key"]],
        }
    ]

    assert notice_of(build(data)).count(f"What: {category['name']['en']}; ") == 0
    assert f"What: {category['name']['en']}" in notice_of(build(data))
