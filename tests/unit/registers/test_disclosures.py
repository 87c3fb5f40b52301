"""On what a disclosure depends, what is published, and who acts for those who cannot."""

from collections.abc import Callable
from typing import Any

from app.registers.definitions import RegisterDefinition
from app.registers.differences import Audience, difference, explain_change, for_audience
from app.registers.findings import FindingCode, check_register
from app.registers.notice import build_notice
from app.registers.record import build_record
from app.registers.schema import register_schema
from app.retention.policies import PolicySet
from app.web.i18n import language
from tests.unit.registers.outputs import text_of

Data = dict[str, Any]
Build = Callable[[Data], RegisterDefinition]

WHO = {"fi": "rehtori", "sv": "rektorn", "en": "the rector"}
HOW = {"fi": "Kerro meille.", "sv": "Säg till oss.", "en": "Tell us."}


def outputs(register: RegisterDefinition, code: str = "en") -> tuple[str, str]:
    with language(code):
        return text_of(build_notice(register, {})), text_of(build_record(register, {}, 0))


def test_a_disclosure_tells_whose_decision_it_needs_and_how_to_refuse_it(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["disclosures"][0] |= {"decided_by": WHO, "refusal": HOW, "published": True}
    register = build(data)

    notice, record = outputs(register)
    for words in (
        "Only by decision of: the rector",
        "You may refuse this. Tell us.",
        "This is published: anyone can see it.",
    ):
        assert words in notice
    for words in (
        "Needs the decision of: the rector",
        "How the person may refuse it: Tell us.",
        "Published: anyone can see it",
    ):
        assert words in record
    assert check_register(register, policies) == ()


def test_clients_are_told_that_a_disclosure_is_published_from_now_on(
    data: Data, build: Build, policies: PolicySet
) -> None:
    old = build(data)
    data["disclosures"][0] |= {"published": True, "refusal": HOW}

    with language("en"):
        found = difference(old, build(data), policies, policies)
        (change,) = for_audience(found, Audience.CLIENTS)
        said = explain_change(change)
    assert "open to everyone: no → yes" in said
    assert "how the person may refuse it" in said


def test_a_disclosure_on_consent_still_asks_for_a_consent(
    data: Data, build: Build, policies: PolicySet
) -> None:
    """What depends on a decision or may be refused does not do without its proof."""
    data["disclosures"][0] |= {"basis": "consent", "statute": None, "decided_by": WHO}
    data["disclosures"][0]["refusal"] = HOW
    data["document_types"] = [
        {key: value for key, value in kind.items() if key != "role"}
        for kind in data["document_types"]
    ]

    codes = {finding.code for finding in check_register(build(data), policies)}

    assert FindingCode.DISCLOSURE_CONSENT_UNPROVED in codes
    assert FindingCode.CONSENT_WITHDRAWAL_MISSING in codes


def test_consent_allows_to_publish_health_but_never_an_identity_code(
    data: Data, build: Build, policies: PolicySet
) -> None:
    shown = data["disclosures"][0]
    shown |= {"published": True, "basis": "consent", "data_categories": ["terveys"]}
    codes = {finding.code for finding in check_register(build(data), policies)}
    assert FindingCode.PUBLICATION_TOO_WIDE not in codes

    shown["data_categories"] = ["terveys", "perustiedot"]
    found = check_register(build(data), policies)
    (wide,) = (f for f in found if f.code is FindingCode.PUBLICATION_TOO_WIDE)
    assert wide.params["categories"] == (build(data).data_categories[0].name,)


def test_minors_and_who_acts_for_them_are_told(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["data_subjects"][0] |= {"minors": True, "represented_by": WHO}
    register = build(data)

    notice, record = outputs(register)

    assert "under 18 years of age; represented by: the rector" in notice
    assert "the rights are used by: the rector." in notice
    assert "Who acts for them: the rector" in record
    assert check_register(register, policies) == ()


def test_an_editor_of_files_completes_the_new_keys() -> None:
    parts = register_schema()["$defs"]

    assert {"decided_by", "refusal", "published"} <= set(parts["Disclosure"]["properties"])
    minors = parts["SubjectGroup"]["properties"]["minors"]
    assert minors["title"] == "They are under 18 years of age"
    assert "not_applicable" in parts["RightOffered"]["properties"]


def test_what_leaves_the_new_keys_out_is_stored_as_before(data: Data, build: Build) -> None:
    stored = build(data).to_json()

    for key in ("not_applicable", "decided_by", "refusal", "published", "minors", "represented"):
        assert key not in stored
