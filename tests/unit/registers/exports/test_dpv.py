"""The JSON-LD file as an RDF reader sees it: known terms only, and what the register says."""

import json
from typing import Any

import pytest
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, XSD

from app.calendar.periods import Period
from app.registers.exports.dpv import dpv_file, terms
from app.registers.exports.dpv.storage import iso_duration
from app.registers.exports.losses import ExportFormat, losses
from app.registers.exports.source import ExportSource

# rdflib's own reader of JSON-LD uses what rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

DPV = Namespace(terms.PREFIXES["dpv"])
GDPR = Namespace(terms.PREFIXES["eu-gdpr"])
PD = Namespace(terms.PREFIXES["pd"])
LOC = Namespace(terms.PREFIXES["loc"])
OWN = Namespace(terms.OWN_NAMESPACE)
LISTED = {
    "dpv": terms.DPV,
    "eu-gdpr": terms.EU_GDPR,
    "pd": terms.PD,
    "loc": terms.LOC,
}
BASE = "urn:seloste:register:taysi-rekisteri:"


def graph_of(source: ExportSource) -> Graph:
    return Graph().parse(data=dpv_file(source), format="json-ld")


@pytest.fixture
def graph(full: ExportSource) -> Graph:
    return graph_of(full)


def part(name: str) -> URIRef:
    return URIRef(BASE + name)


def unknown_terms(graph: Graph) -> set[str]:
    used = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    found = set()
    for iri in used:
        # The longest namespace: that of dpv is not the beginning of the others, they end in “#”.
        for prefix, namespace in terms.PREFIXES.items():
            if iri.startswith(namespace) and iri.removeprefix(namespace) not in LISTED[prefix]:
                found.add(iri)
        if iri.startswith("https://w3id.org/dpv") and not iri.startswith(
            tuple(terms.PREFIXES.values())
        ):
            found.add(iri)
        if iri.startswith(str(OWN)) and iri.removeprefix(str(OWN)) not in terms.OWN_TERMS:
            found.add(iri)
    return found


@pytest.mark.parametrize(
    "name", ["bundled", "documented", "examples", "full", "for_others", "silent"]
)
def test_only_terms_of_the_vocabulary_are_used(name: str, request: pytest.FixtureRequest) -> None:
    graph = graph_of(request.getfixturevalue(name))

    assert unknown_terms(graph) == set()
    assert len(graph) > 50


def test_a_term_that_is_not_listed_would_be_found(graph: Graph) -> None:
    graph.add((part("process:neuvonta"), DPV.hasRetentionPolicy, Literal("x")))
    graph.add((part("process:neuvonta"), OWN.custody, Literal("x")))

    assert unknown_terms(graph) == {str(DPV.hasRetentionPolicy), str(OWN.custody)}


def test_the_record_has_a_process_for_each_purpose(graph: Graph) -> None:
    (record,) = graph.subjects(RDF.type, DPV.ROPA)

    assert set(graph.objects(record, DPV.hasProcess)) == {
        part("process:neuvonta"),
        part("process:uutiskirje"),
    }
    assert graph.value(record, DCTERMS.created) == Literal("2026-11-26", datatype=XSD.date)
    told = {str(comment) for comment in graph.objects(record, RDFS.comment)}
    assert told == {f"Not in this file: {sentence}" for sentence in losses(ExportFormat.DPV)}


def test_a_purpose_has_its_legal_bases_people_and_data(graph: Graph) -> None:
    process = part("process:neuvonta")

    assert set(graph.objects(process, DPV.hasLegalBasis)) == {
        GDPR["A6-1-c"],
        GDPR["A6-1-e"],
        GDPR["A9-2-h"],
    }
    assert set(graph.objects(process, DPV.hasDataSubject)) == {part("subjects:asiakkaat")}
    assert set(graph.objects(process, DPV.hasPersonalData)) == {
        part("data:henkilotunnus"),
        part("data:terveys"),
    }
    assert graph.value(process, DPV.hasJurisdiction) == LOC.FI
    titles = graph.objects(graph.value(process, DPV.hasPurpose), DCTERMS.title)
    assert {str(title) for title in titles} == {"Neuvonta", "Guidance"}


def test_a_legitimate_interest_is_said_in_words(graph: Graph) -> None:
    bases = set(graph.objects(part("process:uutiskirje"), DPV.hasLegalBasis))

    interest = part("legitimate-interest:uutiskirje")
    assert bases == {GDPR["A6-1-a"], interest}
    assert GDPR["A6-1-f"] in graph.objects(interest, RDF.type)
    assert str(graph.value(interest, DCTERMS.description)) == "Tapahtumista kertominen"


@pytest.mark.parametrize(
    ("category", "types"),
    [
        ("henkilotunnus", {DPV.PersonalData, PD.OfficialID}),
        ("terveys", {DPV.SpecialCategoryPersonalData, PD.Health, PD.EthnicOrigin}),
        ("tuomiot", {DPV.PersonalData, DPV.SensitivePersonalData, PD.CriminalConviction}),
        ("sahkoposti", {DPV.PersonalData}),
    ],
)
def test_data_is_typed_by_what_it_is(graph: Graph, category: str, types: set[URIRef]) -> None:
    assert set(graph.objects(part(f"data:{category}"), RDF.type)) == types


def test_controllers_are_joint_and_the_officer_is_a_role(graph: Graph) -> None:
    process = part("process:neuvonta")
    joint = graph.value(process, DPV.hasJointDataControllers)

    controllers = {part("controller:kaupunki"), part("controller:yhdistys")}
    assert set(graph.objects(process, DPV.hasDataController)) == controllers
    assert set(graph.objects(joint, DPV.hasEntity)) == controllers
    officer = graph.value(process, DPV.hasDataProtectionOfficer)
    assert str(graph.value(officer, DPV.hasName)) == "tietosuojavastaava"
    assert str(graph.value(officer, DPV.hasContact)) == "tietosuoja@example.invalid"


def test_transfers_have_country_and_instrument(graph: Graph) -> None:
    first, second = (part(f"transfer:{number}") for number in (1, 2))

    assert graph.value(first, DPV.hasThirdCountry) == LOC.US
    assert graph.value(first, DPV.hasLegalBasis) == GDPR["A46-2-c"]
    assert graph.value(second, DPV.hasThirdCountry) is None
    assert graph.value(second, DPV.hasLegalBasis) == GDPR["A49-1-a"]
    assert set(graph.objects(part("process:neuvonta"), DPV.hasProcessing)) >= {first, second}


def test_a_right_that_does_not_apply_is_none_that_people_have(graph: Graph) -> None:
    rights = set(graph.objects(part("process:neuvonta"), DPV.hasRight))
    typed = {kind for right in rights for kind in graph.objects(right, RDF.type)} | rights

    assert {GDPR.A15, GDPR.A16, GDPR.A18} <= typed
    assert GDPR.A20 not in typed


def test_time_limits_are_durations_or_events(graph: Graph) -> None:
    ten_years = URIRef("urn:seloste:retention-rule:social-final-statement")
    duration = graph.value(ten_years, DPV.hasDuration)

    assert graph.value(duration, RDF.value) == Literal("P10Y", datatype=XSD.duration)
    assert graph.value(duration, OWN.countedFrom) == Literal("matter_closed")
    assert ten_years in graph.objects(part("process:neuvonta"), DPV.hasStorageCondition)


def test_every_kind_of_duration_of_the_bundled_rules_is_known(bundled: ExportSource) -> None:
    graph = graph_of(bundled)
    kinds = {
        str(kind).rpartition("#")[2]
        for duration in graph.objects(None, DPV.hasDuration)
        for kind in graph.objects(duration, RDF.type)
    }

    assert kinds == {"TemporalDuration", "UntilEventDuration", "IndeterminateDuration"}


def test_weeks_become_days_because_xml_schema_has_none() -> None:
    assert iso_duration(Period.parse("P2W")) == "P14D"
    assert iso_duration(Period.parse("P1Y6M")) == "P1Y6M"
    assert iso_duration(Period.parse("PT48H")) == "PT48H"


def test_paper_and_computer_are_in_terms_of_our_own(graph: Graph) -> None:
    rule = part("storage-rule:palvelu:lausunto")

    assert set(graph.objects(rule, OWN.medium)) == {Literal("computer"), Literal("paper")}
    shown = part("storage-rule:palvelu:todistus")
    assert graph.value(shown, OWN.shownOnly) == Literal("duration")
    assert graph.value(shown, OWN.holder) == part("recipient:tyonantaja")


def test_every_reference_leads_to_something_said(bundled: ExportSource) -> None:
    """A node of ours that is mentioned is also described."""
    graph = graph_of(bundled)
    mentioned = {
        term for term in graph.objects() if isinstance(term, URIRef) and term.startswith("urn:")
    }

    assert mentioned - set(graph.subjects()) == set()


def test_a_register_kept_for_others_says_what_it_does_for_them(for_others: ExportSource) -> None:
    graph = graph_of(for_others)
    (process,) = graph.subjects(RDF.type, DPV.Process)

    (processing,) = graph.objects(process, DPV.hasProcessing)
    assert "Attendance of workshops" in {str(t) for t in graph.objects(processing, DCTERMS.title)}
    assert graph.value(process, OWN.transfersMade) == Literal(False)


def test_it_needs_no_network_and_is_the_same_each_time(bundled: ExportSource) -> None:
    document: dict[str, Any] = json.loads(dpv_file(bundled))

    assert all(isinstance(meaning, str) for meaning in document["@context"].values())
    assert dpv_file(bundled) == dpv_file(bundled)
