"""Every part of a register is written, published and taken out by somebody who has no mouse.

A row of fields is: id of the control, and what is typed; True presses Space; a number presses the
arrow key down as often.
"""

import csv
import io
import json
from collections.abc import Iterable

from openpyxl import load_workbook
from playwright.sync_api import Browser, Page
from ruamel.yaml import YAML

from tests.browser.conftest import Server, new_context
from tests.browser.keyboard import Keyboard

NAME, RULE = "Kokeilu", "Valmennuksen tapahtuma"
Fields = Iterable[tuple[str, str | bool | int]]

FORMS: dict[str, Fields] = {
    "Name and description": (
        ("description-fi", "Kokeilun rekisteri"),
        ("version-label", "1.0"),
        ("version-adopted_on", "1.2.2026"),
    ),
    "Responsible people": (
        ("data_protection_officer-role-fi", "Tietosuojavastaava"),
        ("data_protection_officer-contact", "tietosuoja@example.invalid"),
        ("owner-role-fi", "Toiminnanjohtaja"),
        ("owner-contact", "johtaja@example.invalid"),
        ("contact-role-fi", "Toimisto"),
        ("contact-contact", "toimisto@example.invalid"),
        ("joint_arrangement-fi", "Säätiö vastaa pyyntöihin, kaupunki tiedottaa."),
    ),
    "Transfers outside the EU and the EEA": (
        ("transfers-made", 1),
        ("transfers-items-0-country-fi", "Yhdysvallat"),
        ("transfers-items-0-country_code", "US"),
        ("transfers-items-0-recipient-fi", "Pilvi Inc."),
        ("transfers-items-0-mechanism-c4", True),
        ("transfers-items-0-safeguard-fi", "Vakiolausekkeet"),
    ),
    "Automated decisions": (("automated_decisions-made", 2),),
    "Data protection impact assessment": (
        ("impact_assessment-needed", 2),
        ("impact_assessment-reason-fi", "Riski on pieni."),
    ),
    "Retention and instructions": (("retention-fi", "Säännöt kertovat."),),
    "Direct marketing": (
        ("direct_marketing-prohibited_purposes-0-name-fi", "Mainonta"),
        ("direct_marketing-disclosed_outside", 2),
    ),
    "Texts of the notice": (("notice-introduction-fi", "Kerromme, miten tietojasi käytetään."),),
}
LISTS: dict[str, tuple[Fields, ...]] = {
    "Controllers": (
        (("name-fi", "Esimerkkisäätiö"), ("contact", "PL 1"), ("responsibilities-fi", "Pyynnöt")),
        (("name-fi", "Esimerkkikunta"), ("contact", "PL 2"), ("responsibilities-fi", "Tiedotus")),
    ),
    "Processors": (
        (("name-fi", "Pilvi Oy"), ("task-fi", "Ylläpito"), ("contract-fi", "Sopimus 4/2026")),
    ),
    "Statutes": ((("name-fi", "Tietosuojalaki"), ("number", "1050/2018")),),
    "Groups of data subjects": ((("name-fi", "Asiakkaat"),),),
    "Types of services": (
        (("name-fi", "Valmennus"), ("consent_required", True), ("consent_text-fi", "Kokeiluun")),
    ),
    "Types of documents": tuple((("name-fi", n),) for n in ("Sopimus", "Suunnitelma", "Suunn.")),
    "Data categories": (
        (("name-fi", "Perustiedot"), ("identity_code", True), ("documents-c1", True)),
        (("name-fi", "Terveys"), ("special-0-category", 7), ("documents-c2", True)),
    ),
    "Purposes of processing": (
        (
            ("text-fi", "Palvelun järjestäminen"),
            ("legal_bases-c5", True),
            ("article_9_condition", 1),
            ("identity_code_ground", 2),
            ("statutes-0-name-fi", "Kuntalaki"),
            ("statutes-0-number", "410/2015"),
        ),
        (("text-fi", "Laskutus"), ("legal_bases-c2", True)),
    ),
    "Sources of data": ((("name-fi", "Asiakas itse"), ("data_subject", True)),),
    "Recipients and disclosures": (
        (("recipient-fi", "Kunta"), ("basis", 2), ("channel-fi", "Turvaposti")),
    ),
    "Protection of the data": (
        (("kind", 3), ("text-fi", "Lukittu huone"), ("key_holders-fi", "Toimisto")),
    ),
    "Storage places": ((("medium", 2), ("place-fi", "Arkistokaappi")),),
    "Rights of data subjects": ((("right", 1), ("text-fi", "Pyynnöllä toimistosta")),),
    "Headings of the printed description": ((("number", "1"), ("heading", "Rekisterinpitäjä")),),
    "Remarks to settle": ((("text-fi", "Tarkista osoite"),),),
}
EXPORTS = (
    "Workbook (XLSX)",
    "Table (CSV)",
    "Data Privacy Vocabulary (JSON-LD)",
    "Fides manifest (YAML)",
)


def fill(keys: Keyboard, fields: Fields) -> None:
    """Go from control to control by Tab and fill each."""
    for control, value in fields:
        keys.tab_to_id(control)
        if value is True:
            keys.press("Space")
        elif isinstance(value, int):
            keys.press(*["ArrowDown"] * value)
        else:
            keys.write(str(value))


def write_parts(keys: Keyboard) -> None:
    """Every part of the draft but the matrix, in the order of the tables above."""
    for part, fields in FORMS.items():
        keys.go(part)
        fill(keys, fields)
        keys.go("Save")
        # One is back at the part from which one came.
        assert keys.focused() == part, keys.told()
    for part, members in LISTS.items():
        keys.go(part)
        keys.go("Add")
        for number, fields in enumerate(members, 1):
            fill(keys, fields)
            keys.go("Save" if number == len(members) else "Save and add another")
            assert keys.focused() == "The draft was saved.", keys.told()
        keys.go("All parts of the register")


def propose_rule(keys: Keyboard) -> None:
    """A retention rule of one's own, counted from an event in words."""
    keys.go("Retention rules")
    keys.go("New rule")
    fill(keys, (("name_fi", RULE), ("period-years", "5")))
    keys.tab_to_id("trigger")
    keys.write("The event")
    fill(keys, (("event_fi", "Valmennus on päättynyt"), ("action", 1)))
    fill(keys, (("citation_fi", "Päätös 3/2026"), ("reason", "Uusi palvelu")))
    keys.go("Show what changes")
    keys.go("Propose the rule")
    assert "proposed" in keys.told()


def approve_rule(keys: Keyboard) -> None:
    """The other person's decision."""
    keys.tab_to_start("Retention rules")
    keys.enter()
    keys.go(RULE)
    keys.go("Approve the change")
    assert "approved" in keys.told()


def fill_matrix(keys: Keyboard) -> None:
    """What the service keeps: two media of the contract under the own rule, the plan on paper."""
    keys.go("Storage rules")
    keys.go("Valmennus")
    keys.tab_to("Computer: Sopimus")
    keys.press("Space", "ArrowRight")
    assert keys.focused() == "Paper: Sopimus"
    keys.press("Space", "ArrowDown")
    assert keys.focused() == "Paper: Suunnitelma"
    keys.press("Space", "ArrowRight", "ArrowDown")
    # The list keeps the plain arrow keys: one down is its first rule.
    assert keys.focused() == "Retention rule: Suunnitelma"
    assert keys.page.evaluate("document.activeElement.selectedIndex") == 1
    keys.press("ArrowUp", "Control+ArrowUp")
    assert keys.focused() == "Retention rule: Sopimus"
    keys.write(RULE)
    keys.press("Control+ArrowRight")
    assert keys.focused() == "Add-on service: Sopimus"
    keys.press("Home")
    assert keys.focused() == "Computer: Sopimus"
    keys.press("End", "Enter")
    keys.tab_to("suomi")
    keys.write("Allekirjoitettu")
    keys.go("Save")
    assert keys.focused() == "The draft was saved.", keys.told()


def check_matrix(page: Page) -> None:
    """What the arrow keys filled in, as the other person reads it."""
    rows = page.locator("table tbody tr").all_inner_texts()
    assert [row.split() for row in rows] == [["Sopimus", "paper", "file"], ["Suunnitelma", "paper"]]


def merge_spellings(keys: Keyboard) -> None:
    """The short spelling of a type goes into the long one."""
    keys.go("Edit the draft", back=True)
    keys.go("Types of documents")
    keys.go("Merge into… Suunn.")
    keys.tab_to("The type that stays")
    keys.press("ArrowDown")
    keys.go("Show what changes")
    keys.go("Merge the types")
    keys.go("All parts of the register")
    keys.go("Matrix, findings and proposal", back=True)


def settle_findings(keys: Keyboard) -> None:
    """Follow one finding into the editor and back, accept one with a reason."""
    keys.tab_to_start("All findings")
    keys.enter()
    keys.skip()
    keys.go(keys.page.locator("main .notice a").first.inner_text())
    assert "/edit/" in keys.page.url
    keys.go("Version 1", back=True)
    keys.tab_to_start("All findings")
    keys.enter()
    keys.tab_to_start("Accept with a reason")
    keys.enter()
    keys.tab_to("Reason for accepting")
    keys.write("Sovittu hallituksessa 3.3.2026.")
    keys.go("Accept the finding")
    assert "accepted" in keys.told()


def read_notice(keys: Keyboard) -> None:
    """The notice in each language of the program."""
    keys.go("Privacy notice")
    for language in ("svenska", "English", "suomi"):
        keys.skip()
        keys.go(language)
        assert "Palvelun järjestäminen" in keys.page.inner_text("main")


def take_out(keys: Keyboard) -> dict[str, bytes]:
    """Each format of the exports, by the words that choose it."""
    found = {}
    for step, words in enumerate(EXPORTS):
        keys.tab_to_id(f"kind-{max(step - 1, 0)}")
        keys.press(*["ArrowDown"] * min(step, 1))
        assert keys.focused() == words, (keys.focused(), words)
        keys.tab_to_id("register")
        keys.write(NAME)
        keys.tab_to("Download the file")
        with keys.page.expect_download() as download:
            keys.press("Enter")
        found[words] = download.value.path().read_bytes()
    return found


def check_files(files: dict[str, bytes]) -> None:
    """Each file opens as what it says it is, and has the register in it."""
    workbook, table, linked, manifest = (files[words] for words in EXPORTS)
    assert load_workbook(io.BytesIO(workbook)).sheetnames
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))
    assert any(NAME in row for row in rows)
    assert json.loads(linked)["@graph"]
    assert NAME in [each["name"] for each in YAML(typ="safe").load(manifest)["system"]]


def test_a_whole_register_by_keyboard(chromium: Browser, server: Server) -> None:
    writing, publishing = (
        new_context(chromium, locale="en-GB", accept_downloads=True) for _person in range(2)
    )
    keys, other = Keyboard(writing.new_page()), Keyboard(publishing.new_page())
    keys.sign_in(server.address, "omistaja", server.passwords["omistaja"])
    propose_rule(keys)
    other.sign_in(server.address, "tietosuoja", server.passwords["tietosuoja"])
    approve_rule(other)
    keys.go("Registers")
    keys.go("New register")
    keys.tab_to("Name of the register")
    keys.write(NAME)
    keys.enter()
    write_parts(keys)
    fill_matrix(keys)
    merge_spellings(keys)
    settle_findings(keys)
    keys.go("Version 1", back=True)
    keys.go("Propose for publication")

    other.tab_to_start("Registers")
    other.enter()
    other.go(NAME)
    other.go("See the version, and publish it or send it back")
    check_matrix(other.page)
    other.tab_to_id("acknowledged")
    other.press("Space")
    other.go("Publish the version")
    assert "published" in other.told()
    read_notice(other)
    keys.tab_to_start("Registers")
    keys.enter()
    keys.go("Exports")
    check_files(take_out(keys))
    writing.close()
    publishing.close()
