"""Retention rules as a records plan in JHS 191 XML (TOS, schema of 2015-01-15)."""

from datetime import date
from xml.etree import ElementTree as ET

from app.retention.exchange import codes
from app.retention.exchange.exact_xml import SPACE as EXACT
from app.retention.exchange.exact_xml import rule_element
from app.retention.exchange.plan import Plan, PlanClass, PlanRecord

SPACE = "http://skeemat.jhs-suositukset.fi/tos/2015/01/15"
_IN_USE = "3"
_ACT = "toimeenpano"
_DEFAULT_REASON = "Pisin luokan asiakirjojen säilytysajoista"

# What the format cannot say. Each rule stands whole in Laajennos, for those who read it.
LOSSES = """
Whole years only: shorter periods are rounded up. Until further notice, criteria in words and an
open period are written as permanent (-1), so that nothing is destroyed.
A rule with alternatives: the longest of its periods, where every alternative is a period counted
from the same start; else permanent (-1), because one that is permanent, is told in words or has
another start may last longer than the period of the rule. A rule with a condition beside its period
is permanent (-1), because the condition has no last year. SailytysajanPerusteTeksti tells the
period, the condition and the alternatives in brackets: a person decides between them.
No place for: conditions, alternatives, "at least", the cut-off to the end of a year, the disposal
action, the review period, certainty and confirmation of the mandate, notes, languages other than
the first that a text has. Where the counting starts is free text. The rule stands whole, in the
namespace urn:x-seloste:retention-rule:1, inside Laajennos.
Secrecy of what GDPR Arts. 9 and 10 protect is a proposal: 100 years, JulkL 24.1 § 25 kohta.
"""

ET.register_namespace("tos", SPACE)
ET.register_namespace("seloste", EXACT)


def write_jhs191(plan: Plan, *, made_on: date, helsinki: bool = False) -> bytes:
    """The plan as UTF-8. `helsinki`: with codes 4 and 5 of Helsinki's own schema.

    `plan` has one class at least, as the schema wants it. Raises `Unwritable`.
    """
    root = ET.Element(_tag("Tos"))
    _information(root, plan, made_on)
    for each in plan.classes:
        _class(root, each, helsinki=helsinki)
    ET.indent(root)
    # A reader turns a bare carriage return into a line feed.
    content = ET.tostring(root, "unicode").replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!--{LOSSES}-->\n{content}\n'.encode()


def _tag(name: str) -> str:
    return f"{{{SPACE}}}{name}"


def _add(parent: ET.Element, name: str, text: str | None = None, id_: str = "") -> ET.Element:
    child = ET.SubElement(parent, _tag(name))
    child.text = text
    if id_:
        child.set(_tag("id"), id_)
    return child


def _title(parent: ET.Element, name: str, language: str = "fi") -> None:
    in_language = _add(_add(parent, "Nimeke"), "NimekeKielella")
    in_language.set(_tag("kieliKoodi"), language)
    _add(in_language, "NimekeTeksti", name)


def _information(root: ET.Element, plan: Plan, made_on: date) -> None:
    information = _add(root, "TosTiedot", id_="tos")
    _title(information, plan.title)
    _add(information, "YhteyshenkiloNimi", plan.contact)
    _add(information, "TosVersio", made_on.isoformat())
    _add(information, "TilaKoodi", _IN_USE)
    _add(information, "OrganisaatioNimi", plan.organisation)
    _add(information, "LaadittuPvm", made_on.isoformat())


def _class(root: ET.Element, each: PlanClass, *, helsinki: bool) -> None:
    element = _add(root, "Luokka", id_=each.code)
    _add(element, "Luokitustunnus", each.code)
    _title(element, each.name, each.language)
    process = _add(element, "KasittelyprosessiTiedot", id_=f"{each.code}/prosessi")
    # The class must have values of its own: those of the record that asks for most.
    _restriction(process, each.strictest, helsinki=helsinki)
    _retention(process, each.longest, _DEFAULT_REASON)
    act = _add(process, "Toimenpidetiedot", id_=f"{each.code}/{_ACT}")
    _add(act, "ToimenpideluokkaTeksti", _ACT)
    for number, record in enumerate(each.records, 1):
        element = _add(act, "Asiakirjatieto", id_=f"{each.code}/{number}")
        _restriction(element, record, helsinki=helsinki)
        _retention(element, record, codes.reason_of(record.policy))
        _add(element, "AsiakirjaluokkaTeksti", record.name)
        _add(element, "Laajennos").append(rule_element(record.policy))


def _restriction(parent: ET.Element, record: PlanRecord, *, helsinki: bool) -> None:
    element = _add(parent, "Kayttorajoitustiedot")
    publicity = codes.SECRET if record.is_secret else codes.NON_PUBLIC
    nature = record.nature if helsinki else record.nature.plain()
    _add(element, "JulkisuusluokkaKoodi", str(publicity))
    _add(element, "HenkilotietoluonneKoodi", str(int(nature)))
    if record.is_secret:
        _add(element, "SalassapitoAikaArvo", str(codes.SECRECY_YEARS))
        _add(element, "SalassapitoPerusteTeksti", codes.SECRECY_REASON)
        _add(element, "SalassapidonLaskentaperusteTeksti", codes.SECRECY_START)


def _retention(parent: ET.Element, record: PlanRecord, reason: str) -> None:
    element = _add(parent, "Sailytysaikatiedot")
    _add(element, "SailytysajanPituusArvo", str(codes.years_of(record.policy)))
    _add(element, "SailytysajanPerusteTeksti", reason)
    start = codes.start_of(record.policy)
    if start is not None:
        _add(element, "SailytysajanLaskentaperusteTeksti", start)
