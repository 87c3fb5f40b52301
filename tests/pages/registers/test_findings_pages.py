"""The findings of a version on screen: told with law and remedy, accepted, taken back."""

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.accounts.permissions import Actor, Role
from app.registers import queries, services
from app.registers.findings import FindingCode
from app.registers.settling import settled_findings
from app.retention.queries import rules_in_force
from app.retention.services import load_rules
from tests.fixtures.people import MakeActor
from tests.fixtures.registers import FOUNDATION
from tests.pages.conftest import Browse

REASON = "Sovittu kaupungin kanssa 3.2.2026."


@pytest.fixture
def register_id(app: Flask) -> int:
    load_rules()
    services.load()
    return queries.register_id_of(FOUNDATION)


@pytest.fixture
def address(register_id: int) -> str:
    return f"/registers/{register_id}/versions/1/findings"


def titles(page: BeautifulSoup) -> list[str]:
    return [each.get_text(" ", strip=True) for each in page.select(".notice__title")]


def first_link(page: BeautifulSoup) -> str:
    return str(page.select_one(".notice__body a[href*='/findings/']")["href"])


def counts(page: BeautifulSoup) -> list[str]:
    return [each.get_text(strip=True) for each in page.select(".tabs__count")]


def hidden(page: BeautifulSoup) -> dict[str, str]:
    return {name: page.select_one(f"input[name={name}]")["value"] for name in ("code", "place")}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_findings_open_in_every_language(
    address: str, officer: Actor, browse: Browse, language: str
) -> None:
    reader = browse(officer, language)
    page = reader.get(address)

    assert len(page.select("section h2")) == 3
    assert len(titles(page)) > 50
    reader.get(first_link(page))


def test_an_accepted_finding_moves_to_the_accepted_ones(
    address: str, officer: Actor, browse: Browse
) -> None:
    reader = browse(officer)
    page = reader.get(address)
    link, before = first_link(page), len(titles(page))
    form = reader.get(link)
    title = titles(form)[0]

    page = reader.post(link, {**hidden(form), "reason": REASON})

    assert len(titles(page)) == before - 1
    assert title not in titles(page)
    assert counts(page) == [str(before - 1), "1"]
    accepted = reader.get(f"{address}?show=accepted")
    assert titles(accepted) == [title]
    assert "Hyväksynyt Tietosuoja" in accepted.select_one(".notice").get_text()
    assert REASON in accepted.select_one(".notice").get_text()


def test_accepted_findings_are_counted_nowhere_as_open(
    register_id: int, address: str, officer: Actor, browse: Browse
) -> None:
    def open_everywhere() -> list[int]:
        index = reader.get("/registers").select_one(f"a[href='{address}']").contents[0]
        desk = reader.get("/").select_one(".card__link[href='/registers/findings']").get_text()
        own = counts(reader.get(address))[0]
        return [int("".join(filter(str.isdigit, text))) for text in (index, desk, own)]

    reader = browse(officer)
    before = open_everywhere()
    link = first_link(reader.get(address))

    reader.post(link, {**hidden(reader.get(link)), "reason": REASON})

    assert open_everywhere() == [number - 1 for number in before]


def test_a_short_reason_is_refused_beside_the_field_and_kept(
    address: str, officer: Actor, browse: Browse
) -> None:
    reader = browse(officer)
    link = first_link(reader.get(address))

    page = reader.post(link, {**hidden(reader.get(link)), "reason": "joo"}, status=422)

    assert "10" in page.select_one("#reason-error").get_text()
    assert page.select_one("#reason").get_text().strip() == "joo"
    page = reader.post(link, {**hidden(page), "reason": " "}, status=422)
    assert page.select_one("#reason-error")


def test_a_finding_that_has_gone_is_not_accepted_and_the_text_is_kept(
    address: str, officer: Actor, browse: Browse
) -> None:
    reader = browse(officer)
    gone = f"{address}/{'0' * 64}"

    page = reader.post(
        gone, {"code": "dpo_missing", "place": "nowhere", "reason": REASON}, status=422
    )

    assert page.select_one(".govuk-error-summary")
    assert REASON in page.select_one("#reason").get_text()
    assert not page.select_one("#main button")


def test_an_acceptance_is_taken_back(address: str, officer: Actor, browse: Browse) -> None:
    reader = browse(officer)
    page = reader.get(address)
    link, before = first_link(page), len(titles(page))
    reader.post(link, {**hidden(reader.get(link)), "reason": REASON})
    accepted = reader.get(f"{address}?show=accepted")

    page = reader.post(str(accepted.select_one(".post-button")["action"]))

    assert len(titles(page)) == before


def test_staff_read_findings_but_settle_none(
    address: str, worker: Actor, officer: Actor, browse: Browse
) -> None:
    link = first_link(browse(officer).get(address))
    reader = browse(worker)

    assert not reader.get(address).select(".notice__body a[href*='/findings/']")
    reader.get(link, status=403)
    reader.post(link, {"reason": REASON}, status=403)
    reader.post(f"{link}/revoke", status=403)


def test_an_owner_of_another_register_settles_nothing_here(
    register_id: int, address: str, make_actor: MakeActor, officer: Actor, browse: Browse
) -> None:
    link = first_link(browse(officer).get(address))
    other = queries.register_id_of("kotoutumishankkeen-asiakasrekisteri")
    reader = browse(make_actor("kapea", Role.REGISTER_OWNER, register_id=other))

    assert not reader.get(address).select(".notice__body a[href*='/findings/']")
    reader.get(link, status=403)
    reader.post(link, {"code": "x", "place": "x", "reason": REASON}, status=403)


def test_the_version_sums_its_findings_up_and_leads_to_them(
    address: str, worker: Actor, browse: Browse
) -> None:
    reader = browse(worker)
    everything = reader.get(address)
    summary = reader.get(address.removesuffix("/findings"))

    tags = summary.select("[aria-labelledby=findings-heading] > p .tag")
    told = [tag.get_text(strip=True).split(": ") for tag in tags]
    headings = [heading.get_text(" ", strip=True) for heading in everything.select("h2:has(.tag)")]
    assert [" ".join(each) for each in told] == headings
    assert sum(int(number) for _words, number in told) == len(titles(everything))
    assert summary.select_one(f"a[href='{address}']")


def test_each_finding_leads_to_its_place(address: str, officer: Actor, browse: Browse) -> None:
    reader = browse(officer)
    places = {
        str(link["href"])
        for link in reader.get(address).select(".notice__body a:not([href*='/findings/'])")
    }

    assert len(places) > 10
    for place in {url.partition("#")[0] for url in places}:
        reader.get(place)


def test_in_a_draft_the_place_is_where_the_matter_is_changed(
    address: str, officer: Actor, worker: Actor, browse: Browse
) -> None:
    draft = address.removesuffix("/findings")
    edited = places(browse(officer).get(address))
    read = places(browse(worker).get(address))

    assert f"{draft}/edit/people#owner" in edited
    assert any(url.startswith(f"{draft}/edit/services/") for url in edited)
    # Retention rules are no part of the register.
    assert {url for url in edited if "/edit/" not in url} == {
        url for url in edited if url.startswith("/retention-rules/")
    }
    assert not any("/edit/" in url for url in read)
    assert any(url.startswith(f"{draft}#type-") for url in read)


def places(page: BeautifulSoup) -> set[str]:
    links = page.select(".notice__body a:not([href*='/findings/'])")
    return {str(link["href"]) for link in links}


def test_all_findings_of_the_registers_that_a_person_settles(
    register_id: int, address: str, make_actor: MakeActor, browse: Browse, worker: Actor
) -> None:
    reader = browse(make_actor("kapea", Role.REGISTER_OWNER, register_id=register_id))

    page = reader.get("/registers/findings")

    assert len(page.select("#main .card")) == 1
    assert page.select_one(f"a[href='{address}']")
    own = reader.get(address)
    assert len(page.select("#main tbody tr")) == len(titles(own))
    said = {each.get_text(strip=True) for each in page.select("tbody th")}
    assert said == {title.partition(": ")[2] for title in titles(own)}
    browse(worker).get("/registers/findings", status=403)


@pytest.mark.parametrize(
    "change",
    [
        {"retention_period": "P40Y"},
        {"disposal_action": "review"},
        {"mandate": {"citation": {"fi": "Toinen laki"}, "certainty": "to_be_confirmed"}},
    ],
    ids=["period", "action", "citation"],
)
def test_an_accepted_rule_comes_back_when_the_rule_changes(
    register_id: int,
    address: str,
    officer: Actor,
    browse: Browse,
    tmp_path: Path,
    change: dict[str, Any],
) -> None:
    """The facts of such a finding stand in the retention rule, not in the register."""
    rules = {rule.policy.key: rule.policy for rule in rules_in_force()}
    definition = queries.parse_definition(queries.versions(register_id)[0].content)
    found = next(
        each
        for each in settled_findings(register_id, definition, tuple(rules.values())).open
        if each.code is FindingCode.RETENTION_RULE_UNCONFIRMED
        and rules[each.where[1]].retention_period
    )
    reader = browse(officer)
    link = f"{address}/{found.fingerprint}"
    reader.post(link, {**hidden(reader.get(link)), "reason": REASON})
    assert REASON not in reader.get(address).get_text()

    rule = rules[found.where[1]].model_dump(mode="json", exclude_none=True)
    title = {"fi": "Säännöt"}
    file = {"kind": "retention_policies", "schema_version": 1, "title": title}
    text = json.dumps({**file, "rules": [rule | change]})
    (tmp_path / "rules.yaml").write_text(text, "utf-8")
    assert load_rules(tmp_path).changed

    page = reader.get(address)
    (back,) = [each for each in page.select(".notice") if REASON in each.get_text()]
    assert "Tiedot ovat sen jälkeen muuttuneet" in back.get_text()
    assert counts(page)[1] == "0"
