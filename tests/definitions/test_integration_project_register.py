"""The integration project's register says what its printed notice of twelve fields says."""

from app.registers.definitions import (
    DisclosureBasis,
    LegalBasis,
    MarketingChannel,
    Medium,
    RegisterDefinition,
    Right,
)
from app.registers.definitions.vocabulary import RequestForm
from app.registers.findings import FindingCode, check_register
from app.retention.policies import PolicySet

HEADINGS = """
1 Rekisterinpitäjä
2 Rekisterin yhteishenkilö
3 Rekisterin nimi
4 Henkilötietojen käsittelyn tarkoitus
5 Rekisterin tietosisältö
6 Säännönmukaiset tietolähteet
7 Tietojen säännönmukaiset luovutukset
8 Tietojen siirto EU:n tai ETA:n ulkopuolelle
9 Rekisterin suojauksen periaatteet
10 Tarkastusoikeus
11 Oikeus vaatia tiedon korjaamista
12 Muut henkilötietojen käsittelyyn liittyvät oikeudet
"""

DOCUMENTS = {
    "alkukartoitus": "R27",
    "kotoutumissuunnitelma": "R27",
    "asiakassuunnitelma": "R27",
    "haastattelulomake": "R27",
    "esr-aloitusilmoitus": "R24a",
    "esr-lopetusilmoitus": "R24a",
    "luovutussuostumus": "R13",
    "markkinointilupa": "R28",
}


def test_the_twelve_printed_fields_are_there(project: RegisterDefinition) -> None:
    printed = [f"{field.number} {field.heading}" for field in project.printed_fields]

    assert printed == HEADINGS.strip().splitlines()


def test_every_document_is_kept_on_paper_under_its_rule(
    project: RegisterDefinition, policies: PolicySet
) -> None:
    (service,) = project.services
    rules = project.storage_rules_for(service.key)

    found = {r.document_type: policies.policy(r.retention_rule or "").code for r in rules}
    assert found == DOCUMENTS
    assert {rule.media for rule in rules} == {(Medium.MAN,)}


def test_sources_exchange_data_by_encrypted_mail(project: RegisterDefinition) -> None:
    assert project.sources is not None
    assert {source.key for source in project.sources} == {
        "te-palvelut",
        "kotoutumispalvelut",
        "aikuissosiaalityo",
        "tyollisyyspalvelut",
    }
    assert {s.channel.fi for s in project.sources if s.channel} == {"salattu sähköposti"}


def test_recipients_are_told_with_the_fields_that_name_them(project: RegisterDefinition) -> None:
    assert project.disclosures is not None
    assert {d.key: d.printed_in for d in project.disclosures} == {
        "kotoutumispalvelut": ("4", "7"),
        "te-palvelut": ("4", "7"),
        "kotoutumiskoulutuksen-toteuttaja": ("4",),
        "aikuissosiaalityo": ("7",),
        "tyollisyyspalvelut": ("7",),
        "eura": ("4",),
    }


def test_disclosure_rests_on_a_written_consent(project: RegisterDefinition) -> None:
    asked = [d for d in project.disclosures or () if d.basis is DisclosureBasis.CONSENT]

    assert len(asked) == 5
    assert {disclosure.consent_form for disclosure in asked} == {RequestForm.WRITTEN}


def test_nothing_leaves_the_eea(project: RegisterDefinition) -> None:
    assert project.transfers is not None
    assert not project.transfers.made


def test_rights_are_offered_in_the_printed_form_only(project: RegisterDefinition) -> None:
    access, rectification = project.right(Right.ACCESS), project.right(Right.RECTIFICATION)

    assert access is not None
    assert access.form is None
    assert rectification is not None
    assert rectification.form is RequestForm.WRITTEN
    assert len(access.addressed_to) == len(rectification.addressed_to) == 3
    assert project.right(Right.ERASURE) is None


def test_own_marketing_needs_a_written_permission_for_a_channel(
    project: RegisterDefinition,
) -> None:
    marketing = project.direct_marketing
    assert marketing is not None
    assert marketing.own is not None

    assert len(marketing.prohibited_purposes) == 7
    assert marketing.disclosed_outside is False
    assert marketing.own.permission is RequestForm.WRITTEN
    assert set(marketing.own.channels) == {
        MarketingChannel.TEXT_MESSAGE,
        MarketingChannel.EMAIL,
        MarketingChannel.LETTER,
    }


def test_no_purpose_but_marketing_has_a_legal_basis(project: RegisterDefinition) -> None:
    based = {p.key: p.legal_bases for p in project.purposes if p.legal_bases}

    assert based == {"oman-toiminnan-markkinointi": (LegalBasis.CONSENT,)}


def test_the_checks_report_what_is_outdated_contradictory_or_missing(
    project: RegisterDefinition, policies: PolicySet
) -> None:
    findings = check_register(project, policies)
    found = {(f.code, f.where[-1]) for f in findings}
    repealed = {f.params["number"] for f in findings if f.code is FindingCode.REPEALED_LAW}

    assert repealed == {"523/1999", "1386/2010"}
    assert found >= {
        (FindingCode.DPO_MISSING, "data_protection_officer"),
        (FindingCode.LEGAL_BASIS_MISSING, "palvelut-ja-asiakassuhde"),
        (FindingCode.RIGHTS_MISSING, "rights"),
        (FindingCode.CONSENT_WITHDRAWAL_MISSING, "rights"),
        (FindingCode.COMPLAINT_MISSING, "rights"),
        (FindingCode.SOURCE_OMITS_DATA_SUBJECT, "sources"),
        (FindingCode.DISCLOSURE_UNEVEN, "kotoutumiskoulutuksen-toteuttaja"),
        (FindingCode.DISCLOSURE_UNEVEN, "aikuissosiaalityo"),
        (FindingCode.DISCLOSURE_UNEVEN, "tyollisyyspalvelut"),
        (FindingCode.DISCLOSURE_UNEVEN, "eura"),
        (FindingCode.DISCLOSURE_BASIS_MISSING, "eura"),
        (FindingCode.ARTICLE_9_CONDITION_MISSING, "purposes"),
        (FindingCode.IDENTITY_CODE_GROUND_MISSING, "perustiedot"),
        (FindingCode.SAFEGUARD_ON_ONE_PERSON, "yhden-tyontekijan-jarjestelma"),
        (FindingCode.RETENTION_PERIOD_OPEN, "integration-plans-and-mappings"),
        (FindingCode.VERSION_MISSING, "version"),
    }
    missing_rights = next(f for f in findings if f.code is FindingCode.RIGHTS_MISSING)
    assert missing_rights.params["rights"] == (
        Right.ERASURE,
        Right.RESTRICTION,
        Right.OBJECTION,
        Right.PORTABILITY,
    )
