"""Response deadlines in words, in three languages."""

from datetime import date

import pytest

from app.requests.explain import EXTENSION_FAULTS, SUSPENSION_FAULTS, explain
from app.requests.rules import (
    DeadlineStep,
    ExtensionFault,
    RequestKind,
    StepCode,
    Suspension,
    SuspensionFault,
    response_deadline,
)
from app.web.i18n import language

LANGUAGES = ("fi", "sv", "en")
EASTER = response_deadline(date(2026, 3, 5)).steps


def every_step() -> list[DeadlineStep]:
    """The steps of cases that together take each step there is."""
    cases = [
        response_deadline(date(2026, 1, 31), extended=True),
        response_deadline(date(2026, 3, 5), kind=RequestKind.LOG_DATA),
        response_deadline(
            date(2026, 1, 15), suspensions=[Suspension(date(2026, 1, 15), date(2026, 2, 10))]
        ),
        response_deadline(
            date(2026, 3, 5),
            suspensions=[
                Suspension(date(2026, 2, 1), date(2026, 2, 2)),
                Suspension(date(2026, 3, 4), date(2026, 3, 6)),
                Suspension(date(2026, 3, 30), date(2026, 4, 1), asked_late=True),
                Suspension(date(2026, 8, 1)),
            ],
        ),
        response_deadline(date(2026, 3, 5), suspensions=[Suspension(date(2026, 3, 6))]),
    ]
    return [step for case in cases for step in case.steps]


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        (
            "fi",
            [
                (
                    "Määräaika on 1 kuukausi pyynnön saapumisesta (yleinen tietosuoja-asetus, "
                    "12 artiklan 3 kohta)."
                ),
                "Pyyntö saapui 5.3.2026.",
                "5.3.2026 + 1 kuukausi = 5.4.2026.",
                "5.4.2026 on pääsiäispäivä, eikä määräaika pääty sellaisena päivänä.",
                "6.4.2026 on 2. pääsiäispäivä, eikä määräaika pääty sellaisena päivänä.",
                "Viimeinen vastauspäivä on 7.4.2026.",
                (
                    "Määräajan pidentämisestä perusteineen tai kieltäytymisestä on ilmoitettava "
                    "viimeistään 7.4.2026."
                ),
            ],
        ),
        (
            "sv",
            [
                (
                    "Tidsfristen är 1 månad från det att begäran kom in (dataskyddsförordningen, "
                    "artikel 12.3)."
                ),
                "Begäran kom in 5.3.2026.",
                "5.3.2026 + 1 månad = 5.4.2026.",
                "5.4.2026 är påskdagen, och en tidsfrist går inte ut en sådan dag.",
                "6.4.2026 är annandag påsk, och en tidsfrist går inte ut en sådan dag.",
                "Sista dagen att svara är 7.4.2026.",
                (
                    "En förlängning med skälen till den, eller en vägran, ska meddelas senast "
                    "7.4.2026."
                ),
            ],
        ),
        (
            "en",
            [
                (
                    "The deadline is 1 month from receipt (General Data Protection Regulation, "
                    "Article 12(3))."
                ),
                "The request was received on 5 Mar 2026.",
                "5 Mar 2026 + 1 month = 5 Apr 2026.",
                "5 Apr 2026 is Easter Sunday, and a period does not end on such a day.",
                "6 Apr 2026 is Easter Monday, and a period does not end on such a day.",
                "The last day to answer is 7 Apr 2026.",
                (
                    "An extension with its reasons, or a refusal, must be told on 7 Apr 2026 at "
                    "the latest."
                ),
            ],
        ),
    ],
)
def test_a_deadline_is_explained_with_the_holidays_it_passes(
    code: str, sentences: list[str]
) -> None:
    with language(code):
        assert explain(EASTER) == sentences


def test_the_cases_below_take_every_step() -> None:
    assert {step.code for step in every_step()} == set(StepCode)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_step_has_a_sentence_with_everything_filled_in(code: str) -> None:
    with language(code):
        for sentence in explain(every_step()):
            assert sentence.endswith(".")
            assert "%(" not in sentence
            assert "2026-" not in sentence


def test_every_sentence_differs_between_the_languages() -> None:
    told = {}
    for code in LANGUAGES:
        with language(code):
            told[code] = explain(every_step())
    for step, *sentences in zip(every_step(), *told.values(), strict=True):
        assert len(set(sentences)) == 3, step


def test_a_suspension_of_one_day_is_told_in_the_singular() -> None:
    waits = [Suspension(date(2026, 3, 4), date(2026, 3, 5))]
    steps = response_deadline(date(2026, 3, 2), suspensions=waits).steps
    with language("fi"):
        assert (
            "Määräaika oli keskeytyneenä 4.3.2026–5.3.2026, 1 päivän, joten se päättyy 3.4.2026."
            in explain(steps)
        )


@pytest.mark.parametrize("code", ["fi", "sv"])
def test_every_fault_is_told_in_the_language(code: str) -> None:
    with language("en"):
        english = {str(text) for text in (*EXTENSION_FAULTS.values(), *SUSPENSION_FAULTS.values())}
    with language(code):
        told = {str(text) for text in (*EXTENSION_FAULTS.values(), *SUSPENSION_FAULTS.values())}
    assert set(EXTENSION_FAULTS) == set(ExtensionFault)
    assert set(SUSPENSION_FAULTS) == set(SuspensionFault)
    assert not told & english
