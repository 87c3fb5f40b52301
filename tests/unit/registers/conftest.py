"""A small register of which nothing is wrong, as data: tests break one thing in it at a time."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from app.registers.definitions import RegisterDefinition
from app.retention.policies import PolicySet, RetentionPolicy

Data = dict[str, Any]


def words(text: str) -> dict[str, str]:
    return {"fi": text, "sv": f"{text} (sv)", "en": f"{text} (en)"}


COMPLETE: Data = {
    "kind": "register",
    "schema_version": 1,
    "key": "kuntoutus",
    "name": words("Kuntoutusrekisteri"),
    "version": {"label": "1", "adopted_on": "2026-01-15"},
    "controllers": [
        {"key": "saatio", "name": words("Säätiö"), "contact": "kirjaamo@example.invalid"}
    ],
    "processors": [],
    "data_protection_officer": {
        "role": words("tietosuojavastaava"),
        "contact": "x@example.invalid",
    },
    "owner": {
        "role": words("palvelupäällikkö"),
        "contact": "y@example.invalid",
        "substitute": words("toimistopäällikkö"),
    },
    "purposes": [
        {
            "key": "palvelu",
            "text": words("Palvelun antaminen"),
            "legal_bases": ["6(1)(c)"],
            "article_9_condition": "9(2)(h)",
            "identity_code_ground": "statutory_task",
            "statutes": [{"name": words("Laki"), "number": "703/2023"}],
            "data_obligation": {"obligation": "statutory", "consequences": words("Ei palvelua")},
        }
    ],
    "data_subjects": [{"key": "asiakkaat", "name": words("Asiakkaat")}],
    "data_categories": [
        {
            "key": "perustiedot",
            "name": words("Perustiedot"),
            "identity_code": True,
            "master_data": True,
            "media": ["atk"],
            "retention": words("10 vuotta asian sulkemisesta"),
        },
        {
            "key": "terveys",
            "name": words("Terveystiedot"),
            "special": {"category": "health"},
            "documents": ["lausunto", "suostumus", "todistus"],
        },
    ],
    "sources": [{"key": "asiakas", "name": words("Asiakas"), "data_subject": True}],
    "disclosures": [
        {
            "key": "kunta",
            "recipient": words("Kunta"),
            "basis": "statute",
            "statute": {"name": words("Laki"), "number": "703/2023"},
            "printed_in": ["4", "7"],
        }
    ],
    "transfers": {"made": False},
    "safeguards": [{"key": "kaappi", "kind": "physical", "text": words("Lukittu kaappi")}],
    "storage_places": [
        {"medium": "man", "place": words("Arkisto")},
        {"medium": "atk", "place": words("Palvelin")},
    ],
    "automated_decisions": {"made": False},
    "impact_assessment": {"needed": True, "made_on": "2026-01-10"},
    "services": [
        {"key": "ryhma", "number": "1", "section": "8.1", "name": words("Ryhmä")},
        {"key": "yksilo", "number": "2", "section": "8.2", "name": words("Yksilö")},
    ],
    "document_types": [
        {
            "key": "lausunto",
            "name": words("Lääkärin lausunto"),
            "printed": ["lääkärin lausunto"],
            "sensitivity": "special",
        },
        {
            "key": "suostumus",
            "name": words("Suostumukset"),
            "role": "consent",
            "sensitivity": "special",
        },
        {"key": "todistus", "name": words("Poissaolotodistus"), "sensitivity": "special"},
    ],
    "storage_rules": [
        {
            "service": "ryhma",
            "document_type": "lausunto",
            "media": ["man", "atk"],
            "retention_rule": "lausunnot",
        },
        {
            "service": "ryhma",
            "document_type": "suostumus",
            "media": ["man"],
            "retention_rule": "lausunnot",
        },
        {
            "service": "yksilo",
            "document_type": "lausunto",
            "media": ["atk", "man"],
            "retention_rule": "lausunnot",
        },
        {
            "service": "yksilo",
            "document_type": "suostumus",
            "media": ["man"],
            "retention_rule": "lausunnot",
        },
        {
            "service": "yksilo",
            "document_type": "todistus",
            "presentation_only": {"shown": "duration", "hidden": "diagnosis", "holder": "kunta"},
        },
    ],
    "rights": [
        {"right": right}
        for right in (
            "access",
            "rectification",
            "erasure",
            "restriction",
            "objection",
            "portability",
            "complaint",
        )
    ],
}

RULE: Data = {
    "key": "lausunnot",
    "name": words("Lausunnot"),
    "retention_period": "P10Y",
    "retention_trigger": "matter_closed",
    "disposal_action": "destroy",
    "mandate": {"citation": words("Laki 703/2023"), "certainty": "verified"},
}


@pytest.fixture
def data() -> Data:
    """A fresh copy that a test may break."""
    return copy.deepcopy(COMPLETE)


@pytest.fixture
def rule() -> Data:
    """A fresh copy of the register's one retention rule."""
    return copy.deepcopy(RULE)


@pytest.fixture
def register(data: Data) -> RegisterDefinition:
    return RegisterDefinition.from_json(json.dumps(data))


@pytest.fixture
def policies() -> PolicySet:
    return PolicySet.of([RetentionPolicy.from_json(json.dumps(RULE))])


Build = Callable[[Data], RegisterDefinition]


@pytest.fixture
def build() -> Build:
    return lambda data: RegisterDefinition.from_json(json.dumps(data))
