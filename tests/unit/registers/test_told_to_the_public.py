"""What the notice says and how: the sentences, what an empty list states, what stays internal."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from app.registers.definitions import RegisterDefinition
from app.registers.findings import FindingCode, check_register, explain
from app.registers.notice import build_notice
from app.registers.record import build_record
from app.retention.policies import PolicySet
from app.retention.words import retention_words
from app.web.i18n import language
from tests.unit.registers.conftest import words
from tests.unit.registers.outputs import text_of

Data = dict[str, Any]
Build = Callable[[Data], RegisterDefinition]

TASK = {
    "fi": ("vastaanottajalle antamamme toimeksianto", "vastaanottajalle antama toimeksianto"),
    "sv": ("ett uppdrag som vi har gett mottagaren", "har gett mottagaren"),
    "en": ("a task that we have given to the recipient", "has given to the recipient"),
}


def notice_of(register: RegisterDefinition, code: str = "en") -> str:
    with language(code):
        return text_of(build_notice(register, {}))


def record_of(register: RegisterDefinition, code: str = "en") -> str:
    with language(code):
        return text_of(build_record(register, {}, 0))


def test_transfers_are_denied_in_finnish_as_people_say_it(data: Data, build: Build) -> None:
    register = build(data)

    assert "Emme siirrä tietoja EU:n tai ETA:n ulkopuolelle." in notice_of(register, "fi")
    assert "Tietoja ei siirretä EU:n tai ETA:n ulkopuolelle." in record_of(register, "fi")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("fi", "Kyllä, jotta sopimus voidaan tehdä ja täyttää."),
        ("sv", "Ja, för att avtalet ska kunna ingås och fullgöras."),
    ],
)
def test_data_for_a_contract_is_needed_to_make_it(
    data: Data, build: Build, code: str, said: str
) -> None:
    data["purposes"][0]["data_obligation"] = {"obligation": "contractual"}

    assert said in notice_of(build(data), code)


def test_the_start_of_a_period_is_no_event_in_words(policies: PolicySet) -> None:
    with language("fi"):
        said = [retention_words(policy) for policy in policies]

    assert any(", laskettuna tästä: " in words for words in said)
    assert not [words for words in said if "tapahtumasta:" in words]


def test_the_name_of_a_processor_is_not_inflected(
    data: Data, build: Build, policies: PolicySet
) -> None:
    name = {"fi": "Tilitoimisto Heinä Oy", "sv": "Bokföringsbyrån", "en": "Accountants"}
    data["processors"] = [{"key": "heina", "name": name}]
    found = {f.code: f for f in check_register(build(data), policies)}

    with language("fi"):
        said = explain(found[FindingCode.PROCESSOR_CONTRACT_MISSING]).title
    assert said == (
        "Rekisterissä ei kerrota sopimusta käsittelystä. Käsittelijä: Tilitoimisto Heinä Oy."
    )


@pytest.mark.parametrize("code", list(TASK))
def test_a_task_given_to_the_recipient_is_the_same_task_in_both_outputs(
    data: Data, build: Build, code: str
) -> None:
    data["disclosures"][0] |= {"basis": "assignment", "statute": None}
    register = build(data)

    told, recorded = TASK[code]
    assert told in notice_of(register, code)
    assert recorded in record_of(register, code)


def test_a_measure_of_one_person_is_told_without_the_person(data: Data, build: Build) -> None:
    data["safeguards"] = [
        {
            "key": "kaappi",
            "kind": "physical",
            "text": {"fi": "Kaappi on lukossa.", "en": "The cabinet is locked."},
            "key_holders": {"fi": "hankepäällikkö", "en": "the project manager"},
            "single_person": True,
        }
    ]
    notice = notice_of(build(data))

    assert "The cabinet is locked." in notice
    assert "the project manager" not in notice
    assert "Rests on one person" not in notice
    assert "Rests on one person" in record_of(build(data))


def test_an_empty_list_of_processors_says_that_there_are_none(data: Data, build: Build) -> None:
    none = build({**data, "processors": []})
    silent = build({**data, "processors": None})

    assert "Nobody processes your data on our behalf." in notice_of(none)
    assert "Nobody processes the data on the controller’s behalf." in record_of(none)
    assert "on our behalf" not in notice_of(silent)
    assert "on the controller’s behalf" not in record_of(silent)


def test_processors_do_not_hide_that_nothing_is_said_of_recipients(
    data: Data, build: Build
) -> None:
    unsaid = "This notice does not tell yet whether we give your data to others."
    assert unsaid not in notice_of(build(data))

    assert unsaid in notice_of(build({**data, "disclosures": None}))


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Name, address", "Health data"), "Name, address; Health data"),
        (("Name", "Health data"), "Name, Health data"),
    ],
)
def test_names_with_commas_of_their_own_are_told_apart(
    data: Data, build: Build, names: tuple[str, str], said: str
) -> None:
    for category, name in zip(data["data_categories"], names, strict=True):
        category["name"] = {"fi": name, "en": name}
    keys = [category["key"] for category in data["data_categories"]]
    data["purposes"][0]["data_categories"] = keys
    data["disclosures"][0]["data_categories"] = keys
    register = build(data)

    assert f"Data used: {said}" in notice_of(register)
    assert f"What: {said}" in notice_of(register)
    assert f"Categories of data: {said}" in record_of(register)


OWN = {
    "about": {"fi": "Kerromme kerhoista.", "en": "We tell about clubs."},
    "permission": "written",
    "channels": ["email"],
}


def test_a_register_may_say_that_there_is_no_direct_marketing(data: Data, build: Build) -> None:
    data["direct_marketing"] = {"made": False, "disclosed_outside": False}
    notice = notice_of(build(data))

    assert "No. We do no direct marketing." in notice
    assert "We do not give data to others for direct marketing." in notice
    assert "You may forbid it at any time." not in notice


def test_own_marketing_tells_the_permission_and_the_law(data: Data, build: Build) -> None:
    law = {
        "name": {"fi": "Laki", "en": "Act on Electronic Communications Services"},
        "number": "917/2014",
        "section": "200 §",
    }
    data["direct_marketing"] = {"own": OWN, "statutes": [law]}
    notice = notice_of(build(data))

    assert "We ask for your permission first, in writing." in notice
    assert "Law: Act on Electronic Communications Services 917/2014, section 200" in notice
    assert "Pyydämme siihen ensin luvan kirjallisesti." in notice_of(build(data), "fi")


def test_no_marketing_and_own_marketing_do_not_go_together(data: Data, build: Build) -> None:
    data["direct_marketing"] = {"made": False, "own": OWN}

    with pytest.raises(ValidationError, match="”own” kertoo sitä olevan"):
        build(data)


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        (
            "fi",
            (
                "Vanha 523/1999 8 § (kumottu 1.1.2019 alkaen; tilalla: "
                "yleinen tietosuoja-asetus (EU) 2016/679, säädös 1050/2018)"
            ),
            "Uusi 681/2023",
        ),
        ("sv", "Vanha (sv) 523/1999 8 § (upphävd från och med 1.1.2019; ersatt av: ", "Uusi (sv)"),
        ("en", "Vanha (en) 523/1999, section 8 (repealed as of 1 Jan 2019; replaced by: ", "Uusi"),
    ],
)
def test_a_repealed_law_is_never_told_as_if_it_were_in_force(
    data: Data, build: Build, code: str, old: str, new: str
) -> None:
    cited = {"name": words("Vanha"), "number": "523/1999", "section": "8 §"}
    data["statutes"] = [cited, {"name": words("Uusi"), "number": "681/2023"}]
    data["purposes"][0]["statutes"] = [cited]
    data["disclosures"][0]["statute"] = cited
    data["direct_marketing"] = {"made": True, "statutes": [cited]}

    said = notice_of(build(data), code)

    assert said.count(old) == said.count("523/1999") == 4
    assert said.count(new) == 1


def test_a_repealed_law_is_known_by_its_name_where_no_number_is_cited(
    data: Data, build: Build
) -> None:
    data["statutes"] = [{"name": {"fi": "Henkilötietolaki", "en": "Personal Data Act"}}]

    assert "Personal Data Act (repealed as of 1 Jan 2019" in notice_of(build(data))
