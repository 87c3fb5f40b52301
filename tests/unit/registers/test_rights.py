"""Which rights the legal bases give, and how the notice tells of those that they do not give."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from app.registers.definitions import RegisterDefinition, Right
from app.registers.definitions.rights import gives, reach_of
from app.registers.notice import Section, build_notice
from app.registers.record import build_record
from app.web.i18n import LANGUAGES, language
from tests.unit.registers.outputs import text_of

Data = dict[str, Any]
Build = Callable[[Data], RegisterDefinition]

WHY = {"fi": "Tutkimus kärsisi", "sv": "Forskningen lider", "en": "Research would suffer"}


def rests_on(data: Data, *bases: tuple[str, ...]) -> None:
    """One purpose for each row of bases: “Use 0”, “Use 1” and so on."""
    data["purposes"] = [
        {
            "key": f"use-{number}",
            "text": dict.fromkeys(LANGUAGES, f"Use {number}"),
            "legal_bases": list(row),
        }
        for number, row in enumerate(bases)
    ]


def section(register: RegisterDefinition, heading: str, code: str = "en") -> Section | None:
    with language(code):
        sections = build_notice(register, {}).sections
    return next((each for each in sections if each.heading == heading), None)


def rows(register: RegisterDefinition, heading: str) -> dict[str, str]:
    found = section(register, heading)
    return dict(found.rows) if found is not None else {}


HAVE, HAVE_NOT = "What rights do you have?", "Which rights do you not have here, and why?"
OBJECT = "You may object to the use of your data"


@pytest.mark.parametrize(
    ("basis", "withheld"),
    [
        ("6(1)(a)", {Right.OBJECTION}),
        ("6(1)(b)", {Right.OBJECTION}),
        ("6(1)(c)", {Right.ERASURE, Right.OBJECTION, Right.PORTABILITY}),
        ("6(1)(d)", {Right.OBJECTION, Right.PORTABILITY}),
        ("6(1)(e)", {Right.ERASURE, Right.PORTABILITY}),
        ("6(1)(f)", {Right.PORTABILITY}),
    ],
)
def test_each_basis_gives_its_rights(
    data: Data, build: Build, basis: str, withheld: set[Right]
) -> None:
    rests_on(data, (basis,))
    register = build(data)

    asked = {Right.ACCESS, Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION, Right.OBJECTION}
    asked |= {Right.PORTABILITY}
    assert {right for right in asked if reach_of(right, register).is_withheld} == withheld
    assert {right for right in asked if not gives(right, register)} == withheld


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_right_of_the_law_is_told_of_once(data: Data, build: Build, code: str) -> None:
    rests_on(data, ("6(1)(c)",))

    with language(code):
        notice = build_notice(build(data), {})

    labels = [label for s in notice.sections for label, _value in s.rows]
    articles = ("15", "16", "17", "18", "20", "21")
    for article in articles:
        named = [label for label in labels if re.search(rf"\(.*\b{article}\b.*\)", label)]
        assert len(named) == 1, (article, named)


def test_a_right_that_the_bases_do_not_give_is_told_of_with_the_reason(
    data: Data, build: Build
) -> None:
    rests_on(data, ("6(1)(c)",))
    told = rows(build(data), HAVE_NOT)

    assert (
        "as long as the duty lasts (GDPR Article 17(3)(b))"
        in told["Right to erasure (GDPR Article 17)"]
    )
    objection = told["Right to object (GDPR Article 21)"]
    assert objection.endswith("Here it rests on: a duty that the law lays on us.")
    assert "(GDPR Article 20(1))" in told["Right to data portability (GDPR Article 20)"]
    assert section(build(data), OBJECT) is None


def test_a_right_that_concerns_some_uses_names_the_others(data: Data, build: Build) -> None:
    rests_on(data, ("6(1)(e)",), ("6(1)(a)",), ())
    told = rows(build(data), HAVE)

    portability = told["Right to data portability (GDPR Article 20)"]
    assert "It does not concern: Use 0." in portability
    assert "For the uses whose legal basis is not stated yet" in portability
    assert "Use 1" not in portability
    assert "to these uses: Use 0." in rows(build(data), OBJECT)["Right to object (GDPR Article 21)"]


def test_explicit_consent_to_special_data_gives_portability(data: Data, build: Build) -> None:
    rests_on(data, ("6(1)(e)",))
    data["purposes"][0]["article_9_condition"] = "9(2)(a)"

    assert gives(Right.PORTABILITY, build(data))


def test_a_service_that_asks_for_consent_gives_the_rights_of_consent(
    data: Data, build: Build
) -> None:
    rests_on(data, ("6(1)(c)",))
    data["services"][0] |= {"consent_required": True, "consent_text": WHY}

    told = rows(build(data), HAVE)["Right to data portability (GDPR Article 20)"]

    name = build(data).services[0].name.en
    assert f"It concerns what rests on your consent in: {name}." in told
    assert "It does not concern: Use 0." in told


def test_data_on_paper_is_not_portable(data: Data, build: Build) -> None:
    rests_on(data, ("6(1)(a)",))
    data["storage_places"] = [{"medium": "man", "place": WHY}]
    data["data_categories"][0]["media"] = ["man"]
    for rule in data["storage_rules"]:
        if "media" in rule:
            rule["media"] = ["man"]

    told = rows(build(data), HAVE_NOT)

    assert "on paper" in told["Right to data portability (GDPR Article 20)"]


def test_where_no_basis_is_stated_the_notice_promises_nothing(data: Data, build: Build) -> None:
    data["purposes"] = []
    told = {**rows(build(data), HAVE), **rows(build(data), OBJECT)}

    for right in ("Right to erasure (GDPR Article 17)", "Right to object (GDPR Article 21)"):
        assert "this notice does not tell that yet." in told[right]
    assert "tell that yet" not in told["Right of access (GDPR Article 15)"]


def test_a_use_without_a_basis_leaves_the_right_to_object_open(data: Data, build: Build) -> None:
    rests_on(data, ("6(1)(a)",), ())

    told = rows(build(data), OBJECT)["Right to object (GDPR Article 21)"]

    assert told.startswith("Whether you have this right depends on what allows the use")


def test_a_right_by_the_consent_of_a_service_is_not_called_unknown(
    data: Data, build: Build
) -> None:
    rests_on(data, ())
    asks = {"consent_required": True, "consent_text": WHY}
    data["services"][0].update(asks)

    told = rows(build(data), HAVE)["Right to erasure (GDPR Article 17)"]

    assert "It concerns what rests on your consent in: Ryhmä (en)." in told
    assert "For the uses whose legal basis is not stated yet, it depends on that basis." in told
    assert "Whether you have this right" not in told


def test_direct_marketing_may_be_forbidden_whatever_the_basis(data: Data, build: Build) -> None:
    rests_on(data, ("6(1)(a)",))
    data["direct_marketing"] = {"prohibited_purposes": [{"key": "ads", "name": WHY}]}

    told = rows(build(data), OBJECT)

    assert list(told) == ["Direct marketing"]
    assert "we always stop (GDPR Article 21(2) and (3))" in told["Direct marketing"]
    assert "Research would suffer" in told["Direct marketing"]


def test_the_register_says_in_its_own_words_why_a_right_does_not_apply(
    data: Data, build: Build
) -> None:
    rests_on(data, ("6(1)(e)",))
    data["rights"] = [{"right": "access", "not_applicable": WHY}, {"right": "objection"}]
    register = build(data)

    assert rows(register, HAVE_NOT)["Right of access (GDPR Article 15)"] == "Research would suffer"
    assert "Right of access (GDPR Article 15)" not in rows(register, HAVE)
    with language("en"):
        record = text_of(build_record(register, {}, 0))
    assert "Rights offered\nright to object" in record
    assert "right of access: Research would suffer" in record


def test_what_the_register_offers_beyond_the_law_is_told(data: Data, build: Build) -> None:
    rests_on(data, ("6(1)(c)",))
    data["rights"] = [{"right": "portability", "text": WHY}]

    told = rows(build(data), HAVE)["Right to data portability (GDPR Article 20)"]

    assert told.startswith("Research would suffer")
    assert "Here it rests on: a duty that the law lays on us." in told


@pytest.mark.parametrize(
    "stated",
    [
        {"right": "complaint", "not_applicable": WHY},
        {"right": "prohibit_marketing", "not_applicable": WHY},
        {"right": "access", "not_applicable": WHY, "form": "free"},
        {"right": "access", "not_applicable": WHY, "text": WHY},
    ],
)
def test_a_right_is_offered_or_not_and_some_always_apply(
    data: Data, build: Build, stated: Data
) -> None:
    data["rights"] = [stated]

    with pytest.raises(ValidationError):
        build(data)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("fi", ("Lintulahdenkuja 4, 00530 Helsinki", "PL 800", "029 566 6700")),
        ("sv", ("Fågelviksgränden 4, 00530 Helsingfors", "PB 800", "tietosuoja@om.fi")),
        ("en", ("Office of the Data Protection Ombudsman", "tietosuoja.fi")),
    ],
)
def test_the_notice_tells_how_to_reach_the_authority(
    data: Data, build: Build, code: str, words: tuple[str, ...]
) -> None:
    with language(code):
        told = text_of(build_notice(build(data), {}))

    for word in words:
        assert word in told
