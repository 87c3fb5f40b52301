"""Pages of holds: set from a link or by a typed reference, listed, lifted."""

from bs4 import BeautifulSoup

from app.destruction import services
from app.destruction.queries import hold_list
from tests.fixtures.disposal import Archive
from tests.pages.conftest import Browse


def words(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ").split())


def value_of(page: BeautifulSoup, selector: str) -> str:
    field = page.select_one(selector)
    assert field is not None
    return str(field.get("value", ""))


def test_a_hold_is_set_by_a_typed_reference(archive: Archive, browse: Browse) -> None:
    reader = browse(archive.officer)
    reader.get("/holds/new")

    page = reader.post(
        "/holds/new",
        {
            "register_id": archive.register_id,
            "target": f"A-{archive.client.number}",
            "reason": "dispute",
            "mandate": "Käräjäoikeus 12/2026",
        },
    )

    assert f"A-{archive.client.number}" in words(page)
    assert "Käräjäoikeus 12/2026" in words(page)
    assert "Virtanen" not in str(page)


def test_a_link_from_a_document_fills_the_reference_in(archive: Archive, browse: Browse) -> None:
    document = archive.log()
    reader = browse(archive.manager)

    one = reader.get(f"/holds/new?document={document.id}")
    all_of_client = reader.get(f"/holds/new?client={archive.client.id}")

    assert value_of(one, "#target") == f"A-{archive.client.number}/{document.id}"
    assert value_of(all_of_client, "#target") == f"A-{archive.client.number}"
    assert value_of(reader.get("/holds/new?client=999"), "#target") == ""


def test_a_bad_hold_keeps_what_was_typed(archive: Archive, browse: Browse) -> None:
    page = browse(archive.officer).post(
        "/holds/new",
        {
            "register_id": archive.register_id,
            "target": "A-999",
            "reason": "audit",
            "mandate": "ESR 3/2026",
        },
        status=422,
    )

    assert page.select_one("#target-error")
    assert value_of(page, "#target") == "A-999"
    assert value_of(page, "#mandate") == "ESR 3/2026"
    assert page.select_one("input[value=audit][checked]")
    assert hold_list(archive.officer) == []


def test_a_hold_is_lifted_with_one_button(archive: Archive, browse: Browse) -> None:
    services.set_hold(
        archive.officer, client_id=archive.client.id, reason="dispute", mandate="KO 1/2026"
    )
    reader = browse(archive.manager)
    form = reader.get("/holds").select_one("form[action$='/lift']")
    assert form is not None

    reader.post(str(form["action"]))

    assert "KO 1/2026" in words(reader.get("/holds?tab=lifted"))
    assert hold_list(archive.manager) == []
    reader.post(str(form["action"]), status=409)
