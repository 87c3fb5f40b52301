"""Arts. 30(1) and 30(2): what a processor's record needs, and what it does not."""

import json
from datetime import date

import pytest

from app.registers.definitions import RegisterDefinition
from app.registers.findings import FindingCode, check_register
from app.registers.findings.authorities import FORMER_BODIES, outdated_bodies_in
from app.registers.findings.repealed import REPEALED_ACTS
from app.registers.findings.texts import TEXTS
from app.retention.policies import PolicySet
from tests.unit.registers.conftest import Build, Data, words

Code = FindingCode


@pytest.fixture
def processor(data: Data) -> Data:
    """A complete record of what an organisation does for others."""
    data["capacity"] = "processor"
    data["processors"] = [{"key": "me", "name": words("Me"), "contact": "x@example.invalid"}]
    data["processing_for_others"] = [words("Asiakaskansioiden säilytys")]
    return data


def found(data: Data, build: Build, policies: PolicySet) -> set[FindingCode]:
    return {finding.code for finding in check_register(build(data), policies)}


def test_a_processor_has_no_contract_with_itself(
    processor: Data, build: Build, policies: PolicySet
) -> None:
    assert found(processor, build, policies) == set()

    processor["processors"].append({"key": "alihankkija", "name": words("Alihankkija")})
    assert found(processor, build, policies) == {
        Code.PROCESSOR_CONTRACT_MISSING,
        Code.PROCESSOR_TASK_MISSING,
    }


def test_a_processor_owes_no_notice_of_its_own(
    processor: Data, build: Build, policies: PolicySet
) -> None:
    for key in ("purposes", "rights", "sources", "disclosures", "automated_decisions"):
        processor.pop(key)
    processor["storage_rules"].pop()

    assert (
        found(processor, build, policies)
        & {
            Code.PURPOSE_MISSING,
            Code.RIGHTS_MISSING,
            Code.SOURCES_MISSING,
            Code.AUTOMATED_DECISIONS_MISSING,
        }
        == set()
    )


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("transfers", Code.TRANSFERS_MISSING),
        ("safeguards", Code.SAFEGUARDS_MISSING),
        ("data_protection_officer", Code.DPO_MISSING),
        ("controllers", Code.CONTROLLER_MISSING),
    ],
)
def test_a_processor_states_what_its_record_needs(
    processor: Data, build: Build, policies: PolicySet, key: str, code: FindingCode
) -> None:
    processor.pop(key)

    assert code in found(processor, build, policies)
    assert "30(2)(" in TEXTS[code].law


def test_every_letter_of_the_articles_is_cited_by_a_check() -> None:
    cited = " ".join(text.law for text in TEXTS.values())
    letters = {
        "13(1)": "abcdef",
        "13(2)": "abcdef",
        "14(1)": "abcdef",
        "14(2)": "abcdefg",
        "30(1)": "abcdefg",
        "30(2)": "abcd",
    }

    missing = [
        f"{article}({letter})"
        for article, of_article in letters.items()
        for letter in of_article
        if f"{article}({letter})" not in cited
    ]
    assert missing == []


def test_special_data_needs_a_condition_at_a_purpose_that_concerns_it(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["purposes"][0]["data_categories"] = ["perustiedot"]

    assert found(data, build, policies) == {Code.SPECIAL_DATA_WITHOUT_PURPOSE}


def test_a_rule_named_by_a_category_is_its_retention(
    data: Data, build: Build, policies: PolicySet
) -> None:
    del data["data_categories"][0]["retention"]
    data["data_categories"][0]["retention_rule"] = "lausunnot"
    assert found(data, build, policies) == set()

    data["data_categories"][0]["retention_rule"] = "poistettu"
    assert found(data, build, policies) == {Code.RETENTION_RULE_UNKNOWN}


def test_an_adequacy_decision_is_a_safeguard(data: Data, build: Build, policies: PolicySet) -> None:
    item = {"country": words("Sveitsi"), "recipient": words("Pankki"), "mechanism": "45(3)"}
    data["transfers"] = {"made": True, "items": [item]}

    assert found(data, build, policies) == set()


def test_a_merged_type_takes_part_in_no_check_of_names(
    data: Data, build: Build, policies: PolicySet
) -> None:
    data["document_types"].append(
        {"key": "lausunnot", "name": words("Lääkärin lausunnot"), "merged_into": "lausunto"}
    )

    assert found(data, build, policies) == set()


@pytest.mark.parametrize("text", ["rayon", "harmaistraatti", "TE-palvelut", "ELY", "Kela"])
def test_other_words_are_not_taken_for_former_bodies(text: str) -> None:
    assert list(outdated_bodies_in(text, None)) == []


@pytest.mark.parametrize(
    ("as_of", "ended"), [(date(2024, 12, 31), False), (date(2025, 1, 1), True), (None, True)]
)
def test_a_body_is_outdated_from_the_day_of_its_end(as_of: date | None, *, ended: bool) -> None:
    assert bool(list(outdated_bodies_in("Lähetetään TE-toimistoon.", as_of))) is ended


def test_former_bodies_and_acts_name_what_came_after() -> None:
    assert all(body.successor and body.pattern.search(body.name) for body in FORMER_BODIES)
    assert all(act.successor and act.number == key for key, act in REPEALED_ACTS.items())


def test_a_large_register_is_checked_in_a_moment(register: RegisterDefinition) -> None:
    content = json.loads(register.to_json())
    content["document_types"] += [
        {"key": f"asiakirja-{n}", "name": {"fi": f"Asiakirja {n * 7919}, laji {n}"}}
        for n in range(300)
    ]

    # Tens of thousands of pairs of names; the cheap bounds come first.
    assert check_register(RegisterDefinition.from_json(json.dumps(content)), PolicySet.of([]))
