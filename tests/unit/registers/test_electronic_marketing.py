"""Marketing by e-mail on a legitimate interest: found where nobody tells of a permission."""

from collections.abc import Callable
from typing import Any

import pytest

from app.registers.definitions import RegisterDefinition
from app.registers.findings import FindingCode, check_register
from app.retention.policies import PolicySet

Data = dict[str, Any]
Build = Callable[[Data], RegisterDefinition]

BY_EMAIL = {"fi": "Palveluista kertominen ja markkinointi sähköpostitse"}
OWN = {"about": {"fi": "Kerromme palveluista"}, "permission": "free"}
CITED = {"name": {"fi": "Laki"}, "number": "917/2014", "section": "200 §"}


def places(data: Data, build: Build, policies: PolicySet) -> list[tuple[str, ...]]:
    return [
        each.where
        for each in check_register(build(data), policies)
        if each.code is FindingCode.MARKETING_WITHOUT_PERMISSION
    ]


def add_purpose(data: Data, **changes: Any) -> None:
    purpose = {"key": "markkinointi", "text": BY_EMAIL, "legal_bases": ["6(1)(f)"], **changes}
    data["purposes"].append(purpose)


@pytest.mark.parametrize(
    "purpose",
    [
        {},
        {"text": {"fi": "Sähköinen suoramarkkinointi"}},
        {"text": {"fi": "Tekstiviestimainonta"}},
        {"text": {"fi": "Uutiskirje"}},
        {"text": {"sv": "Nyhetsbrev"}},
        {"text": {"sv": "Marknadsföring per e-post"}},
        {"text": {"en": "Marketing by email"}},
        {"text": {"fi": "Tiedotus"}, "legitimate_interest": {"fi": "Sähköpostimarkkinointi"}},
        {"legal_bases": ["6(1)(f)", "6(1)(b)"]},
    ],
)
@pytest.mark.parametrize(
    "stated",
    [None, {"made": True}, {"own": OWN | {"channels": ["letter", "telephone"]}}],
)
def test_an_interest_does_not_replace_the_permission(
    data: Data, build: Build, policies: PolicySet, purpose: Data, stated: Data | None
) -> None:
    add_purpose(data, **purpose)
    data["direct_marketing"] = stated

    assert places(data, build, policies) == [("purposes", "markkinointi")]


@pytest.mark.parametrize(
    "purpose",
    [
        {"legal_bases": ["6(1)(a)"]},
        {"legal_bases": ["6(1)(a)", "6(1)(f)"]},
        {"legal_bases": ["6(1)(b)"]},
        {"legal_bases": []},
        {"text": {"fi": "Markkinointi kirjeitse"}},
        {"text": {"fi": "Sähköpostin ylläpito"}},
        {"text": {"fi": "Sähköinen asiointi"}},
        {"statutes": [CITED]},
    ],
)
def test_other_purposes_are_left_alone(
    data: Data, build: Build, policies: PolicySet, purpose: Data
) -> None:
    add_purpose(data, **purpose)

    assert places(data, build, policies) == []


@pytest.mark.parametrize("channel", ["email", "text_message"])
def test_a_permission_that_is_told_of_settles_it(
    data: Data, build: Build, policies: PolicySet, channel: str
) -> None:
    add_purpose(data)
    data["direct_marketing"] = {"made": True, "own": OWN | {"channels": ["letter", channel]}}

    assert places(data, build, policies) == []


def test_the_act_cited_for_all_marketing_settles_it(
    data: Data, build: Build, policies: PolicySet
) -> None:
    add_purpose(data)
    data["direct_marketing"] = {"made": True, "statutes": [CITED]}

    assert places(data, build, policies) == []


@pytest.mark.parametrize(
    ("text", "found"), [({"fi": "Jäsenten uutiskirje"}, []), (BY_EMAIL, ["markkinointi"])]
)
def test_a_register_that_denies_marketing_may_send_news_but_not_advertise(
    data: Data, build: Build, policies: PolicySet, text: Data, found: list[str]
) -> None:
    add_purpose(data, text=text)
    data["direct_marketing"] = {"made": False}

    assert [where[-1] for where in places(data, build, policies)] == found
