"""Two outputs, never confused: what the record of processing says, and what the notice must not."""

import re
from pathlib import Path

import pytest

from app.registers.definitions import RegisterDefinition, load_registers
from app.registers.notice import build_notice
from app.registers.record import build_record
from app.retention.policies import PolicySet, load_policies
from app.web.i18n import LANGUAGES, language
from tests.unit.registers.outputs import text_of

ROOT = Path(__file__).resolve().parents[3]
WRITTEN = ROOT / "tests" / "fixtures" / "written"


@pytest.fixture(scope="module")
def policies() -> PolicySet:
    return load_policies(ROOT / "tests" / "fixtures" / "written_rules.yaml")


@pytest.fixture(scope="module")
def registers(policies: PolicySet) -> dict[str, RegisterDefinition]:
    return {r.key: r for r in load_registers(WRITTEN, policies=policies)}


@pytest.fixture(params=list(LANGUAGES))
def spoken(request: pytest.FixtureRequest) -> str:
    return str(request.param)


INTERNAL = re.compile(r"internal-[a-z-]+")


def test_nothing_internal_gets_into_the_notice(
    registers: dict[str, RegisterDefinition], policies: PolicySet, spoken: str
) -> None:
    """The fixture writes `internal-…` into every text that is not for the public."""
    register = registers["shared-service"]
    with language(spoken):
        notice = text_of(build_notice(register, policies.policies))
        record = text_of(build_record(register, policies.policies, 3))

    assert INTERNAL.findall(notice) == []
    assert {"internal-key", "internal-place", "internal-contract"} <= set(INTERNAL.findall(record))


def test_the_record_goes_by_letter(
    registers: dict[str, RegisterDefinition], policies: PolicySet, spoken: str
) -> None:
    with language(spoken):
        own = build_record(registers["shared-service"], policies.policies, 3)
        others = build_record(registers["for-the-area"], policies.policies, 0)

    assert [s.article for s in own.sections[:-1]] == [f"30(1)({x})" for x in "abcdefg"]
    assert [s.article for s in others.sections[:-1]] == [f"30(2)({x})" for x in "abcd"]
    assert not [s.article for s in (*own.sections, *others.sections) if s.is_missing]


def test_joint_controllers_are_told_with_the_essence_of_their_arrangement(
    registers: dict[str, RegisterDefinition], policies: PolicySet
) -> None:
    with language("en"):
        notice = text_of(build_notice(registers["shared-service"], policies.policies))

    for words in (
        "joint controllers",
        "The town and the association decide together what is recorded.",
        "The town gives the notice and answers the requests.",
        "Representative in the EU",
        "You may turn to any of us",
        "may also tell of: religious or philosophical beliefs",
        "data on criminal convictions and offences",
        "the source is not open to everyone",
        "At least 2 years",
        "72 hours",
        "your explicit consent (GDPR Article 9(2)(a))",
        "Data Protection Ombudsman",
    ):
        assert words in notice


def test_a_web_service_without_clients_has_a_whole_notice(
    registers: dict[str, RegisterDefinition], policies: PolicySet, spoken: str
) -> None:
    with language(spoken):
        notice = build_notice(registers["web-service"], policies.policies)

    assert not [s.heading for s in notice.sections if s.is_missing]


def test_a_transfer_is_told_with_what_protects_it_and_where_to_get_a_copy(
    registers: dict[str, RegisterDefinition], policies: PolicySet
) -> None:
    with language("en"):
        notice = text_of(build_notice(registers["web-service"], policies.policies))

    assert "standard contractual clauses of the Commission (GDPR Article 46(2)(c))" in notice
    assert "Where to get a copy of the safeguards: from the data protection officer" in notice


def test_one_notice_of_two_registers_says_once_what_they_share(
    registers: dict[str, RegisterDefinition], policies: PolicySet, spoken: str
) -> None:
    clubs, site = registers["clubs"], registers["club-site"]
    with language(spoken):
        notice = build_notice(clubs, policies.policies, [site])

    headings = [part.heading for part in notice.parts]
    assert headings[0] is None
    assert len(headings) == 4
    controllers = [s for s in notice.sections if s.law.startswith("13(1)(a)")]
    assert len(controllers) == 1
    purposes = [s for s in notice.sections if s.law.startswith("13(1)(c)")]
    assert len(purposes) == 2


def test_no_text_of_a_notice_has_an_unfilled_place_or_a_double_stop(
    registers: dict[str, RegisterDefinition], policies: PolicySet, spoken: str
) -> None:
    with language(spoken):
        for register in registers.values():
            text = text_of(build_notice(register, policies.policies))
            assert not re.search(r"%\(|\.\.|\bNone\b|: ?$", text, re.MULTILINE), register.key
