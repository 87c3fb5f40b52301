"""Where a register is silent on what Arts. 13 and 14 ask for, its notice says so, part by part."""

import json
from collections.abc import Callable
from typing import Any

from app.registers.definitions import RegisterDefinition
from app.registers.notice import Section, build_notice
from app.retention.policies import RetentionPolicy
from app.web.i18n import language
from tests.unit.registers.conftest import words

Data = dict[str, Any]
Build = Callable[[Data], RegisterDefinition]


def section(register: RegisterDefinition, heading: str, *rules: RetentionPolicy) -> Section:
    with language("en"):
        sections = build_notice(register, {rule.key: rule for rule in rules}).sections
    (found,) = (each for each in sections if each.heading == heading)
    return found


REACH = ("How to reach us", "Not stated yet.")


def test_a_notice_without_contact_details_says_so(data: Data, build: Build) -> None:
    heading = "Who is responsible for your data?"
    assert REACH not in section(build(data), heading).rows

    del data["controllers"][0]["contact"], data["owner"]["contact"]
    assert section(build(data), heading).rows[-1] == REACH

    data["contact"] = {"role": words("neuvoja"), "contact": "z@example.invalid"}
    assert REACH not in section(build(data), heading).rows


def test_data_without_a_period_is_named(data: Data, build: Build, rule: Data) -> None:
    heading, policy = "How long do we keep your data?", RetentionPolicy.from_json(json.dumps(rule))
    label = "It is not told yet how long we keep these"
    assert label not in dict(section(build(data), heading, policy).rows)

    data["data_categories"].append({"key": "kuvat", "name": words("Kuvat"), "documents": []})
    assert dict(section(build(data), heading, policy).rows)[label] == "Kuvat (en)"

    data["retention"] = words("Kaikkia tietoja 10 vuotta")
    assert label not in dict(section(build(data), heading, policy).rows)


def test_a_use_of_which_the_duty_to_give_data_is_not_stated_is_told_as_such(
    data: Data, build: Build
) -> None:
    data["purposes"].append({"key": "tilastot", "text": words("Tilastot")})

    assert section(build(data), "Must you give us your data?").rows == (
        ("Palvelun antaminen (en)", "Yes. The law requires it. Ei palvelua (en)"),
        ("Tilastot (en)", "Not stated yet."),
    )


def test_a_period_that_nobody_has_set_is_told_as_such(data: Data, build: Build, rule: Data) -> None:
    undecided = RetentionPolicy.from_json(json.dumps(rule | {"retention_period": None}))

    rows = dict(section(build(data), "How long do we keep your data?", undecided).rows)

    told = rows["It has not been decided yet how long we keep these"]
    assert told.startswith("Lääkärin lausunto (en)")
