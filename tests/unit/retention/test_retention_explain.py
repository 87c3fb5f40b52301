"""Retention dates in words, in three languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendar.periods import Period
from app.retention.explain import explain, period_in_words
from app.retention.rules import CutOff, DisposalAction, RetentionTerms, retention_date
from app.web.i18n import language

LEAP_DAY = date(2024, 2, 29)
TEN_YEARS = RetentionTerms(Period(years=10))


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        (
            "fi",
            [
                "Sääntö R3, versio 2: 10 vuotta, sitten hävittäminen (703/2023).",
                "Säilytysajan alkamisperuste: asian sulkeminen, 29.2.2024.",
                (
                    "Kuukaudessa, jossa aika päättyy, ei ole 29. päivää, joten aika päättyy "
                    "kuukauden viimeisenä päivänä."
                ),
                "29.2.2024 + 10 vuotta = 28.2.2034, viimeinen säilytyspäivä.",
                "Asiakirjan saa hävittää aikaisintaan 1.3.2034.",
            ],
        ),
        (
            "sv",
            [
                "Regel R3, versio 2: 10 år, sedan förstöring (703/2023).",
                "Förvaringstiden börjar: asian sulkeminen, 29.2.2024.",
                "Den månad då tiden går ut saknar datumet 29, så tiden går ut månadens sista dag.",
                "29.2.2024 + 10 år = 28.2.2034, sista förvaringsdagen.",
                "Handlingen får förstöras tidigast 1.3.2034.",
            ],
        ),
        (
            "en",
            [
                "Rule R3, versio 2: 10 years, then destruction (703/2023).",
                "Trigger: asian sulkeminen, 29 Feb 2024.",
                "The month in which the period ends has no day 29, so its last day counts.",
                "29 Feb 2024 + 10 years = 28 Feb 2034, the last day of retention.",
                "The document may be destroyed on 1 Mar 2034 at the earliest.",
            ],
        ),
    ],
)
def test_a_date_is_explained_by_rule_trigger_and_sum(code: str, sentences: list[str]) -> None:
    steps = retention_date(TEN_YEARS, LEAP_DAY).steps
    with language(code):
        told = explain(steps, rule="R3, versio 2", trigger="asian sulkeminen", law="703/2023")
    assert told == sentences


def test_without_names_the_sentences_do_without() -> None:
    with language("fi"):
        told = explain(retention_date(TEN_YEARS, date(2025, 3, 14)).steps)
    assert told[:2] == [
        "Sääntö: 10 vuotta, sitten hävittäminen.",
        "Säilytysajan alkamisperusteen päivä: 14.3.2025.",
    ]


def test_a_clock_that_has_not_started_says_so() -> None:
    with language("fi"):
        named = explain(retention_date(TEN_YEARS, None).steps, trigger="asian sulkeminen")
        bare = explain(retention_date(TEN_YEARS, None).steps)
    assert named[-1].startswith("Säilytysajan alkamisperuste: asian sulkeminen. Sitä ei ole")
    assert bare[-1].endswith("joten säilytysaika ei ole alkanut.")


@pytest.mark.parametrize(
    ("terms", "ending"),
    [
        (
            RetentionTerms(None, disposal_action=DisposalAction.RETAIN_PERMANENTLY),
            ["Sääntö: pysyvä säilytys.", "Asiakirja säilytetään pysyvästi."],
        ),
        (
            RetentionTerms(None),
            [
                "Sääntö: säilytysaika vahvistamatta, sitten hävittäminen.",
                (
                    "Säilytysaikaa ei ole vahvistettu: asiakirja säilytetään, kunnes se on "
                    "vahvistettu."
                ),
            ],
        ),
        (
            RetentionTerms(Period()),
            [
                "Säilytysajan alkamisperusteen päivä: 29.2.2024.",
                "Asiakirjaa ei tallenneta; mitä siitä on säilytetty, saa hävittää heti, 29.2.2024.",
            ],
        ),
    ],
)
def test_rules_without_an_ordinary_date_are_explained(
    terms: RetentionTerms, ending: list[str]
) -> None:
    with language("fi"):
        assert explain(retention_date(terms, LEAP_DAY).steps)[-2:] == ending


def test_a_cut_off_is_explained() -> None:
    terms = RetentionTerms(Period(years=6), CutOff.CALENDAR_YEAR_END)
    with language("fi"):
        told = explain(retention_date(terms, date(2017, 4, 30)).steps)
    assert told[2] == "Aika lasketaan kyseisen vuoden päättymisestä, 31.12.2017."


@pytest.mark.parametrize(
    ("text", "fi", "sv", "en"),
    [
        ("P1Y", "1 vuosi", "1 år", "1 year"),
        ("P10Y", "10 vuotta", "10 år", "10 years"),
        ("P1M", "1 kuukausi", "1 månad", "1 month"),
        ("P2W", "2 viikkoa", "2 veckor", "2 weeks"),
        ("P1W", "1 viikko", "1 vecka", "1 week"),
        ("P1D", "1 päivä", "1 dag", "1 day"),
        ("P0D", "ei lainkaan aikaa", "ingen tid alls", "no time"),
        ("P1Y6M", "1 vuosi ja 6 kuukautta", "1 år och 6 månader", "1 year and 6 months"),
        (
            "P2Y6M10D",
            "2 vuotta, 6 kuukautta ja 10 päivää",
            "2 år, 6 månader och 10 dagar",
            "2 years, 6 months and 10 days",
        ),
    ],
)
def test_a_period_is_said_in_words(text: str, fi: str, sv: str, en: str) -> None:
    for code, words in (("fi", fi), ("sv", sv), ("en", en)):
        with language(code):
            assert period_in_words(Period.parse(text)) == words


@given(
    st.sampled_from(CutOff),
    st.sampled_from(DisposalAction),
    st.sampled_from([None, Period(), Period(months=1), Period(years=3)]),
    st.sampled_from([None, date(2024, 1, 31), LEAP_DAY]),
)
def test_every_step_has_a_sentence_that_differs_between_languages(
    cut_off: CutOff, action: DisposalAction, period: Period | None, trigger: date | None
) -> None:
    steps = retention_date(RetentionTerms(period, cut_off, action), trigger).steps
    told = {}
    for code in ("fi", "sv", "en"):
        with language(code):
            told[code] = explain(steps)
    for fi, sv, en in zip(told["fi"], told["sv"], told["en"], strict=True):
        assert len({fi, sv, en}) == 3
        assert "%(" not in fi + sv + en
