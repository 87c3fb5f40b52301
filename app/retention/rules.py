"""How long a document is kept: the last kept day and the first day on which it may be disposed of.

Decides dates only. Never reads a clock, a definition or the database, and never decides whether a
document is destroyed: holds, lists and people are the business of `app.destruction.rules`.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.calendar.periods import DateOutOfRange, Period, add_period, is_clamped
from app.calendar.steps import Step

# Any leap year: 29 February is a lawful end of a financial year and means the month's last day.
_LEAP_YEAR = 2024


class CutOff(StrEnum):
    """Where the clock is moved before it starts to run."""

    NONE = "none"
    CALENDAR_YEAR_END = "calendar_year_end"
    FINANCIAL_YEAR_END = "financial_year_end"


class DisposalAction(StrEnum):
    """What happens to a document when its retention period has ended."""

    DESTROY = "destroy"
    REVIEW = "review"
    TRANSFER = "transfer"
    RETURN_TO_CONTROLLER = "return_to_controller"
    ANONYMISE = "anonymise"
    RETAIN_PERMANENTLY = "retain_permanently"


class StepCode(StrEnum):
    """The steps by which a retention date comes about."""

    RULE = "rule"
    PERMANENT = "permanent"
    UNTIL_FURTHER_NOTICE = "until_further_notice"
    NOT_STORED = "not_stored"
    TRIGGER = "trigger"
    TRIGGER_MISSING = "trigger_missing"
    CUT_OFF = "cut_off"
    MONTH_END = "month_end"
    LAST_KEPT_DAY = "last_kept_day"
    DISPOSABLE_FROM = "disposable_from"


RetentionStep = Step[StepCode]


class BadFinancialYearEnd(ValueError):
    """A month and day that no calendar has."""


@dataclass(frozen=True, slots=True)
class RetentionTerms:
    """The part of a retention rule that decides the date.

    `period` None means permanently or until further notice: no date at all. `financial_year_end`
    is a month and a day; 29 February stands for the last day of February. Raises
    BadFinancialYearEnd.
    """

    period: Period | None
    cut_off: CutOff = CutOff.NONE
    disposal_action: DisposalAction = DisposalAction.DESTROY
    financial_year_end: tuple[int, int] = (12, 31)

    def __post_init__(self) -> None:
        month, day = self.financial_year_end
        if not (1 <= month <= 12 and 1 <= day <= monthrange(_LEAP_YEAR, month)[1]):
            raise BadFinancialYearEnd(f"no year has a month {month} with a day {day}")


@dataclass(frozen=True, slots=True)
class RetentionDate:
    """The dates that follow from the terms and the trigger; None where there is no date (yet)."""

    last_kept_day: date | None
    disposable_from: date | None
    steps: tuple[RetentionStep, ...]


def retention_date(terms: RetentionTerms, trigger_on: date | None) -> RetentionDate:
    """When a document's retention ends, and by which steps.

    The cut-off moves the trigger to the end of its year, the period is added with the month end
    clamped, and disposal is allowed from the next day; weekends and holidays play no part. P0D
    without a cut-off means that nothing is stored: what exists may go on the trigger day itself.
    A permanent rule has no date whatever its period. `trigger_on` None: the clock has not started.

    Raises DateOutOfRange past the year 9999. Sources: act 703/2023 annex and act 1336/1997 ch. 2
    s. 10 for "years from" and "years from the end of"; Reg. 1182/71 Art. 3(2)(c) for the date.
    """
    steps = [_rule_step(terms)]
    period = terms.period
    if terms.disposal_action is DisposalAction.RETAIN_PERMANENTLY or period is None:
        steps.append(_endless_step(terms))
        return RetentionDate(None, None, tuple(steps))
    if trigger_on is None:
        steps.append(Step(StepCode.TRIGGER_MISSING))
        return RetentionDate(None, None, tuple(steps))
    steps.append(Step(StepCode.TRIGGER, trigger_on))
    if period.is_zero and terms.cut_off is CutOff.NONE:
        steps.append(Step(StepCode.NOT_STORED, trigger_on))
        return RetentionDate(None, trigger_on, tuple(steps))

    start_on = cut_off_day(terms, trigger_on)
    if terms.cut_off is not CutOff.NONE:
        steps.append(Step(StepCode.CUT_OFF, start_on, {"cut_off": terms.cut_off.value}))
    last_kept_day = add_period(start_on, period)
    disposable_from = _next_day(last_kept_day)
    if is_clamped(start_on, period):
        steps.append(Step(StepCode.MONTH_END, values={"day_of_month": start_on.day}))
    values = {"period": str(period), "counted_from": start_on.isoformat()}
    steps.append(Step(StepCode.LAST_KEPT_DAY, last_kept_day, values))
    action = {"disposal_action": terms.disposal_action.value}
    steps.append(Step(StepCode.DISPOSABLE_FROM, disposable_from, action))
    return RetentionDate(last_kept_day, disposable_from, tuple(steps))


def cut_off_day(terms: RetentionTerms, trigger_on: date) -> date:
    """The day from which the period runs: the trigger itself, or the end of its year.

    A trigger on the last day of a year belongs to that year. Raises DateOutOfRange.
    """
    if terms.cut_off is CutOff.NONE:
        return trigger_on
    year_end = (12, 31)
    if terms.cut_off is CutOff.FINANCIAL_YEAR_END:
        year_end = terms.financial_year_end
    this_year = _day_in(trigger_on.year, *year_end)
    return this_year if trigger_on <= this_year else _day_in(trigger_on.year + 1, *year_end)


def _rule_step(terms: RetentionTerms) -> RetentionStep:
    values = {"disposal_action": terms.disposal_action.value, "cut_off": terms.cut_off.value}
    if terms.period is not None:
        values["period"] = str(terms.period)
    return Step(StepCode.RULE, values=values)


def _endless_step(terms: RetentionTerms) -> RetentionStep:
    if terms.disposal_action is DisposalAction.RETAIN_PERMANENTLY:
        return Step(StepCode.PERMANENT)
    return Step(StepCode.UNTIL_FURTHER_NOTICE)


def _day_in(year: int, month: int, day: int) -> date:
    if year > date.max.year:
        raise DateOutOfRange(f"the year end leads past the year {date.max.year}")
    return date(year, month, min(day, monthrange(year, month)[1]))


def _next_day(day: date) -> date:
    if day == date.max:
        raise DateOutOfRange(f"the day after {day} is past the year {date.max.year}")
    return day + timedelta(days=1)
