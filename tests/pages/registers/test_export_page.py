"""The page of exports: choose, download, be told what is wrong."""

import io

import pytest
from openpyxl import load_workbook

from app.accounts.permissions import Actor, Role
from app.registers.definitions import RegisterDefinition
from tests.fixtures.people import MakeActor
from tests.pages.conftest import Browse

ADDRESS = "/registers/exports"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page_opens_in_every_language(
    published_register: tuple[int, RegisterDefinition],
    officer: Actor,
    browse: Browse,
    language: str,
) -> None:
    page = browse(officer, language).get(ADDRESS)

    chosen = page.select_one("#language option[selected]")
    assert chosen is not None
    assert chosen["value"] == language
    assert page.select_one("input[name=kind][value=workbook][checked]")


@pytest.mark.parametrize("kind", ["workbook", "csv", "dpv", "fides"])
def test_a_file_is_downloaded_in_the_chosen_language(
    published_register: tuple[int, RegisterDefinition], auditor: Actor, browse: Browse, kind: str
) -> None:
    answer = browse(auditor, "en").send(ADDRESS, {"kind": kind, "register": "", "language": "fi"})

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    if kind == "csv":
        assert "Rekisteri valmennus" in answer.data.decode("utf-8-sig")
    elif kind == "dpv":
        assert answer.json["@graph"][0]["dct:title"]["@value"] == "Seloste käsittelytoimista"
    elif kind == "fides":
        assert b'name: "Rekisteri valmennus"' in answer.data
    else:
        sheets = load_workbook(io.BytesIO(answer.data)).sheetnames
        assert sheets[:2] == ["Tietoja", "30 art. 1 kohta"]


def test_one_register_can_be_chosen_from_those_open_to_the_person(
    published_register: tuple[int, RegisterDefinition],
    other_register: int,
    make_actor: MakeActor,
    browse: Browse,
) -> None:
    owner = make_actor("yksi", Role.REGISTER_OWNER, register_id=other_register)
    reader = browse(owner)
    offered = [option["value"] for option in reader.get(ADDRESS).select("#register option")]
    assert offered == ["", str(other_register)]

    form = {"kind": "csv", "register": str(published_register[0]), "language": "fi"}
    page = reader.post(ADDRESS, form, status=422)
    assert page.select_one(".govuk-error-summary a")["href"] == "#register"
    assert reader.send(ADDRESS, {**form, "register": other_register}).status_code == 200


def test_an_unknown_format_is_refused_with_a_message(
    published_register: tuple[int, RegisterDefinition], officer: Actor, browse: Browse
) -> None:
    page = browse(officer).post(
        ADDRESS, {"kind": "pdf", "register": "", "language": "sv"}, status=422
    )

    assert page.select_one(".govuk-error-summary")
    assert page.select_one("#language option[selected]")["value"] == "sv"


def test_before_the_first_publication_the_page_says_what_to_do(
    officer: Actor, browse: Browse
) -> None:
    reader = browse(officer, "en")

    assert "No register is in force yet." in reader.get(ADDRESS).get_text()
    form = {"kind": "csv", "register": "", "language": "fi"}
    reader.post(ADDRESS, form, status=404)


def test_staff_have_no_exports(
    published_register: tuple[int, RegisterDefinition], worker: Actor, browse: Browse
) -> None:
    reader = browse(worker)

    assert not reader.get("/registers").select(f"a[href='{ADDRESS}']")
    reader.get(ADDRESS, status=403)
