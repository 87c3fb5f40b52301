"""A register that another one's notice tells of: it need not repeat what holds for both."""

import json
from typing import Any

from app.registers.definitions import RegisterDefinition
from app.registers.definitions.sharing import SHARED, with_shared
from app.registers.definitions.vocabulary import Right
from app.registers.findings import FindingCode, check_register
from app.registers.notice import build_notice
from app.retention.policies import PolicySet
from app.web.i18n import language
from tests.unit.registers.conftest import COMPLETE, words
from tests.unit.registers.outputs import text_of

Data = dict[str, Any]

SITE: Data = {
    "kind": "register",
    "schema_version": 1,
    "key": "verkkosivut",
    "name": words("Verkkosivut"),
    "purposes": [
        {
            "key": "sivut",
            "text": words("Sivujen ylläpito"),
            "legal_bases": ["6(1)(f)"],
            "legitimate_interest": words("toimivat sivut"),
            "data_obligation": {"obligation": "voluntary"},
        }
    ],
    "data_subjects": [{"key": "kavijat", "name": words("Kävijät")}],
    "data_categories": [
        {"key": "loki", "name": words("Käyntiloki"), "retention": words("30 päivää")}
    ],
    "sources": [{"key": "selain", "name": words("Selain"), "data_subject": True}],
    "disclosures": [],
    "processors": [],
}


def made(content: Data) -> RegisterDefinition:
    return RegisterDefinition.from_json(json.dumps(content))


def test_what_the_covering_register_states_is_not_asked_again(policies: PolicySet) -> None:
    covering = made(COMPLETE | {"notice": {"covers": ["verkkosivut"]}})

    alone = {finding.where[0] for finding in check_register(made(SITE), policies)}

    assert alone == set(SHARED) - {"joint_arrangement", "contact"}
    assert check_register(made(SITE), policies, covering=covering) == ()


def test_what_is_found_in_the_covering_register_is_not_repeated(policies: PolicySet) -> None:
    covering = made({**COMPLETE, "rights": None})

    (found,) = check_register(made(SITE), policies, covering=covering)

    (known, _complaint) = check_register(covering, policies)
    assert known.params["rights"] == (Right.ACCESS, Right.RECTIFICATION, Right.RESTRICTION)
    # The site rests on interests: its visitors have rights that clients by law have not.
    assert found.code is FindingCode.RIGHTS_MISSING
    assert found.params["rights"] == (Right.ERASURE, Right.OBJECTION)


def test_what_only_the_covered_register_lacks_is_found(policies: PolicySet) -> None:
    site = json.loads(json.dumps(SITE))
    site["purposes"][0]["legal_bases"] = ["6(1)(a)"]
    site["name"] = {"fi": "Verkkosivut"}

    found = check_register(made(site), policies, covering=made(COMPLETE))

    assert {finding.code for finding in found} == {
        FindingCode.CONSENT_WITHDRAWAL_MISSING,
        FindingCode.LEGITIMATE_INTEREST_UNUSED,
        FindingCode.TRANSLATION_MISSING,
    }
    assert [f.params["count"] for f in found if f.where == ()] == [1, 1]


def test_what_the_covered_register_says_itself_stays() -> None:
    own = made(SITE | {"rights": [], "transfers": {"made": False}, "owner": {"role": words("muu")}})

    whole = with_shared(own, made(COMPLETE))

    assert (whole.rights, whole.owner) == ((), own.owner)
    assert whole.controllers == made(COMPLETE).controllers
    assert whole.purposes == own.purposes
    assert with_shared(own, None) is own


def test_the_notice_of_both_tells_what_they_share_once_and_misses_nothing() -> None:
    with language("en"):
        notice = build_notice(made(COMPLETE), {}, [made(SITE)])

    told = text_of(notice)
    assert told.count("Who is responsible for your data?") == 1
    assert not [section.law for section in notice.sections if section.is_missing]


def test_a_denial_is_taken_over_with_a_warning(policies: PolicySet) -> None:
    """What a law denies in an archive, even by name, it does not deny to people in a camera."""
    reason = words("Arkistoaineistoa ei muuteta (tietosuojalaki 1050/2018, 32 §)")
    names = ("rectification", "objection")
    denied = [{"right": name, "not_applicable": reason} for name in names]
    rights = [each for each in COMPLETE["rights"] if each["right"] not in names]
    covering = made(COMPLETE | {"rights": [*rights, *denied]})

    (found,) = check_register(made(SITE), policies, covering=covering)
    own = check_register(made(SITE | {"rights": COMPLETE["rights"]}), policies, covering=covering)

    assert check_register(covering, policies) == ()
    assert found.code is FindingCode.RIGHT_DENIED_BY_ANOTHER
    assert found.params["rights"] == (Right.RECTIFICATION, Right.OBJECTION)
    assert own == ()
