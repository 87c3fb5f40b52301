"""What Art. 15 wants told, from the register's own words."""

from pathlib import Path

from app.registers.definitions import load_registers
from app.requests.answer.information import information
from app.retention.policies import load_policies

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
