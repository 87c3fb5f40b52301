"""The manifest as fideslang itself reads it: accepted, every key known, nothing dropped unseen."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.registers.exports.fides import fides_file
from app.registers.exports.fides.terms import fides_key
from app.registers.exports.losses import ExportFormat, losses
from app.registers.exports.source import ExportSource

READER = Path(__file__).with_name("read_with_fideslang.py")
# Where `make test` installs it, beside the pydantic that it asks for.
FIDESLANG = Path(sys.prefix) / "fideslang"


@pytest.fixture(autouse=True)
def fideslang_is_installed() -> None:
    assert FIDESLANG.is_dir(), "run `make test` once: it installs requirements-fides.txt"


def read(source: ExportSource, folder: Path) -> dict[str, Any]:
    """The manifest after fideslang has parsed it; fails with what it says against it."""
    path = folder / "manifest.yml"
    path.write_bytes(fides_file(source))
    answer = subprocess.run(
        [sys.executable, str(READER), str(path)],
        env={**os.environ, "PYTHONPATH": str(FIDESLANG)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    parsed: dict[str, Any] = json.loads(answer.stdout)
    return parsed


@pytest.mark.parametrize(
    "name", ["bundled", "documented", "examples", "full", "for_others", "silent"]
)
def test_fideslang_reads_it_and_knows_every_key(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    source: ExportSource = request.getfixturevalue(name)

    parsed = read(source, tmp_path)

    keys = {register.definition.key for register in source.registers}
    assert keys <= {system["fides_key"] for system in parsed["system"]}


def test_declarations_carry_the_exact_legal_bases(full: ExportSource, tmp_path: Path) -> None:
    systems = {system["fides_key"]: system for system in read(full, tmp_path)["system"]}
    register, processor = systems["taysi-rekisteri"], systems["taysi-rekisteri_palvelin"]
    declared = {d["name"]: d for d in register["privacy_declarations"]}

    assert {name: d["legal_basis_for_processing"] for name, d in declared.items()} == {
        "neuvonta, Guidance, GDPR 6(1)(c)": "Legal obligations",
        "neuvonta, Guidance, GDPR 6(1)(e)": "Public interest",
        "uutiskirje, Newsletter, GDPR 6(1)(a)": "Consent",
        "uutiskirje, Newsletter, GDPR 6(1)(f)": "Legitimate interests",
    }
    guidance = declared["neuvonta, Guidance, GDPR 6(1)(c)"]
    assert guidance["special_category_legal_basis"] == "Health or social care (with a basis in law)"
    assert guidance["processes_special_category_data"] is True
    assert guidance["data_categories"] == [
        "user.taysi-rekisteri_henkilotunnus",
        "user.government_id.national_identification_number",
        "user.taysi-rekisteri_terveys",
        "user.health_and_medical",
        "user.demographic.race_ethnicity",
    ]
    assert guidance["data_use"] == "essential.legal_obligation.taysi-rekisteri_neuvonta"
    assert guidance["shared_categories"][0] == "user.taysi-rekisteri_henkilotunnus"
    assert "Kela: Päätökset" in guidance["third_parties"]
    assert "10 years" in guidance["retention_period"]
    assert processor["responsibility"] == ["Processor"]
    assert register["egress"][0]["fides_key"] == processor["fides_key"]


def test_the_system_tells_roles_transfers_and_protection(
    full: ExportSource, tmp_path: Path
) -> None:
    parsed = read(full, tmp_path)
    system = next(s for s in parsed["system"] if s["fides_key"] == "taysi-rekisteri")

    assert system["responsibility"] == ["Controller"]
    assert "0000000-0" in system["legal_name"]
    assert system["dpo"].startswith("tietosuojavastaava, tietosuoja@example.invalid")
    assert system["joint_controller_info"] == "The city answers requests"
    assert system["does_international_transfers"] is True
    assert system["legal_basis_for_transfers"] == ["SCCs", "Other"]
    assert system["uses_profiling"] is True
    assert system["requires_data_protection_assessments"] is True
    assert "physical: Lukittu kaappi" in system["data_security_practices"]
    subject = parsed["data_subject"][0]
    assert subject["rights"]["strategy"] == "INCLUDE"
    assert "Restrict Processing" in subject["rights"]["values"]
    assert "Portability" not in subject["rights"]["values"], "it does not apply here"


def test_what_fides_has_no_field_for_is_in_meta(full: ExportSource, tmp_path: Path) -> None:
    parsed = read(full, tmp_path)
    meta = next(s for s in parsed["system"] if s["fides_key"] == "taysi-rekisteri")["meta"]

    assert meta["definition"] == json.loads(full.registers[0].definition.to_json())
    assert meta["not_in_this_file"] == list(losses(ExportFormat.FIDES))
    assert (meta["version"], meta["in_force_from"]) == (1, "2026-01-01")


def test_the_organisation_may_be_called_anything(full: ExportSource, tmp_path: Path) -> None:
    parsed = read(replace(full, organisation="Säätiö / Åbo & Øst"), tmp_path)

    (organisation,) = parsed["organization"]
    assert organisation["fides_key"] == "saatio_abo_ost"
    assert organisation["name"] == "Säätiö / Åbo & Øst"
    assert parsed["system"][0]["organization_fides_key"] == "saatio_abo_ost"
    assert read(replace(full, organisation="???"), tmp_path)["organization"][0]["fides_key"] == (
        "default_organization"
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("käsittely", "kasittely"),
        ("Työ / palvelu", "tyo_palvelu"),
        ("Straße Ł", "strasse_l"),
        ("日本", ""),
        ("  a--b  ", "a_b"),
    ],
)
def test_keys_are_transliterated(text: str, key: str) -> None:
    assert fides_key(text) == key


def test_a_text_that_yaml_would_take_for_something_else_stays_a_text(
    full: ExportSource, tmp_path: Path
) -> None:
    for name in ("no", "2026-01-01", "12:30", "null", "- x: {y}", "😀 \u2028 \x85"):
        (organisation,) = read(replace(full, organisation=name), tmp_path)["organization"]
        assert organisation["name"] == name


def test_the_same_source_gives_the_same_bytes(bundled: ExportSource) -> None:
    assert fides_file(bundled) == fides_file(bundled)
