"""What Art. 15 wants told, from the register's own words."""

from pathlib import Path

import pytest

from app.registers.definitions import load_registers
from app.registers.notice.authority import OMBUDSMAN
from app.requests.answer.information import information
from app.retention.policies import load_policies
from app.web.i18n import language

ROOT = Path(__file__).resolve().parents[3]


def test_no_line_has_a_colon_after_a_full_stop() -> None:
    policies = load_policies(ROOT / "retention_policies")
    lines = [
        line
        for register in load_registers(ROOT / "registers", policies=policies)
        for item in information(register, policies.policies)
        for line in item.lines
    ]

    assert lines
    assert not [line for line in lines if ".:" in line]


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_the_authority_is_told_with_all_ways_to_reach_it(code: str) -> None:
    policies = load_policies(ROOT / "retention_policies")
    register = load_registers(ROOT / "registers", policies=policies)[0]

    with language(code):
        (item,) = (
            each for each in information(register, policies.policies) if each.article == "15(1)(f)"
        )

    text = "\n".join(item.lines)
    names = (getattr(each, code) for each in (OMBUDSMAN.name, OMBUDSMAN.visits, OMBUDSMAN.post))
    ways = (OMBUDSMAN.telephone, OMBUDSMAN.email, OMBUDSMAN.website)
    assert [each for each in (*names, *ways) if each not in text] == []


def test_what_is_kept_stands_below_its_period() -> None:
    policies = load_policies(ROOT / "retention_policies")
    register = load_registers(ROOT / "registers", policies=policies)[0]

    with language("en"):
        (item,) = (
            each for each in information(register, policies.policies) if each.article == "15(1)(d)"
        )

    kept = next(line for line in item.lines if line.startswith("3 years"))
    assert kept == "3 years, counted from: withdrawal or end of the consent:\nConsents"
