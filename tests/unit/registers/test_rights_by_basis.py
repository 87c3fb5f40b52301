"""Nobody is asked to tell of what the law does not give: rights and duties by the legal basis."""

from collections.abc import Callable
from typing import Any

import pytest

from app.registers.definitions import RegisterDefinition
from app.registers.definitions.vocabulary import Right
from app.registers.findings import FindingCode, check_register
from app.registers.notice.purposes import obligation
from app.retention.policies import PolicySet
from app.web.i18n import language

Data = dict[str, Any]
Build = Callable[[Data], RegisterDefinition]
Code = FindingCode

ALWAYS = {Right.ACCESS, Right.RECTIFICATION, Right.RESTRICTION}


def asked(register: RegisterDefinition, policies: PolicySet) -> set[object]:
    """The rights that the checks miss in a register that tells of none."""
    missing: set[object] = set()
    for finding in check_register(register, policies):
        if finding.code is Code.RIGHTS_MISSING:
            rights = finding.params["rights"]
            assert isinstance(rights, tuple)
            missing.update(rights)
    return missing


@pytest.mark.parametrize(
    ("bases", "more"),
    [
        # Art. 17(3)(b), 20(1)(a), 21(1): the table of the Data Protection Ombudsman.
        (["6(1)(a)"], {Right.ERASURE, Right.PORTABILITY}),
        (["6(1)(b)"], {Right.ERASURE, Right.PORTABILITY}),
        (["6(1)(c)"], set()),
        (["6(1)(d)"], {Right.ERASURE}),
        (["6(1)(e)"], {Right.OBJECTION}),
        (["6(1)(f)"], {Right.ERASURE, Right.OBJECTION}),
        (["6(1)(c)", "6(1)(e)"], {Right.OBJECTION}),
        (["6(1)(a)", "6(1)(e)"], {Right.ERASURE, Right.OBJECTION, Right.PORTABILITY}),
        # Not stated: it may be any of them.
        ([], {Right.ERASURE, Right.OBJECTION, Right.PORTABILITY}),
    ],
)
def test_rights_follow_the_legal_bases(
    data: Data, build: Build, policies: PolicySet, bases: list[str], more: set[Right]
) -> None:
    data["rights"] = []
    data["purposes"][0]["legal_bases"] = bases

    assert asked(build(data), policies) == ALWAYS | more


def test_the_rights_of_every_purpose_are_told(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["rights"] = []
    data["purposes"].append({"key": "kirje", "text": {"fi": "Kirje"}, "legal_bases": ["6(1)(a)"]})

    assert asked(build(data), policies) == {*ALWAYS, Right.ERASURE, Right.PORTABILITY}


def test_a_service_on_consent_gives_the_rights_of_consent(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["rights"] = []
    data["services"][0] |= {"consent_required": True, "consent_text": {"fi": "Suostun."}}

    assert asked(build(data), policies) == {*ALWAYS, Right.ERASURE, Right.PORTABILITY}


def test_marketing_may_be_objected_to_on_every_basis(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["rights"] = []
    data["direct_marketing"] = {"disclosed_outside": False}

    assert Right.OBJECTION in asked(build(data), policies)


def test_what_is_on_paper_only_is_not_carried_over(
    data: Data, build: Build, policies: PolicySet
) -> None:
    """GDPR Art. 20(1)(b): the right is to what is processed by automated means."""
    data["rights"] = []
    data["purposes"][0]["legal_bases"] = ["6(1)(b)"]
    assert Right.PORTABILITY in asked(build(data), policies)

    for rule in data["storage_rules"]:
        rule["media"] = ["man"] if rule.get("media") else []
    data["data_categories"][0]["media"] = ["man"]
    data["storage_places"] = [{"medium": "man", "place": {"fi": "Arkisto"}}]

    assert Right.PORTABILITY not in asked(build(data), policies)


def codes(register: RegisterDefinition, policies: PolicySet) -> set[FindingCode]:
    return {finding.code for finding in check_register(register, policies)}


def camera(data: Data) -> None:
    data["purposes"].append(
        {
            "key": "kamera",
            "text": {"fi": "Kameravalvonta"},
            "legal_bases": ["6(1)(c)"],
            "data_obligation": {"obligation": "not_asked"},
        }
    )


def test_a_camera_asks_nothing_from_the_person(
    data: Data, build: Build, policies: PolicySet
) -> None:
    """Art. 13(2)(e) speaks of data that the person provides."""
    camera(data)
    assert not {Code.DATA_OBLIGATION_MISSING, Code.CONSEQUENCES_MISSING} & codes(
        build(data), policies
    )
    with language("en"):
        assert "from a camera" in obligation(build(data)).rows[-1][1]

    del data["purposes"][1]["data_obligation"]

    assert Code.DATA_OBLIGATION_MISSING in codes(build(data), policies)


def test_who_asks_nothing_is_not_told_to_list_the_person_as_a_source(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["sources"] = [{"key": "kamera", "name": {"fi": "Kamera"}, "public": False}]
    assert Code.SOURCE_OMITS_DATA_SUBJECT in codes(build(data), policies)

    camera(data)
    data["purposes"] = data["purposes"][1:]

    assert Code.SOURCE_OMITS_DATA_SUBJECT not in codes(build(data), policies)
