"""Registers of other organisations, written by `docs/register-format.md` and nothing else."""

from pathlib import Path

import pytest

from app.registers.definitions import RegisterDefinition, load_registers
from app.registers.findings import Finding, check_register
from app.registers.notice import Notice, build_notice
from app.registers.record import build_record
from app.registers.writing import to_yaml
from app.retention.policies import PolicySet, load_policies
from app.web.i18n import language

EXAMPLES = Path(__file__).with_name("examples")
REGISTERS = sorted((EXAMPLES / "registers").glob("*.yaml"))


@pytest.fixture(scope="module")
def policies() -> PolicySet:
    return load_policies(EXAMPLES / "retention_policies")


@pytest.fixture(scope="module")
def registers(policies: PolicySet) -> dict[str, RegisterDefinition]:
    return {r.key: r for r in load_registers(*REGISTERS, policies=policies)}


def covered(
    register: RegisterDefinition, registers: dict[str, RegisterDefinition]
) -> list[RegisterDefinition]:
    return [registers[key] for key in register.notice.covers]


def covering(
    register: RegisterDefinition, registers: dict[str, RegisterDefinition]
) -> RegisterDefinition | None:
    return next((r for r in registers.values() if register.key in r.notice.covers), None)


def found_in(
    key: str, registers: dict[str, RegisterDefinition], policies: PolicySet
) -> tuple[Finding, ...]:
    return check_register(registers[key], policies, covering=covering(registers[key], registers))


KEYS = (
    "area-libraries-customers",
    "choir-members",
    "club-website",
    "sports-club-members",
    "wellbeing-study",
)


def test_every_example_is_told_of(registers: dict[str, RegisterDefinition]) -> None:
    assert tuple(sorted(registers)) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_nothing_is_found_in_what_is_whole(
    key: str, registers: dict[str, RegisterDefinition], policies: PolicySet
) -> None:
    assert [(f.code, f.where) for f in found_in(key, registers, policies)] == []


@pytest.mark.parametrize("key", sorted(set(KEYS) - {"club-website"}))
def test_its_notice_leaves_nothing_out_in_any_of_its_languages(
    key: str, registers: dict[str, RegisterDefinition], policies: PolicySet
) -> None:
    register = registers[key]
    for code in register.languages:
        with language(code):
            notice = build_notice(register, policies.policies, covered(register, registers))
            record = build_record(register, policies.policies, 0)
        assert not [section.law for section in notice.sections if section.is_missing], code
        assert not [section.article for section in record.sections if section.is_missing], code


def told(key: str, code: str, registers: dict[str, RegisterDefinition], policies: PolicySet) -> str:
    register = registers[key]
    with language(code):
        notice: Notice = build_notice(register, policies.policies, covered(register, registers))
    rows = [f"{label}\n{value}" for s in notice.sections for label, value in s.rows]
    return "\n".join([*rows, *(p for s in notice.sections for p in (*s.paragraphs, *s.bullets))])


@pytest.mark.parametrize(
    ("key", "code", "words"),
    [
        ("area-libraries-customers", "fi", "ja lisäksi: lainoja tai maksuja ei ole kesken; jos "),
        ("area-libraries-customers", "sv", "och dessutom: inga lån eller avgifter är öppna"),
        ("area-libraries-customers", "en", "5 years, counted from: last use; and in addition"),
        ("choir-members", "sv", "Vi har inte utsett något dataskyddsombud."),
        ("choir-members", "sv", "medlemskapets slut"),
        ("sports-club-members", "fi", "Emme ole nimenneet tietosuojavastaavaa."),
        ("sports-club-members", "sv", "(dataskyddslagen 1050/2018, 7 §)"),
        ("sports-club-members", "en", "1 month, counted from: end of the camp"),
        ("wellbeing-study", "en", "Its statistics unit, World Youth Organisation"),
        ("wellbeing-study", "fi", "; jos mitään ei julkaista: 5 vuotta"),
        ("wellbeing-study", "en", "the last publication; if nothing is published: 5 years"),
        ("wellbeing-study", "en", "Then we make them anonymous."),
    ],
)
def test_what_is_peculiar_to_it_is_told(
    key: str,
    code: str,
    words: str,
    registers: dict[str, RegisterDefinition],
    policies: PolicySet,
) -> None:
    assert words in told(key, code, registers, policies)


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.stem)
def test_a_file_is_written_back_as_it_was(
    path: Path, registers: dict[str, RegisterDefinition]
) -> None:
    text = path.read_text("utf-8")
    key = next(line.removeprefix("key: ") for line in text.splitlines() if line.startswith("key:"))

    assert to_yaml(registers[key], text) == text
    assert RegisterDefinition.from_json(registers[key].to_json()) == registers[key]
