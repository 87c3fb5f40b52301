"""Ways through the editor: where one lands, what is proposed, who is named, what is logged."""

import json

from bs4 import BeautifulSoup

from app.accounts.permissions import Actor
from app.audit.models import AuditOutbox
from app.db import db
from app.registers import queries
from app.registers.definitions import RegisterDefinition
from app.registers.editor.groups import GROUPS, part_after
from app.registers.editor.places import FORMS, LISTS, NEW
from tests.fixtures.registers import FOUNDATION
from tests.pages.conftest import Browse
from tests.pages.forms import typed


def latest() -> RegisterDefinition:
    return queries.latest_definition(queries.register_id_of(FOUNDATION))


def ids(page: BeautifulSoup) -> set[str]:
    return {str(each["id"]) for each in page.select("[id]")}


def test_every_part_stands_in_one_group() -> None:
    parts = [part for group in GROUPS for part in group.parts]
    assert sorted(parts) == sorted([*FORMS, *LISTS])
    assert [part_after(part) for part in parts] == [*parts[1:], None]


def test_the_links_into_the_parts_lead_to_places_that_exist(
    address: str, owner: Actor, browse: Browse
) -> None:
    reader = browse(owner)
    parts = reader.get(address)
    for link in parts.select("main nav a"):
        assert str(link["href"]).removeprefix("#") in ids(parts)
    for part in (*FORMS, *LISTS):
        assert f"part-{part}" in ids(parts)
    first = reader.get(f"{address}/services").select_one("tbody th a")
    back = reader.get(str(first["href"])).select_one(".buttons__back")
    where, _hash, place = str(back["href"]).partition("#")
    assert place in ids(reader.get(where))


def test_after_saving_one_is_where_one_was(address: str, owner: Actor, browse: Browse) -> None:
    reader = browse(owner)
    member = str(reader.get(f"{address}/services").select("tbody th a")[1]["href"])

    def lands(place: str, data: dict[str, object]) -> str:
        answer = reader.send(place, data)
        assert answer.status_code == 303
        return answer.headers["Location"].removeprefix(address)

    assert lands(member, typed(reader.get(member))).endswith(f"#m-{latest().services[1].key}")
    assert lands(f"{address}/basics", typed(reader.get(f"{address}/basics"))) == "#part-basics"
    new = {**typed(reader.get(f"{address}/services/{NEW}")), "name-fi": "Lisätty"}
    assert lands(f"{address}/services/{NEW}", new) == "/services#told"
    more = {**typed(reader.get(f"{address}/services/{NEW}")), "name-fi": "Toinen", "another": "yes"}
    assert lands(f"{address}/services/{NEW}", more) == f"/services/{NEW}#told"
    assert reader.get(f"{address}/services/{NEW}").select_one("#told") is not None

    printed = reader.get(f"{address}/printed_fields").select("tbody form")[0]
    seen = printed.select_one("[name=seen]")["value"]
    moved = lands(str(printed["action"]), {"seen": seen, "step": "down"})
    assert moved == "/printed_fields#m-1-down"
    assert "m-1-down" in ids(reader.get(f"{address}/printed_fields"))


def test_one_more_gives_one_more(address: str, owner: Actor, browse: Browse) -> None:
    reader = browse(owner)
    form = f"{address}/purposes/{NEW}"
    page = reader.get(form)
    for number in (1, 2):
        button = page.select_one("button[name=more][value=statutes]")
        page = reader.post(
            form, {**typed(page), "more": "statutes", f"statutes-{number - 1}-name-fi": "Laki"}
        )
        assert button["formaction"] == f"#statutes-{number}-name-fi"
        assert f"statutes-{number}-name-fi" in ids(page)
        assert f"statutes-{number + 1}-name-fi" not in ids(page)


def test_errors_lead_to_controls(address: str, owner: Actor, browse: Browse) -> None:
    reader = browse(owner)
    form = f"{address}/storage_rules/{NEW}"
    sent = {**typed(reader.get(form)), "service": "", "media": "man"}
    page = reader.post(form, sent, status=422)
    for link in page.select(".govuk-error-summary a"):
        found = page.select_one(str(link["href"]))
        assert found is not None
        assert found.name in ("input", "select", "textarea")


def test_a_key_that_nobody_types_comes_from_the_name(
    address: str, owner: Actor, browse: Browse
) -> None:
    reader = browse(owner)
    for _time in range(2):
        reader.post("/registers/new", {"name": "Äänet ja yöt", "key": "", "language": "fi"})
    assert {"aanet-ja-yot", "aanet-ja-yot-2"} <= set(queries.register_keys().values())
    names = [str(each["name"]) for each in reader.get(f"{address}/purposes/{NEW}").select("[name]")]
    assert names.index("key") == names.index("text-en") + 1

    form = f"{address}/direct_marketing"
    page = reader.get(form)
    place = len(latest().direct_marketing.prohibited_purposes) if latest().direct_marketing else 0
    reader.post(
        form,
        {**typed(page), f"direct_marketing-prohibited_purposes-{place}-name-fi": "Äänimainonta"},
    )
    assert latest().direct_marketing.prohibited_purposes[-1].key == "aanimainonta"


def test_who_changed_the_place_is_named_and_not_who_changed_another(
    address: str, owner: Actor, officer: Actor, browse: Browse
) -> None:
    first, second = browse(owner, "en"), browse(officer, "en")
    service, other = (
        str(a["href"]) for a in first.get(f"{address}/services").select("tbody th a")[:2]
    )
    mine = typed(first.get(service))
    second.post(service, {**typed(second.get(service)), "name-fi": "Toisen nimi"})
    first.post(other, {**typed(first.get(other)), "name-fi": "Oma muutos"})

    told = first.post(service, {**mine, "name-fi": "Minun"}, status=409).select_one(".notice")

    assert "Changed by Tietosuoja" in told.get_text(" ")


def test_the_log_names_the_service_of_a_matrix(address: str, owner: Actor, browse: Browse) -> None:
    service = latest().services[0].key
    matrix = f"{address.removesuffix('edit')}matrix/{service}"
    reader = browse(owner)
    page = reader.get(matrix)
    kind = str(page.select_one("input[name=types]")["value"])
    sent = {**typed(page), "types": kind, "seen": page.select_one("input[name=seen]")["value"]}
    reader.post(matrix, {**sent, f"{kind}-notes-fi": "Uusi huomautus"})

    entries = [
        json.loads(row.payload) for row in db.session.query(AuditOutbox).order_by(AuditOutbox.id)
    ]
    (edited,) = [each["details"] for each in entries if each["action"] == "register.edited"]
    assert edited == {"version": 1, "part": "storage_rules", "member": service}
