"""JHS 191 XML: ours comes back the same, another system's is a proposal, faults are told."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings

from app.calendar.periods import Period, add_period
from app.retention.definition_files import DefinitionError, DefinitionProblem
from app.retention.definition_models import LocalizedText
from app.retention.exchange import (
    Nature,
    Plan,
    Unwritable,
    exact_xml,
    first_language,
    incoming_yaml,
    xml_nodes,
)
from app.retention.exchange.codes import PERMANENT, years_of
from app.retention.exchange.jhs191_in import read_jhs191
from app.retention.exchange.jhs191_out import SPACE, write_jhs191
from app.retention.exchange.xml_nodes import read_xml
from app.retention.policies import Alternative, Certainty, Mandate, RetentionPolicy, load_policies
from app.retention.rules import DisposalAction
from app.retention.triggers import RetentionTrigger
from tests.unit.retention.exchange.strategies import plan_of, plans, policies, policies_of_any_field

BUNDLED = tuple(load_policies(Path("retention_policies")))
MADE_ON = date(2026, 11, 26)
TOS = f"{{{SPACE}}}"

# The parts of a record in the order that the schema of JHS 191 wants.
RECORD = ["Kayttorajoitustiedot", "Sailytysaikatiedot", "AsiakirjaluokkaTeksti", "Laajennos"]
PROCESS = ["Kayttorajoitustiedot", "Sailytysaikatiedot", "Toimenpidetiedot"]


def keep(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def written(tmp_path: Path, plan: Plan, *, helsinki: bool = False) -> Path:
    return keep(tmp_path / "tos.xml", write_jhs191(plan, made_on=MADE_ON, helsinki=helsinki))


def root_of(path: Path) -> ET.Element:
    return ET.fromstring(path.read_bytes())  # noqa: S314  # what the test itself has written


def names(element: ET.Element) -> list[str]:
    return [child.tag.removeprefix(TOS) for child in element]


def values(path: Path, name: str) -> list[str | None]:
    return [element.text for element in root_of(path).iter(f"{TOS}{name}")]


def refused(path: Path) -> tuple[DefinitionProblem, ...]:
    with pytest.raises(DefinitionError) as caught:
        read_jhs191(path)
    return caught.value.problems


def record(body: str, *, process: str = "", place: str = "05 06 06") -> str:
    """A file as helerm writes it, with one record."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<tos:Tos xmlns:tos="{SPACE}">
  <tos:TosTiedot tos:id="1"/>
  <tos:Luokka tos:id="2">
    <tos:Luokitustunnus>{place}</tos:Luokitustunnus>
    <tos:Nimeke><tos:NimekeKielella tos:kieliKoodi="fi"
      ><tos:NimekeTeksti>Työllistäminen</tos:NimekeTeksti></tos:NimekeKielella></tos:Nimeke>
    <tos:KasittelyprosessiTiedot tos:id="3">{process}
      <tos:Toimenpidetiedot tos:id="4"><tos:Toimenpidetiedot tos:id="5">
        {body}
      </tos:Toimenpidetiedot></tos:Toimenpidetiedot>
    </tos:KasittelyprosessiTiedot>
  </tos:Luokka>
</tos:Tos>"""


def kept(years: str, start: str = "Asian lopullinen ratkaisu", restriction: str = "") -> str:
    return f"""<tos:Asiakirjatieto tos:id="6">
<tos:Kayttorajoitustiedot>{restriction}</tos:Kayttorajoitustiedot>
<tos:Sailytysaikatiedot>
<tos:SailytysajanPituusArvo>{years}</tos:SailytysajanPituusArvo>
<tos:SailytysajanPerusteTeksti>Työsopimuslaki</tos:SailytysajanPerusteTeksti>
<tos:SailytysajanLaskentaperusteTeksti>{start}</tos:SailytysajanLaskentaperusteTeksti>
</tos:Sailytysaikatiedot>
<tos:AsiakirjaluokkaTeksti>lausunto</tos:AsiakirjaluokkaTeksti>
<tos:AsiakirjaluokkaTarkenneTeksti>lääkärin</tos:AsiakirjaluokkaTarkenneTeksti>
</tos:Asiakirjatieto>"""


@pytest.mark.parametrize("helsinki", [False, True])
def test_the_bundled_rules_come_back_the_same(tmp_path: Path, *, helsinki: bool) -> None:
    incoming = read_jhs191(written(tmp_path, plan_of(*BUNDLED), helsinki=helsinki))

    assert incoming.policies == BUNDLED
    assert incoming.remarks == ()


@given(plan=plans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_rules_come_back_the_same_through_xml_and_yaml(tmp_path: Path, plan: Plan) -> None:
    (only,) = plan.classes
    rules = tuple({each.policy.key: each.policy for each in only.records}.values())

    assert read_jhs191(written(tmp_path, plan)).policies == rules
    file = keep(tmp_path / "rules.yaml", incoming_yaml(rules, Path("tos.xml")))
    assert tuple(load_policies(file)) == rules


@given(policy=policies_of_any_field())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_field_of_a_rule_is_lost(tmp_path: Path, policy: RetentionPolicy) -> None:
    read = read_jhs191(written(tmp_path, plan_of(policy))).policies

    assert read == (policy,)
    file = keep(tmp_path / "rules.yaml", incoming_yaml(read, Path("tos.xml")))
    if first_language(read) is not None:
        assert tuple(load_policies(file)) == read


@pytest.mark.parametrize(
    "value", [[], [[1, None], {"a": [False]}], 0, 1.5, False, None, {}, {"a": 2}]
)
def test_a_value_of_any_form_comes_back(tmp_path: Path, value: object) -> None:
    element = ET.Element("rule")
    exact_xml._fill(element, {"field": value, "text": "0"}, "rule")
    path = keep(tmp_path / "rule.xml", ET.tostring(element))

    assert exact_xml._value(read_xml(path), (), {}) == {"field": value, "text": "0"}


def alternative(period: str | None, trigger: str = "matter_closed", **more: object) -> Alternative:
    counted = {"retention_period": period, "retention_trigger": trigger} if period else {}
    content = {"condition": {"fi": "Lapsen asia"}, **counted, **more}
    return Alternative.model_validate_json(json.dumps(content))


@pytest.mark.parametrize(
    ("alternatives", "criteria", "years"),
    [
        ([alternative("P30Y")], None, 30),
        ([alternative("P2Y"), alternative("P6M")], None, 12),
        ([alternative("P12Y1M")], None, 13),
        ([alternative("P2Y"), alternative(None, permanent=True)], None, PERMANENT),
        ([alternative(None, criteria={"fi": "Tarpeen ajan"})], None, PERMANENT),
        ([alternative("P2Y", "client_died")], None, PERMANENT),
        ([alternative("P2Y")], "Asia on ratkaistu", PERMANENT),
        ([], "Asia on ratkaistu", PERMANENT),
    ],
)
def test_alternatives_are_years_only_where_nothing_goes_too_early(
    tmp_path: Path, alternatives: list[Alternative], criteria: str | None, years: int
) -> None:
    rule = BUNDLED[0].model_copy(
        update={
            "retention_period": Period(years=12),
            "retention_trigger": RetentionTrigger.MATTER_CLOSED,
            "trigger_text": None,
            "disposal_action": DisposalAction.DESTROY,
            "alternatives": tuple(alternatives),
            "criteria": LocalizedText(fi=criteria) if criteria else None,
        }
    )
    path = written(tmp_path, plan_of(rule))

    assert values(path, "SailytysajanPituusArvo") == [str(years)] * 2
    reason = values(path, "SailytysajanPerusteTeksti")[1] or ""
    assert "12 vuotta" in reason
    assert all(each.condition.original in reason for each in alternatives)
    assert (criteria or "") in reason


def test_a_name_tells_its_language(tmp_path: Path) -> None:
    plan = plan_of(BUNDLED[0])
    (only,) = plan.classes
    swedish = replace(plan, classes=(replace(only, name="Handledning", language="sv"),))
    titles = root_of(written(tmp_path, swedish)).iter(f"{TOS}NimekeKielella")

    assert [(each.get(f"{TOS}kieliKoodi"), each[0].text) for each in titles] == [
        ("fi", plan.title),
        ("sv", "Handledning"),
    ]


@given(policy=policies())
def test_whole_years_are_never_shorter_than_the_period(policy: RetentionPolicy) -> None:
    years = years_of(policy)
    if policy.retention_period is None:
        assert years == PERMANENT
        return
    for day in (date(2024, 2, 29), date(2025, 7, 31), date(2026, 1, 1)):
        assert add_period(day, Period(years=years)) >= add_period(day, policy.retention_period)


@pytest.mark.parametrize(
    ("period", "years"), [("P10Y", 10), ("P0D", 0), ("P6M", 1), ("P1Y6M", 2), ("P24M", 2)]
)
def test_periods_as_years(period: str, years: int) -> None:
    assert (
        years_of(BUNDLED[0].model_copy(update={"retention_period": Period.parse(period)})) == years
    )


def test_parts_stand_in_the_order_of_the_schema(tmp_path: Path) -> None:
    root = root_of(written(tmp_path, plan_of(*BUNDLED, nature=Nature.SPECIAL)))

    assert names(root) == ["TosTiedot", "Luokka"]
    (process,) = root.iter(f"{TOS}KasittelyprosessiTiedot")
    assert names(process) == PROCESS
    records = list(root.iter(f"{TOS}Asiakirjatieto"))
    assert len(records) == len(BUNDLED)
    assert all(names(each) == RECORD for each in records)
    assert all(each.get(f"{TOS}id") for each in (process, *records))


@pytest.mark.parametrize(
    ("nature", "helsinki", "code", "publicity"),
    [
        (Nature.PERSONAL, False, "2", "4"),
        (Nature.SPECIAL, False, "3", "3"),
        (Nature.CRIMINAL, False, "3", "3"),
        (Nature.SPECIAL, True, "4", "3"),
        (Nature.CRIMINAL, True, "5", "3"),
    ],
)
def test_codes_of_personal_data(
    tmp_path: Path, nature: Nature, code: str, publicity: str, *, helsinki: bool
) -> None:
    path = written(tmp_path, plan_of(BUNDLED[0], nature=nature), helsinki=helsinki)

    assert set(values(path, "HenkilotietoluonneKoodi")) == {code}
    assert set(values(path, "JulkisuusluokkaKoodi")) == {publicity}
    # Who says “secret” must say how long and why.
    assert bool(values(path, "SalassapitoAikaArvo")) == (publicity == "3")
    assert bool(values(path, "SalassapitoPerusteTeksti")) == (publicity == "3")


def test_what_has_no_end_is_never_a_number_of_years(tmp_path: Path) -> None:
    opened = BUNDLED[0].model_copy(update={"retention_period": None})
    path = written(tmp_path, plan_of(opened, BUNDLED[0]))

    assert values(path, "SailytysajanPituusArvo")[:2] == ["-1", "-1"]
    assert len(values(path, "SailytysajanLaskentaperusteTeksti")) == 1


def test_a_rule_with_a_character_that_xml_lacks_is_named(tmp_path: Path) -> None:
    rule = BUNDLED[0].model_copy(update={"name": LocalizedText(fi="Nimi\x01")})

    with pytest.raises(Unwritable) as caught:
        write_jhs191(plan_of(rule), made_on=MADE_ON)

    assert caught.value.key == rule.key


def test_a_rule_of_another_system_is_a_proposal(tmp_path: Path) -> None:
    incoming = read_jhs191(keep(tmp_path / "h.xml", record(kept("10"))))

    assert incoming.policies == (
        RetentionPolicy(
            key="lausunto-laakarin",
            name=LocalizedText(fi="lausunto, lääkärin"),
            retention_period=Period(years=10),
            retention_trigger=RetentionTrigger.MATTER_CLOSED,
            disposal_action=DisposalAction.DESTROY,
            mandate=Mandate(
                citation=LocalizedText(fi="Työsopimuslaki"), certainty=Certainty.TO_BE_CONFIRMED
            ),
        ),
    )


def test_permanent_and_unknown_starts_are_understood(tmp_path: Path) -> None:
    body = kept("-1", "") + kept("20", "Rakennuksen purkaminen")
    forever, building = read_jhs191(keep(tmp_path / "h.xml", record(body))).policies

    assert forever.disposal_action is DisposalAction.RETAIN_PERMANENTLY
    assert forever.retention_period is None
    assert building.retention_trigger is RetentionTrigger.EVENT
    assert building.notes is not None
    assert "Rakennuksen purkaminen" in building.notes.fi
    assert building.key == "lausunto-laakarin-05-06-06"


def test_the_same_rule_in_many_places_is_read_once(tmp_path: Path) -> None:
    assert len(read_jhs191(keep(tmp_path / "h.xml", record(kept("10") * 3))).policies) == 1


def test_a_record_inherits_the_period_of_its_process(tmp_path: Path) -> None:
    process = """<tos:Sailytysaikatiedot>
<tos:SailytysajanPituusArvo>6</tos:SailytysajanPituusArvo></tos:Sailytysaikatiedot>"""
    body = """<tos:Asiakirjatieto tos:id="6"><tos:Sailytysaikatiedot/>
<tos:AsiakirjaluokkaTeksti>None</tos:AsiakirjaluokkaTeksti></tos:Asiakirjatieto>"""
    (rule,) = read_jhs191(keep(tmp_path / "h.xml", record(body, process=process))).policies
    assert rule.retention_period == Period(years=6)

    (rule,) = read_jhs191(keep(tmp_path / "h.xml", record("", process=process))).policies
    assert rule.name.fi == "Työllistäminen"


def test_what_is_left_out_is_told_by_line_and_element(tmp_path: Path) -> None:
    secret = "<tos:SalassapitoAikaArvo>25</tos:SalassapitoAikaArvo>"
    no_period = "<tos:Asiakirjatieto tos:id='7'/>"
    path = keep(tmp_path / "h.xml", record(kept("10", restriction=secret) + no_period))

    missing, secrecy = read_jhs191(path).remarks

    assert (secrecy.key, secrecy.line) == ("SalassapitoAikaArvo", 11)
    assert missing.line == 19


@pytest.mark.parametrize("years", ["10.0", "ten", "-2", "1e3", "10 v", "123456"])
def test_years_that_are_no_whole_number_are_refused(tmp_path: Path, years: str) -> None:
    (problem,) = refused(keep(tmp_path / "h.xml", record(kept(years))))

    assert (problem.key, problem.line) == ("SailytysajanPituusArvo", 13)
    assert problem.remedy


@pytest.mark.parametrize(
    ("element", "code"),
    [("JulkisuusluokkaKoodi", "5"), ("HenkilotietoluonneKoodi", "6"), ("JulkisuusluokkaKoodi", "")],
)
def test_an_unknown_code_is_refused(tmp_path: Path, element: str, code: str) -> None:
    restriction = f"<tos:{element}>{code}</tos:{element}>"
    (problem,) = refused(keep(tmp_path / "h.xml", record(kept("10", restriction=restriction))))

    assert (problem.key, problem.line) == (element, 11)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (f'<tos:Tos xmlns:tos="{SPACE[:-1]}6"/>', "wrong_format"),
        ("<Tos/>", "wrong_format"),
        ("<html></html>", "wrong_format"),
        ("", "not_xml"),
        ("not xml", "not_xml"),
        ("<a><b></a>", "not_xml"),
        ("\x00\x01", "not_xml"),
        (b"\xff\xfe<", "not_xml"),
        ('<?xml version="1.0" encoding="x-nonsense"?><a/>', "not_xml"),
        ('<?xml version="1.0" encoding="utf-7"?><a/>', "not_xml"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "doctype"),
        ('<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>', "doctype"),
        ('<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>', "doctype"),
        ("<a>" * 100 + "</a>" * 100, "too_large"),
    ],
)
def test_a_hostile_or_strange_file_is_refused(
    tmp_path: Path, content: str | bytes, code: str
) -> None:
    (problem,) = refused(keep(tmp_path / "h.xml", content))

    assert problem.code == code
    assert problem.message
    assert problem.remedy


def test_a_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = keep(tmp_path / "h.xml", "<a>" + "<b/>" * 1000 + "</a>")
    monkeypatch.setattr(xml_nodes, "MAX_ELEMENTS", 1000)
    assert refused(many)[0].code == "too_large"
    monkeypatch.setattr(xml_nodes, "MAX_BYTES", 4000)
    assert refused(many)[0].code == "too_large"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.xml")[0].code == "unreadable"


def test_a_tampered_rule_of_ours_is_told_by_line(tmp_path: Path) -> None:
    text = written(tmp_path, plan_of(*BUNDLED[:2])).read_text("utf-8")
    path = keep(tmp_path / "h.xml", text.replace(">destroy<", ">burn<", 1))

    (problem,) = refused(path)

    assert "burn" in path.read_text("utf-8").splitlines()[problem.line - 1]
    assert problem.key.endswith("disposal_action")


def test_two_different_rules_with_one_key_are_refused(tmp_path: Path) -> None:
    other = BUNDLED[0].model_copy(update={"code": "R99"})

    (problem,) = refused(written(tmp_path, plan_of(BUNDLED[0], other)))

    assert problem.code == "duplicate_definition"
