"""The coaching foundation's register says exactly what its printed description says."""

from collections import Counter

import pytest

from app.registers.definitions import Medium, RegisterDefinition
from app.registers.definitions.vocabulary import Deliverer, PresentedField
from app.registers.findings import FindingCode, check_register
from app.retention.policies import PolicySet

# Media of each document type, as printed, in the sections of the description. An asterisk marks
# an add-on service; “shown” is a certificate that the client presents and nobody here keeps.
MEDIA = """
                                                8.1    8.2    8.3    8.4    8.5    8.6    8.7
aktivointisuunnitelmat                          -      -      -      -      -      man    man
alkuhaastattelu                                 both   both   both   both   both   both   man
arvioinnit                                      -      -      -      -      -      man    -
fysioterapeutin lausunto                        man    man    man*   -      man    man    -
hoitoonohjaussopimus                            -      man    -      -      -      -      -
kelan päätös                                    man    -      -      -      -      -      -
kuntoutussuunnitelma                            -      both   -      -      -      -      -
kuntoutussuunnitelmat                           man    -      -      -      -      man    man
kuntoutustyöryhmän pöytäkirja                   man    -      -      -      -      -      -
loppulausunto                                   both   both   both   both   both   both   both
lääkärin lausunto                               man    man    man*   -      -      man    -
neuropsykologin lausunto                        -      man    -      -      -      man    -
ohjaajan laatima asiakaskertomus                both   both   both   both   both   atk    -
osallistumistodistus                            man    -      -      -      -      -      -
poissaolotodistukset                            man    man    shown  shown  -      man    -
päihdepoistojen yhteydessä laaditut dokumentit  man    man    man    man    man    man    man
päätökset                                       -      -      -      -      -      man    man
sairauslomatodistus                             man    man    shown  shown  -      man    -
sopimukset                                      man    man    man    man    -      man    man
sosiaalityöntekijän lausunto                    man    man    man*   -      man    man    -
suostumukset                                    man    man    man    -      man    man    man
tev-sopimus                                     -      -      man    -      -      -      -
toimintaterapeutin lausunto                     man    man    man*   -      man    man    -
tutkintotodistukset                             -      -      -      man    -      -      -
työaika seuranta                                both   both   both   both   both   both   both
työnantajan arvioinnit                          both   -      -      man    -      -      man
työnsuunnittelijan laatima asiakaskertomus      atk    atk    atk    atk    atk    atk    atk
työpäiväkirja                                   -      -      -      -      man    -      -
työsopimukset                                   -      -      -      man    -      -      -
työtodistukset                                  man    man    man    man    -      -      -
työvoimatoimiston päätökset                     -      -      man    man    -      -      -
varoitusten yhteydessä laaditut dokumentit      man    man    man    man    man    man    man
"""

# The retention rule of each pair, by its short code.
RULES = """
                                                8.1   8.2   8.3   8.4   8.5   8.6   8.7
aktivointisuunnitelmat                          -     -     -     -     -     R5    R5
alkuhaastattelu                                 R1b   R1    R2    R2    R2    R2    R2
arvioinnit                                      -     -     -     -     -     R23a  -
fysioterapeutin lausunto                        R6    R6    R7    -     R7    R7    -
hoitoonohjaussopimus                            -     R12a  -     -     -     -     -
kelan päätös                                    R22   -     -     -     -     -     -
kuntoutussuunnitelma                            -     R5    -     -     -     -     -
kuntoutussuunnitelmat                           R5    -     -     -     -     R5    R5
kuntoutustyöryhmän pöytäkirja                   R23b  -     -     -     -     -     -
loppulausunto                                   R3    R3    R4    R4    R4    R4    R4
lääkärin lausunto                               R6    R6    R7    -     -     R7    -
neuropsykologin lausunto                        -     R6    -     -     -     R7    -
ohjaajan laatima asiakaskertomus                R14b  R14   R15   R15   R15   R15   -
osallistumistodistus                            R23b  -     -     -     -     -     -
poissaolotodistukset                            R9    R9    R10   R10   -     R9    -
päihdepoistojen yhteydessä laaditut dokumentit  R21b  R21b  R21a  R21a  R21a  R21a  R21a
päätökset                                       -     -     -     -     -     R22   R22
sairauslomatodistus                             R9    R9    R10   R10   -     R9    -
sopimukset                                      R12a  R12a  R12b  R12b  -     R12b  R12b
sosiaalityöntekijän lausunto                    R8a   R8a   R8b   -     R8b   R8b   -
suostumukset                                    R13   R13   R13   -     R13   R13   R13
tev-sopimus                                     -     -     R12b  -     -     -     -
toimintaterapeutin lausunto                     R6    R6    R7    -     R7    R7    -
tutkintotodistukset                             -     -     -     R23a  -     -     -
työaika seuranta                                R17a  R17b  R17a  R16b  R17a  R17a  R17a
työnantajan arvioinnit                          R23b  -     -     R23a  -     -     R23a
työnsuunnittelijan laatima asiakaskertomus      R14b  R14   R15   R15   R15   R15   R15
työpäiväkirja                                   -     -     -     -     R23a  -     -
työsopimukset                                   -     -     -     R18   -     -     -
työtodistukset                                  R19   R19   R19   R19   -     -     -
työvoimatoimiston päätökset                     -     -     R22   R22   -     -     -
varoitusten yhteydessä laaditut dokumentit      R21b  R21b  R21a  R21a  R21a  R21a  R21a
"""

SERVICES = """
1  8.1  MT-kuntoutus
2  8.2  Kuntouttava työtoiminta
3  8.3  Tuettu työelämä- ja työelämävalmennus
4  8.4  Palkkatuettu työhönvalmennus
5  8.5  Työ- ja koulutusopimus (toppis-koulutus)
6  8.6  Työkokeilu
7  -    Työkokeilu työlinikalla
8  8.7  Työvalmennus
9  8.9  Ray
"""

CATEGORIES = """
asiakkaan nimi
henkilötunnus
osoite
puhelinnumero
alkuhaastattelu
asiakkaan koulutus- ja työhistoria
palvelumuodon valintaan vaikuttavat hoitotiedot
säätiöllä suoritetut terveystarkastukset
asiakaskertomukset
ohjaajan ja asiakkaan yhdessä läpikäymä loppuarviointi
työsuunnittelijan loppuraportti asiakassuhteen päättyessä
mahdolliset asiakkaalle annetut varoitukset ja huomautukset
mahdollisten päihdepoistojen yhteydessä laaditut dokumentit
asiakkaan paikallaolo ja poissaolo tiedot
sairausloma- ja muut poissaolotiedot
"""

Table = dict[tuple[str, str], str]


def parse(table: str) -> Table:
    """Cells by document type as printed and section, without the empty ones."""
    header, *lines = table.strip("\n").splitlines()
    sections = header.split()
    rows = [line.rsplit(maxsplit=len(sections)) for line in lines]
    return {
        (name, section): cell
        for name, *cells in rows
        for section, cell in zip(sections, cells, strict=True)
        if cell != "-"
    }


def printed_names(register: RegisterDefinition) -> dict[str, str]:
    return {kind.key: kind.printed[0] for kind in register.document_types}


def in_words(media: tuple[Medium, ...]) -> str:
    return "both" if set(media) == set(Medium) else media[0].value


def test_every_pair_of_service_and_document_type_is_as_printed(
    foundation: RegisterDefinition,
) -> None:
    names = printed_names(foundation)
    sections = {service.key: service.section or "" for service in foundation.services}

    found = {
        (names[rule.document_type], sections[rule.service]): (
            "shown" if rule.presentation_only else in_words(rule.media) + "*" * rule.add_on
        )
        for rule in foundation.storage_rules
    }

    assert found == parse(MEDIA)


def test_every_pair_has_the_retention_rule_of_its_service(
    foundation: RegisterDefinition, policies: PolicySet
) -> None:
    names = printed_names(foundation)
    sections = {service.key: service.section or "" for service in foundation.services}

    found = {
        (names[rule.document_type], sections[rule.service]): policies.policy(
            rule.retention_rule or ""
        ).code
        for rule in foundation.storage_rules
    }

    assert found == parse(RULES)


def test_113_pairs_are_stored_and_four_are_only_shown(foundation: RegisterDefinition) -> None:
    media = Counter(in_words(r.media) for r in foundation.storage_rules if r.media)

    assert media == {"both": 27, "man": 78, "atk": 8}
    assert sum(media.values()) == 113
    assert len(foundation.storage_rules) == 117


def test_the_nine_services_have_their_printed_numbers_and_sections(
    foundation: RegisterDefinition,
) -> None:
    lines = [f"{s.number}  {s.section or '-  '}  {s.printed[0]}" for s in foundation.services]

    assert lines == SERVICES.strip("\n").splitlines()


def test_the_fifteen_data_categories_stand_in_their_printed_order(
    foundation: RegisterDefinition,
) -> None:
    assert [c.printed for c in foundation.data_categories] == CATEGORIES.strip().splitlines()
    assert [c.number for c in foundation.data_categories] == [str(n) for n in range(1, 16)]


def test_there_are_32_printed_spellings_of_document_types(foundation: RegisterDefinition) -> None:
    spellings = [text for kind in foundation.document_types for text in kind.printed]

    assert len(set(spellings)) == len(spellings) == 32


@pytest.mark.parametrize("document_type", ["sairauslomatodistus", "poissaolotodistukset"])
def test_an_absence_certificate_is_shown_by_its_duration_only(
    foundation: RegisterDefinition, document_type: str
) -> None:
    with_support = foundation.storage_rule("tuettu-tyoelamavalmennus", document_type)
    with_subsidy = foundation.storage_rule("palkkatuettu-tyohonvalmennus", document_type)

    assert with_support is not None
    assert with_support.presentation_only is not None
    assert with_support.presentation_only.shown is PresentedField.DURATION
    assert with_support.presentation_only.hidden is PresentedField.DIAGNOSIS
    assert with_support.presentation_only.holder == "te-toimisto"
    assert with_subsidy is not None
    assert with_subsidy.presentation_only is not None
    assert with_subsidy.presentation_only.shown is PresentedField.DURATION
    assert with_subsidy.presentation_only.hidden is None, "the sentence is missing in print"
    assert with_subsidy.presentation_only.holder == "palkkahallinto"


@pytest.mark.parametrize("recipient", ["te-toimisto", "palkkahallinto"])
def test_the_client_takes_the_certificate_to_who_keeps_it(
    foundation: RegisterDefinition, recipient: str
) -> None:
    assert foundation.disclosure(recipient).delivered_by is Deliverer.DATA_SUBJECT


def test_ray_needs_a_separate_consent_and_nothing_else_does(
    foundation: RegisterDefinition,
) -> None:
    asking = [service.key for service in foundation.services if service.consent_required]

    assert asking == ["ray"]
    assert foundation.service("ray").consent_text is not None
    assert foundation.storage_rules_for("ray") == ()


def test_the_service_without_a_section_keeps_nothing(foundation: RegisterDefinition) -> None:
    assert foundation.storage_rules_for("tyokokeilu-tyoklinikalla") == ()
    assert foundation.storage_rule("tyokokeilu-tyoklinikalla", "alkuhaastattelu") is None


def test_the_checks_report_what_the_description_lacks(
    foundation: RegisterDefinition, policies: PolicySet
) -> None:
    found = {(f.code, f.where[-1]) for f in check_register(foundation, policies)}

    assert found >= {
        (FindingCode.CONTROLLER_CONTACT_MISSING, "saatio"),
        (FindingCode.DPO_MISSING, "data_protection_officer"),
        (FindingCode.LEGAL_BASIS_MISSING, "asiakassuhteen-hoito"),
        (FindingCode.RECIPIENTS_MISSING, "disclosures"),
        (FindingCode.TRANSFERS_MISSING, "transfers"),
        (FindingCode.RETENTION_MISSING, "henkilotunnus"),
        (FindingCode.RIGHTS_MISSING, "rights"),
        (FindingCode.CONSENT_WITHDRAWAL_MISSING, "rights"),
        (FindingCode.COMPLAINT_MISSING, "rights"),
        (FindingCode.DATA_OBLIGATION_MISSING, "asiakassuhteen-hoito"),
        (FindingCode.AUTOMATED_DECISIONS_MISSING, "automated_decisions"),
        (FindingCode.SOURCES_MISSING, "sources"),
        (FindingCode.ARTICLE_9_CONDITION_MISSING, "asiakassuhteen-hoito"),
        (FindingCode.IDENTITY_CODE_GROUND_MISSING, "henkilotunnus"),
        (FindingCode.VERSION_MISSING, "version"),
        (FindingCode.OWNER_WITHOUT_SUBSTITUTE, "owner"),
    }


def test_the_checks_report_where_the_description_contradicts_itself(
    foundation: RegisterDefinition, policies: PolicySet
) -> None:
    found = {(f.code, f.where[-1]) for f in check_register(foundation, policies)}

    assert found >= {
        (FindingCode.SERVICE_WITHOUT_DOCUMENTS, "tyokokeilu-tyoklinikalla"),
        (FindingCode.SERVICE_WITHOUT_DOCUMENTS, "ray"),
        (FindingCode.SERVICE_WITHOUT_SECTION, "tyokokeilu-tyoklinikalla"),
        (FindingCode.SECTION_GAP, "services"),
        (FindingCode.SECTION_SHIFTED, "tyovalmennus"),
        (FindingCode.SERVICE_SPELLING, "mt-kuntoutus"),
        (FindingCode.SERVICE_SPELLING, "tyo-ja-koulutussopimus"),
        (FindingCode.DOCUMENT_SPELLING, "tyoaikaseuranta"),
        (FindingCode.NEAR_DUPLICATE_NAMES, "kuntoutussuunnitelma"),
        (FindingCode.GENERIC_NAME, "paatokset"),
        (FindingCode.GENERIC_NAME, "arvioinnit"),
        (FindingCode.PRESENTATION_DIFFERS, "sairauslomatodistus"),
        (FindingCode.HIDDEN_FIELD_MISSING, "sairauslomatodistus"),
        (FindingCode.DISCLOSURE_CONSENT_UNPROVED, "palkkatuettu-tyohonvalmennus"),
        (FindingCode.CONSENT_DOCUMENT_MISSING, "ray"),
        (FindingCode.CATEGORY_PARTLY_COVERED, "varoitukset-ja-huomautukset"),
        (FindingCode.MASTER_DATA_WITHOUT_MEDIUM, "data_categories"),
    }


def places(register: RegisterDefinition, policies: PolicySet, code: FindingCode) -> set[str]:
    return {f.where[-1] for f in check_register(register, policies) if f.code is code}


def test_exactly_three_document_types_are_stored_differently_by_service(
    foundation: RegisterDefinition, policies: PolicySet
) -> None:
    assert places(foundation, policies, FindingCode.MEDIA_DIFFER) == {
        "alkuhaastattelu",
        "ohjaajan-asiakaskertomus",
        "tyonantajan-arvioinnit",
    }


def test_only_the_singular_and_the_plural_are_taken_for_near_duplicates(
    foundation: RegisterDefinition, policies: PolicySet
) -> None:
    assert places(foundation, policies, FindingCode.NEAR_DUPLICATE_NAMES) == {
        "kuntoutussuunnitelma"
    }


def test_three_data_categories_have_no_document(
    foundation: RegisterDefinition, policies: PolicySet
) -> None:
    assert places(foundation, policies, FindingCode.CATEGORY_WITHOUT_DOCUMENTS) == {
        "terveystarkastukset",
        "loppuarviointi",
        "loppuraportti",
    }


def test_eighteen_document_types_belong_to_no_data_category(
    foundation: RegisterDefinition, policies: PolicySet
) -> None:
    homeless = places(foundation, policies, FindingCode.DOCUMENT_WITHOUT_CATEGORY)

    assert len(homeless) == 18
    assert homeless > {"sopimukset", "suostumukset", "kelan-paatos", "loppulausunto"}
