"""What changed between two versions: for clients, for staff, for the record, and nothing untold."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from app.registers.definitions import RegisterDefinition
from app.registers.definitions.consistency import faults
from app.registers.differences import (
    Audience,
    Change,
    ChangeKind,
    difference,
    explain_change,
    for_audience,
    tells_clients,
)
from app.retention.policies import PolicySet, RetentionPolicy
from app.web.i18n import language

Data = dict[str, Any]
Edit = Callable[[Data], object]


def changes(data: Data, policies: PolicySet, edit: Edit) -> tuple[Change, ...]:
    after = copy.deepcopy(data)
    edit(after)
    old, new = (RegisterDefinition.from_json(json.dumps(each)) for each in (data, after))
    return difference(old, new, policies, policies)


def said(found: tuple[Change, ...]) -> list[str]:
    with language("en"):
        return [explain_change(change) for change in found]


def test_a_version_does_not_differ_from_itself(data: Data, policies: PolicySet) -> None:
    assert changes(data, policies, lambda _after: None) == ()


def test_a_new_recipient_is_told_to_clients(data: Data, policies: PolicySet) -> None:
    police = {"key": "poliisi", "recipient": {"fi": "Poliisi", "en": "Police"}}

    found = changes(data, policies, lambda after: after["disclosures"].append(police))

    assert tells_clients(found)
    with language("en"):
        assert "Police" in "\n".join(
            said(changes(data, policies, lambda after: after["disclosures"].append(police)))
        )


def test_a_changed_basis_says_what_it_was_and_what_it_is(data: Data, policies: PolicySet) -> None:
    with language("en"):
        found = changes(
            data, policies, lambda after: after["purposes"][0].update(legal_bases=["6(1)(e)"])
        )

    assert found[0].audience is Audience.CLIENTS
    assert "legal obligation → task in the public interest" in said(found)[0]


def test_a_translation_alone_is_for_the_record(data: Data, policies: PolicySet) -> None:
    found = changes(data, policies, lambda after: after["name"].update(en="Another name"))

    assert [change.kind for change in found] == [ChangeKind.TRANSLATED]
    assert not tells_clients(found)


def test_a_new_document_type_in_a_service_is_told_to_staff(data: Data, policies: PolicySet) -> None:
    def edit(after: Data) -> None:
        rule = copy.deepcopy(after["storage_rules"][0])
        after["document_types"].append({"key": "uusi", "name": {"fi": "Uusi", "en": "New one"}})
        after["storage_rules"].append(rule | {"document_type": "uusi"})

    with language("en"):
        found = changes(data, policies, edit)

    staff = for_audience(found, Audience.STAFF)
    assert {change.kind for change in staff} == {ChangeKind.ADDED, ChangeKind.ALLOWED}
    assert any("New one" in sentence for sentence in said(staff))
    assert not tells_clients(found)


def test_other_media_are_told_to_staff(data: Data, policies: PolicySet) -> None:
    def edit(after: Data) -> None:
        rule = next(each for each in after["storage_rules"] if "media" in each)
        rule["media"] = ["atk"] if rule["media"] != ["atk"] else ["man"]

    (change,) = changes(data, policies, edit)

    assert (change.kind, change.audience) == (ChangeKind.STORED_OTHERWISE, Audience.STAFF)


def test_a_merge_is_told_to_staff(data: Data, policies: PolicySet) -> None:
    data["document_types"].append({"key": "vanha", "name": {"fi": "Vanha"}})

    (change,) = changes(
        data, policies, lambda after: after["document_types"][-1].update(merged_into="lausunto")
    )

    assert (change.kind, change.audience) == (ChangeKind.MERGED, Audience.STAFF)


def test_stating_nothing_is_not_the_same_as_not_stating(data: Data, policies: PolicySet) -> None:
    (change,) = changes(data, policies, lambda after: after.pop("processors"))

    assert (change.kind, change.part) == (ChangeKind.CHANGED, "processors")


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("P10Y", "P12Y", ChangeKind.KEPT_LONGER),
        ("P10Y", "P6M", ChangeKind.KEPT_SHORTER),
        ("P2W", "PT48H", ChangeKind.KEPT_SHORTER),
    ],
)
def test_a_rule_that_keeps_for_another_time_is_one_change_for_all_its_pairs(
    register: RegisterDefinition, policies: PolicySet, before: str, after: str, kind: ChangeKind
) -> None:
    def ruled(period: str) -> PolicySet:
        rules = [json.loads(policy.to_json()) for policy in policies]
        return PolicySet.of(
            RetentionPolicy.from_json(json.dumps(rule | {"retention_period": period}))
            for rule in rules
        )

    (change,) = difference(register, register, ruled(before), ruled(after))

    assert (change.kind, change.audience) == (kind, Audience.CLIENTS)


def _texts(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key, each in value.items() for leaf in _texts(each, (*path, key))]
    if isinstance(value, list):
        return [leaf for n, each in enumerate(value) for leaf in _texts(each, (*path, n))]
    return [path] if isinstance(value, str) else []


def test_no_changed_text_goes_untold(data: Data, policies: PolicySet) -> None:
    """Each text of the register in turn is changed; each change is told to somebody, in words."""
    told = 0
    for path in _texts(data):
        after = copy.deepcopy(data)
        place = after
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = f"{place[path[-1]]}x"
        try:
            new = RegisterDefinition.from_json(json.dumps(after))
        except ValueError:
            continue  # A word of a vocabulary, or a form that an x breaks.
        old = RegisterDefinition.from_json(json.dumps(data))
        if new.key != old.key or faults(new, {}):
            continue
        for code in ("fi", "sv", "en"):
            with language(code):
                found = difference(old, new, policies, policies)
                assert found, path
                assert all(explain_change(change) for change in found)
        told += 1
    assert told > 60


def test_members_in_another_order_are_told_for_the_record(data: Data, policies: PolicySet) -> None:
    found = changes(data, policies, lambda after: after["document_types"].reverse())

    assert [(change.kind, change.audience) for change in found] == [
        (ChangeKind.REORDERED, Audience.RECORD)
    ]


def test_what_a_key_refers_to_is_told_by_its_name(data: Data, policies: PolicySet) -> None:
    key, name = data["data_categories"][0]["key"], data["data_categories"][0]["name"]["en"]

    def link(after: Data) -> None:
        after["purposes"][0]["data_categories"] = [key]

    with language("en"):
        (line,) = said(changes(data, policies, link))

    assert f"→ {name}" in line
    assert data["purposes"][0]["text"]["en"] in line
    assert key not in line.replace(name, "")


def test_a_purpose_is_called_by_its_text_alone(data: Data, policies: PolicySet) -> None:
    newsletter = {
        "key": "newsletter",
        "text": {"en": "News by mail", "fi": "Uutiset postissa"},
        "legal_bases": ["6(1)(a)"],
        "data_obligation": {"obligation": "voluntary"},
    }

    with language("en"):
        found = changes(data, policies, lambda after: after["purposes"].append(newsletter))

    assert said(found) == ["New: purpose “News by mail”"]


def test_names_that_have_commas_are_told_apart(data: Data, policies: PolicySet) -> None:
    contract = {"key": "contract", "name": {"en": "Place, day and price", "fi": "Paikka ja hinta"}}
    old = copy.deepcopy(data)
    old["data_categories"].append(contract)
    keys = ["contract", data["data_categories"][0]["key"]]

    def link(after: Data) -> None:
        after["purposes"][0]["data_categories"] = keys

    with language("en"):
        (line,) = said(changes(old, policies, link))

    assert f"Place, day and price; {data['data_categories'][0]['name']['en']}" in line


def test_a_name_in_a_further_language_is_a_translation(data: Data, policies: PolicySet) -> None:
    old = copy.deepcopy(data)
    old.update(languages=["sv", "fi"], name={"sv": "Medlemmar"})

    (change,) = changes(old, policies, lambda after: after["name"].update(fi="Jäsenet"))

    assert (change.kind, change.audience) == (ChangeKind.TRANSLATED, Audience.RECORD)


def test_a_right_that_does_not_apply_is_not_told_as_a_new_right(
    data: Data, policies: PolicySet
) -> None:
    denied = {"right": "portability", "not_applicable": {"fi": "Laki", "en": "The law says so"}}
    old = data | {"rights": []}

    with language("en"):
        found = changes(old, policies, lambda after: after.update(rights=[denied]))

    line = "New: right “right to data portability: does not apply: The law says so”"
    assert said(found) == [line]


def test_what_has_no_name_of_its_own_is_called_by_its_part(data: Data, policies: PolicySet) -> None:
    found = changes(
        data, policies, lambda after: after.update(direct_marketing={"disclosed_outside": False})
    )

    assert said(found) == ["New: direct marketing"]


def test_the_languages_of_its_notices_are_for_the_record(data: Data, policies: PolicySet) -> None:
    found = changes(data, policies, lambda after: after.update(languages=["fi", "en"]))

    assert {change.audience for change in found} == {Audience.RECORD}
