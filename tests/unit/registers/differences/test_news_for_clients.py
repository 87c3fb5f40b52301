"""The change list of a notice: what changed for the people it tells of, in the notice's words."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from app.registers.definitions import RegisterDefinition
from app.registers.definitions.names import field_word, part_word
from app.registers.differences import Audience
from app.registers.differences.parts import part_audience
from app.registers.notice import Told, changes_between
from app.registers.notice.news import _ORDER
from app.registers.notice.news_words import MEMBERS, WHOLE
from app.retention.policies import PolicySet, RetentionPolicy
from app.web.i18n import language

Data = dict[str, Any]
Edit = Callable[[Data], object]


def told(data: Data, policies: PolicySet, edit: Edit, *, code: str = "en") -> list[str]:
    """The lines of the change list that an edit of the register makes; none without a list."""
    after = copy.deepcopy(data)
    edit(after)
    old, new = (RegisterDefinition.from_json(json.dumps(each)) for each in (data, after))
    with language(code):
        found = changes_between(Told({old.key: old}, policies), Told({new.key: new}, policies))
    return list(found.lines) if found is not None else []


def words(text: str) -> dict[str, str]:
    return {"fi": text, "sv": f"{text} (sv)", "en": f"{text} (en)"}


@pytest.mark.parametrize(
    ("part", "member", "line"),
    [
        ("disclosures", {"recipient": words("Poliisi")}, "We give data to a new recipient: "),
        ("processors", {"name": words("Poliisi")}, "A new helper processes your data for us: "),
        ("purposes", {"text": words("Poliisi")}, "We use data for a new purpose: "),
        ("sources", {"name": words("Poliisi")}, "We get data from a new source: "),
        (
            "data_categories",
            {"name": words("Poliisi"), "master_data": True, "media": ["atk"]},
            "We now also have this data about you: ",
        ),
        ("data_subjects", {"name": words("Poliisi")}, "We now also have data about these people: "),
    ],
)
def test_what_is_new_and_what_is_gone_is_said_to_the_person(
    data: Data, policies: PolicySet, part: str, member: Data, line: str
) -> None:
    with_it = copy.deepcopy(data)
    with_it[part].append({"key": "uusi", **member})

    new = told(data, policies, lambda after: after.update(with_it))
    assert f"{line}Poliisi (en)" in [each.split("\n")[0] for each in new]
    gone = told(with_it, policies, lambda after: after.update(data, **{part: data[part]}))
    assert any("any more: Poliisi (en)" in each for each in gone)


def test_what_is_new_is_told_with_what_the_notice_says_of_it(
    data: Data, policies: PolicySet
) -> None:
    police = {"key": "poliisi", "recipient": words("Poliisi"), "what": words("Nimi")}
    health = {"key": "x", "name": words("Mitat"), "special": {"category": "health"}}

    def edit(after: Data) -> None:
        after["contact"] = {"role": words("neuvoja")}
        after["data_categories"].append(health | {"documents": ["lausunto"]})
        after["disclosures"].append(police)

    assert told(data, policies, edit) == [
        "We give data to a new recipient: Poliisi (en)\nWhat: Nimi (en)",
        (
            "We now also have this data about you: Mitat (en) — special category of personal data: "
            "health; in the documents: Lääkärin lausunto (en)"
        ),
        "Who you can contact has changed.\nNow: neuvoja (en)",
    ]


def test_another_basis_is_told_with_what_it_was_and_what_it_is(
    data: Data, policies: PolicySet
) -> None:
    change, *rights = told(
        data, policies, lambda after: after["purposes"][0].update(legal_bases=["6(1)(a)"])
    )

    assert change.split("\n") == [
        "What we tell of this use of data has changed: Palvelun antaminen (en)",
        "Before: Legal basis: a duty that the law lays on us (GDPR Article 6(1)(c))",
        "Now: Legal basis: your consent (GDPR Article 6(1)(a))",
    ]
    assert "You now also have this right: Right to erasure (GDPR Article 17)" in rights
    assert "You now also have this right: Right to data portability (GDPR Article 20)" in rights


def test_a_longer_period_is_told_once_for_a_type_that_all_services_keep_alike(
    register: RegisterDefinition, policies: PolicySet, rule: Data
) -> None:
    longer = PolicySet.of(
        [RetentionPolicy.from_json(json.dumps(rule | {"retention_period": "P12Y"}))]
    )
    sides = (Told({register.key: register}, each) for each in (policies, longer))

    with language("en"):
        found = changes_between(*sides)

    assert found is not None
    (line,) = found.lines
    assert line.split("\n") == [
        "We keep this longer than before: Lääkärin lausunto (en), Suostumukset (en)",
        "Before: 10 years, counted from: closing of the matter",
        "Now: 12 years, counted from: closing of the matter",
    ]


def test_a_period_that_differs_between_services_names_them(
    data: Data, policies: PolicySet, rule: Data
) -> None:
    both = PolicySet.of(
        [
            *policies,
            RetentionPolicy.from_json(json.dumps(rule | {"key": "x", "retention_period": "P2Y"})),
        ]
    )

    (line,) = told(data, both, lambda after: after["storage_rules"][0].update(retention_rule="x"))

    assert line.startswith(
        "We keep this for a shorter time than before: Lääkärin lausunto (en) (Ryhmä (en))\n"
    )


def test_a_service_that_asks_for_consent_now_says_so(data: Data, policies: PolicySet) -> None:
    asks = {"consent_required": True, "consent_text": words("Suostun")}

    change, *rights = told(data, policies, lambda after: after["services"][0].update(asks))

    assert change.split("\n") == [
        (
            "Before we record anything about you in this service, we now ask for your separate "
            "consent: Ryhmä (en)"
        ),
        "Now: Suostun (en)",
    ]
    assert rights


def test_services_of_a_disclosure_are_told(data: Data, policies: PolicySet) -> None:
    (line,) = told(data, policies, lambda after: after["disclosures"][0].update(services=["ryhma"]))

    assert line.split("\n")[1:] == ["Now: In these services: Ryhmä (en)"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda after: after["controllers"][0]["name"].update(sv="Nytt namn"),
        lambda after: after["services"][0].update(notes=words("Ohje")),
        lambda after: after.update(staff_instructions=words("Kirjaa heti")),
        lambda after: after["rights"].pop(0),
        lambda after: (
            after["processors"].append({"key": "x", "name": words("x"), "contract": words("y")})
            or after["processors"].clear()
        ),
        lambda after: after["disclosures"][0].update(printed_in=["9"]),
        lambda after: after["storage_places"][0]["place"].update(fi="Toinen huone"),
    ],
)
def test_what_concerns_only_staff_or_the_record_is_not_told(
    data: Data, policies: PolicySet, edit: Edit
) -> None:
    assert told(data, policies, edit) == []


def test_an_edition_tells_something_new_in_all_its_languages_or_in_none(
    data: Data, policies: PolicySet
) -> None:
    """A text changed in Finnish alone is a change, although the other languages read as before."""

    def edit(after: Data) -> None:
        after["disclosures"][0]["recipient"]["fi"] = "Hyvinvointialue"

    assert told(data, policies, edit, code="en") == [
        "What we tell of this recipient has changed: Kunta (en)"
    ]
    assert told(data, policies, edit, code="fi") == [
        (
            "Tätä vastaanottajaa koskeva kohta on muuttunut: Hyvinvointialue\n"
            "Ennen: Kunta\nNyt: Hyvinvointialue"
        )
    ]


def test_each_part_that_clients_hear_of_has_its_sentences() -> None:
    parts = {
        part
        for part in RegisterDefinition.model_fields
        if part_audience(part) is Audience.CLIENTS and part != "storage_rules"
    }

    # What cannot change in a register, and what a processor, who has no notice, would tell.
    never = {"kind", "schema_version", "key", "capacity"}
    assert parts - never - {"rights"} == set(MEMBERS) | set(WHOLE)
    assert parts - never | {"capacity", "services", "storage_rules"} == set(_ORDER)


def test_no_name_of_a_field_of_the_record_is_in_the_list(data: Data, policies: PolicySet) -> None:
    """The list speaks the notice's words; “ground for the identity code” is the record's."""
    with language("en"):
        record_words = [field_word("identity_code_ground"), part_word("disclosures")]

    lines = told(
        data, policies, lambda after: after["purposes"][0].update(identity_code_ground="consent")
    )

    assert lines
    assert not any(word in "\n".join(lines) for word in record_words)
    assert "Now: Identity code: your consent" in lines[0]
