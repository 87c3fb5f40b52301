"""What no browser sends to the pages of a draft: an answer with words, and never half a draft."""

import json

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.accounts.permissions import Actor
from app.registers import queries, services
from app.registers.definitions import RegisterDefinition
from app.registers.editor.places import FORMS, LISTS, NEW
from app.retention.services import load_rules
from tests.pages.conftest import Browse, Reader

ODD = [
    "",
    " ",
    "\x00",
    "_new",
    "[]",
    "-1",
    "9" * 30,
    "31.12.99999",
    "2026-02-30",
    "x" * 5000,
    "<b>",
    "\ud7ff\ufffe",
    "٣",
    "yes",
]


@pytest.fixture
def edit(
    app: Flask, owner: Actor, published_register: tuple[int, RegisterDefinition]
) -> tuple[int, str]:
    """A draft: its id and the address of its pages."""
    load_rules()
    draft = services.open_draft(owner, published_register[0])
    return draft.id, f"/registers/{draft.register_id}/versions/{draft.number}/edit"


def filled(page: BeautifulSoup, odd: str) -> dict[str, object]:
    """The form with an odd value in each field; what is hidden stays as the page gave it."""
    form = page.select_one("form[data-guard]")
    assert form is not None
    return {
        str(control["name"]): control["value"] if control.get("type") == "hidden" else odd
        for control in form.select("input, select, textarea")
        if control["name"] != "csrf_token"
    }


def answered(reader: Reader, address: str, data: dict[str, object]) -> int:
    answer = reader.send(address, data)
    assert answer.status_code in {200, 303, 404, 409, 422}, (address, data)
    if answer.status_code == 422:
        assert 'class="govuk-error-summary"' in answer.text, (address, data)
    return answer.status_code


@pytest.mark.parametrize("place", [*FORMS, *(f"{part}/{NEW}" for part in LISTS)])
def test_odd_values_in_every_field_get_an_answer(
    edit: tuple[int, str], owner: Actor, browse: Browse, place: str
) -> None:
    version_id, address = edit
    reader = browse(owner)

    page = reader.get(f"{address}/{place}")
    for odd in ODD:
        if answered(reader, f"{address}/{place}", filled(page, odd)) == 303:
            page = reader.get(f"{address}/{place}")
        stored = queries.version(version_id)
        definition = RegisterDefinition.from_json(stored.content)
        assert definition.content_hash == stored.content_hash


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"more": "statutes"},
        {"more": "x" * 2000},
        {f"statutes-{10**25}-name-fi": "x"},
        {"statutes--1-name-fi": "x"},
        {"statutes-0": "x"},
        {"statutes-0-name": "x"},
        {"statutes-٣-name-fi": "x"},
        {"statutes-²-name-fi": "x"},
        {"text-fi": ["a", "b"], "legal_bases": ["6(1)(a)"] * 50},
        {"legal_bases": "7(1)(a)", "text-fi": "x"},
        {"text-fi": "x", "standing": "0 " * 5000},
        {"text-fi": "x", "seen": "\x00", "content_hash": "\x00"},
        {f"field-{number}": "x" for number in range(900)},
    ],
    ids=lambda data: next(iter(data), "nothing")[:24],
)
def test_odd_fields_get_an_answer(
    edit: tuple[int, str], owner: Actor, browse: Browse, data: dict[str, object]
) -> None:
    version_id, address = edit
    reader = browse(owner)
    purpose = f"{address}/purposes/{NEW}"

    for place in (purpose, f"{address}/direct_marketing", f"{address}/services/ray"):
        answered(reader, place, data)
        answered(reader, f"{place}/move", data) if "/" in place[len(address) + 1 :] else None
    json.loads(queries.version(version_id).content)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"types": "ei-ole", "seen": ""},
        {"types": ["ei-ole", "<b>", "\x00", "sopimukset"], "seen": ["", "x", "\x00", "y"]},
        {"types": ["sopimukset", "sopimukset"], "seen": ["", ""]},
        {"types": "sopimukset", "seen": "0" * 32, "sopimukset-media": "paper"},
        {"types": ["x" * 3000] * 100, "seen": ["y"] * 100},
    ],
    ids=["nothing", "unknown", "several", "twice", "word", "many"],
)
def test_an_odd_matrix_gets_an_answer(
    edit: tuple[int, str], owner: Actor, browse: Browse, data: dict[str, object]
) -> None:
    version_id, address = edit
    reader = browse(owner)
    before = queries.version(version_id).content

    for service in ("ray", "ei-ole", "%00", "x" * 300):
        answered(reader, f"{address.removesuffix('edit')}matrix/{service}", data)

    after = queries.version(version_id).content
    assert RegisterDefinition.from_json(after) == RegisterDefinition.from_json(before)


def test_what_does_not_fit_together_is_told_by_the_names_of_the_fields(
    edit: tuple[int, str], owner: Actor, browse: Browse
) -> None:
    _version_id, address = edit
    reader = browse(owner, "en")
    told = {
        f"rights/{NEW}": (
            {"right": "complaint", "not_applicable-fi": "Ei"},
            "Leave “Why the right does not apply here” out",
        ),
        f"services/{NEW}": (
            {"name-fi": "Ryhmä", "consent_required": "yes"},
            "Give “What the client consents to”, or leave “A separate consent is required” out.",
        ),
        f"storage_rules/{NEW}": (
            {"service": "gone", "document_type": "gone", "media": "atk"},
            "Type of service: “gone” is not among “Types of services”. Choose one of the choices",
        ),
        "people": (
            {"owner-contact": "a@example.invalid"},
            "Person responsible for the register – Role: This is needed here.",
        ),
        "direct_marketing": (
            {"direct_marketing-made": "no", "direct_marketing-own-permission": "maybe"},
            "Marketing of the own activity – Form of the permission: “maybe” is not one of",
        ),
    }
    for place, (typed, message) in told.items():
        page = reader.get(f"{address}/{place}")
        answer = reader.send(f"{address}/{place}", {**filled(page, ""), **typed})
        assert answer.status_code == 422, place
        assert message in " ".join(BeautifulSoup(answer.text, "html.parser").text.split()), place
