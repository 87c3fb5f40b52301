"""Dates of the law on the command line: response deadlines and retention, with their reasons.

Needs no installation and no database. Days are typed, and given in JSON, as in ISO 8601.
"""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import click

from app.calendar.finland import FIRST_YEAR, LAST_YEAR
from app.calendar.periods import BadPeriod, DateOutOfRange, Period
from app.calendar.steps import Step
from app.cli.options import json_option, language_option
from app.requests.explain import EXTENSION_FAULTS, SUSPENSION_FAULTS
from app.requests.explain import explain as explain_deadline
from app.requests.rules import (
    BadSuspension,
    Deadline,
    ExtensionFault,
    ExtensionNotAvailable,
    RequestKind,
    Suspension,
    response_deadline,
)
from app.retention.explain import explain as explain_retention
from app.retention.rules import (
    BadFinancialYearEnd,
    CutOff,
    RetentionDate,
    RetentionTerms,
    retention_date,
)
from app.web.i18n import format_date, language
from app.web.i18n import gettext as _

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH_DAY = re.compile(r"(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_KINDS = [RequestKind.ACCESS.value, RequestKind.LOG_DATA.value]
_CUT_OFFS = [cut_off.value for cut_off in CutOff]


@click.command()
@click.option("--received", required=True, metavar="YYYY-MM-DD", help="Day of receipt.")
@click.option("--extended", is_flag=True, help="The deadline was validly extended.")
@click.option(
    "--suspended",
    "suspended",
    multiple=True,
    metavar="ASKED..[ANSWERED]",
    help="More was asked of the person, and answered; without an answer the clock is stopped. "
    "May be given several times.",
)
@click.option("--eve-rule", is_flag=True, help="Count Christmas Eve as a holiday.")
@click.option(
    "--kind",
    type=click.Choice(_KINDS),
    default=RequestKind.ACCESS.value,
    show_default=True,
    help="log_data: two months; access stands for every request under GDPR Articles 15-22.",
)
@language_option
@json_option
def deadline(
    received: str,
    suspended: tuple[str, ...],
    kind: str,
    code: str,
    *,
    extended: bool,
    eve_rule: bool,
    as_json: bool,
) -> None:
    """Show by which day a data subject's request must be answered, and why.

    Exit codes: 0 computed, 2 the input cannot be used.
    """
    with language(code):
        received_on = _day("--received", received)
        suspensions = [_suspension(text) for text in suspended]
        try:
            result = response_deadline(
                received_on,
                extended=extended,
                suspensions=suspensions,
                eve_rule=eve_rule,
                kind=RequestKind(kind),
            )
        except BadSuspension as error:
            raise _unusable("--suspended", str(SUSPENSION_FAULTS[error.fault])) from error
        except ExtensionNotAvailable as error:
            message = _(
                "%(rule)s Leave --extended out.",
                rule=str(EXTENSION_FAULTS[ExtensionFault.NOT_AVAILABLE]),
            )
            raise _unusable("--extended", message) from error
        except DateOutOfRange as error:
            message = _(
                "The deadline leads out of the years %(first)d to %(last)d, whose holidays are "
                "known. Check the days of --received and --suspended.",
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
            raise _unusable("--received", message) from error
        _print_deadline(result, as_json=as_json)


@click.group("retention")
def retention_group() -> None:
    """Retention rules: how long documents are kept."""


@retention_group.command("explain")
@click.option("--period", required=True, metavar="P10Y", help="Retention period, ISO 8601.")
@click.option("--trigger", required=True, metavar="YYYY-MM-DD", help="Day of the trigger.")
@click.option(
    "--cut-off",
    type=click.Choice(_CUT_OFFS),
    default=CutOff.NONE.value,
    show_default=True,
    help="Move the trigger to the end of its year first.",
)
@click.option(
    "--financial-year-end",
    default="12-31",
    metavar="MM-DD",
    show_default=True,
    help="Last day of the financial year, for --cut-off financial_year_end.",
)
@language_option
@json_option
def explain_command(
    period: str,
    trigger: str,
    cut_off: str,
    financial_year_end: str,
    code: str,
    *,
    as_json: bool,
) -> None:
    """Show how long a document is kept, and why.

    Exit codes: 0 computed, 2 the input cannot be used.
    """
    with language(code):
        terms = _terms(period, cut_off, financial_year_end)
        trigger_on = _day("--trigger", trigger)
        try:
            result = retention_date(terms, trigger_on)
        except DateOutOfRange as error:
            message = _(
                "%(trigger)s and %(period)s lead past the year 9999, where the calendar ends. Give "
                "a shorter period.",
                trigger=trigger,
                period=period,
            )
            raise _unusable("--period", message) from error
        _print_retention(result, as_json=as_json)


def _print_deadline(result: Deadline, *, as_json: bool) -> None:
    sentences = explain_deadline(result.steps)
    if as_json:
        _print_json({"due": result.due, "notice_by": result.notice_by}, result.steps, sentences)
        return
    due = format_date(result.due) or _("none, the clock is stopped")
    _print_text(_("Last day to answer"), due, sentences)


def _print_retention(result: RetentionDate, *, as_json: bool) -> None:
    sentences = explain_retention(result.steps)
    dates = {"last_kept_day": result.last_kept_day, "disposable_from": result.disposable_from}
    if as_json:
        _print_json(dates, result.steps, sentences)
        return
    last = format_date(result.last_kept_day) or _("none, not stored")
    _print_text(_("Last day of retention"), last, sentences)


def _print_json(
    dates: dict[str, date | None], steps: Sequence[Step[Any]], sentences: Sequence[str]
) -> None:
    answer: dict[str, Any] = {key: day and day.isoformat() for key, day in dates.items()}
    answer["steps"] = [
        {**step.as_data(), "text": text} for step, text in zip(steps, sentences, strict=True)
    ]
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def _print_text(name: str, value: str, sentences: Sequence[str]) -> None:
    click.echo(f"{name}: {value}")
    for sentence in sentences:
        click.echo(f"- {sentence}")


def _day(option: str, text: str) -> date:
    try:
        if _ISO_DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        message = _(
            "“%(text)s” is not a day of the calendar. Check the month and the day.", text=text
        )
        raise _unusable(option, message) from None
    message = _("“%(text)s” is not written as a day. Write it as 2026-03-05.", text=text)
    raise _unusable(option, message)


def _suspension(text: str) -> Suspension:
    option = "--suspended"
    asked, dots, answered = text.partition("..")
    if not dots:
        message = _(
            "“%(text)s” is not a suspension. Write the day of asking, two dots and the day of the "
            "answer (2026-03-04..2026-03-18), or nothing after the dots while waiting.",
            text=text,
        )
        raise _unusable(option, message)
    asked_on = _day(option, asked)
    answered_on = _day(option, answered) if answered else None
    try:
        return Suspension(asked_on, answered_on)
    except BadSuspension as error:
        raise _unusable(option, f"{text}: {SUSPENSION_FAULTS[error.fault]}") from error


def _period(option: str, text: str) -> Period:
    try:
        return Period.parse(text)
    except BadPeriod as error:
        message = _(
            "“%(text)s” is not a period in whole years, months, weeks or days. Write it as in "
            "ISO 8601: P10Y, P6M, P2W, P30D, P1Y6M, or P0D for no time at all.",
            text=text,
        )
        raise _unusable(option, message) from error


def _terms(period: str, cut_off: str, financial_year_end: str) -> RetentionTerms:
    length = _period("--period", period)
    match = _MONTH_DAY.fullmatch(financial_year_end)
    if match is not None:
        year_end = int(match["month"]), int(match["day"])
        with suppress(BadFinancialYearEnd):
            return RetentionTerms(length, CutOff(cut_off), financial_year_end=year_end)
    message = _(
        "“%(text)s” is not a month and a day of the calendar. Write them as 04-30.",
        text=financial_year_end,
    )
    raise _unusable("--financial-year-end", message)


def _unusable(option: str, message: str) -> click.UsageError:
    return click.UsageError(f"{option}: {message}", click.get_current_context())
