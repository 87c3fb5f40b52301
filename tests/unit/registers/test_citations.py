"""Sections of laws, written once in Finnish or Swedish, said in three languages."""

import pytest

from app.registers.definitions.citations import section_words, statute_words
from app.registers.definitions.parts import Statute
from app.retention.definition_models import LocalizedText
from app.web.i18n import language

CASES = [
    ("29 §", "29 §", "29 §", "section 29"),
    ("24 a §", "24 a §", "24 a §", "section 24 a"),
    ("12–14 §", "12–14 §", "12–14 §", "sections 12–14"),
    ("4 ja 5 §", "4 ja 5 §", "4 och 5 §", "sections 4 and 5"),
    ("4, 6 ja 31 §", "4, 6 ja 31 §", "4, 6 och 31 §", "sections 4, 6 and 31"),
    ("4 §, 6 §, 31 §", "4 §, 6 §, 31 §", "4 §, 6 §, 31 §", "section 4, section 6, section 31"),
    ("2 luku 10 §", "2 luku 10 §", "2 kap. 10 §", "chapter 2, section 10"),
    ("6 luvun 7 §", "6 luvun 7 §", "6 kap. 7 §", "chapter 6, section 7"),
    (
        "24 § 1 mom. 25 ja 32 kohta",
        "24 § 1 mom. 25 ja 32 kohta",
        "24 § 1 mom. 25 och 32 punkten",
        "section 24, subsection 1, paragraphs 25 and 32",
    ),
    (
        "24 §:n 1 momentin 25 kohta",
        "24 §:n 1 momentin 25 kohta",
        "24 § 1 mom. 25 punkten",
        "section 24, subsection 1, paragraph 25",
    ),
    (
        "4 § 4 punkten och 6 § 8 punkten",
        "4 § 4 kohta ja 6 § 8 kohta",
        "4 § 4 punkten och 6 § 8 punkten",
        "section 4, paragraph 4 and section 6, paragraph 8",
    ),
    (
        "2 luku 10 §, 3 luku 1 §",
        "2 luku 10 §, 3 luku 1 §",
        "2 kap. 10 §, 3 kap. 1 §",
        "chapter 2, section 10; chapter 3, section 1",
    ),
]
# What nobody can be sure of is not touched.
AS_WRITTEN = [
    "",
    "s. 200",
    "liite 2",
    "10 § ja liite 2",
    "10 §, viimeinen virke",
    "§",
    "luku §",
    "1.2 §",
]


@pytest.mark.parametrize(("written", "fi", "sv", "en"), CASES)
def test_a_section_is_said_in_each_language(written: str, fi: str, sv: str, en: str) -> None:
    for code, said in (("fi", fi), ("sv", sv), ("en", en)):
        with language(code):
            assert section_words(written) == said


@pytest.mark.parametrize("written", AS_WRITTEN)
@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_what_cannot_be_read_stays_as_it_is_written(written: str, code: str) -> None:
    with language(code):
        assert section_words(written) == written


def test_a_law_is_cited_as_each_language_does() -> None:
    law = Statute.model_validate_json(
        '{"name": {"fi": "Kirjanpitolaki", "sv": "Bokföringslagen", "en": "Accounting Act"},'
        ' "number": "1336/1997", "section": "2 luku 10 §"}'
    )

    said = {}
    for code in ("fi", "sv", "en"):
        with language(code):
            said[code] = statute_words(law)

    assert said == {
        "fi": "Kirjanpitolaki 1336/1997 2 luku 10 §",
        "sv": "Bokföringslagen 1336/1997 2 kap. 10 §",
        "en": "Accounting Act 1336/1997, chapter 2, section 10",
    }


@pytest.mark.parametrize("number", ["1301/2014", "(EU) 2021/1060", "(EU) 1303/2013"])
def test_an_act_of_finland_or_of_the_union_is_cited_with_its_number(number: str) -> None:
    law = Statute(name=LocalizedText(fi="Yleisasetus"), number=number)

    assert statute_words(law) == f"Yleisasetus {number}"
