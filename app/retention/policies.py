"""Retention rules as the organisation writes them in `retention_policies/*.yaml`.

A rule says how long, from what event, what happens then and on whose authority. Every period is
editable data: a rule whose mandate nobody has confirmed is marked so wherever it is shown. Dates
are computed from a rule by `app.retention.rules`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from app.calendar.periods import (
    PERIOD_PATTERN,
    BadPeriod,
    DateOutOfRange,
    Period,
    add_period,
)
from app.retention.definition_files import (
    DefinitionError,
    DefinitionFile,
    DefinitionProblem,
    Loc,
    definition_paths,
    quoted,
    read_definition_file,
)
from app.retention.definition_models import (
    Definition,
    Key,
    LocalizedText,
    StrictModel,
    Text,
    located_texts,
    refused,
)
from app.retention.definition_validation import validate
from app.retention.rules import CutOff, DisposalAction, RetentionTerms
from app.retention.triggers import RetentionTrigger, said_trigger
from app.web.i18n import gettext as _

KIND = "retention_policies"

# No document of today is counted from a later day.
_LATEST_START = date(2200, 12, 31)


class Certainty(StrEnum):
    """How well the source of a period is known."""

    VERIFIED = "verified"
    TO_BE_CONFIRMED = "to_be_confirmed"


def _parse_period(value: object) -> object:
    if isinstance(value, Period):
        return value
    try:
        return Period.parse(value if isinstance(value, str) else "")
    except BadPeriod as error:
        raise refused(
            _("“%(value)s” is not a period.", value=quoted(value)),
            _(
                "Write it as P and whole numbers: P10Y for ten years, P6M for months, P2W for "
                "weeks, P30D for days, PT48H for hours, or P0D for no time at all. Weeks are not "
                "mixed with other units, and no number is larger than 99999."
            ),
        ) from error


PeriodText = Annotated[
    Period,
    BeforeValidator(_parse_period),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": PERIOD_PATTERN, "examples": ["P10Y", "PT72H"]}),
]


class Mandate(StrictModel):
    """The authority behind a rule, and who in the organisation has confirmed it, by role."""

    citation: LocalizedText
    certainty: Certainty
    confirmed_by: Text | None = None
    confirmed_on: date | None = None
    source: Text | None = None

    @model_validator(mode="after")
    def _confirmation_is_whole(self) -> Self:
        if (self.confirmed_by is None) != (self.confirmed_on is None):
            raise refused(
                _("A confirmation has a role and a day; one of them is missing."),
                _("Give both “confirmed_by” and “confirmed_on”, or neither."),
            )
        return self

    @property
    def is_settled(self) -> bool:
        """Whether the period may be relied on: read in its source, or confirmed by a person."""
        return self.certainty is Certainty.VERIFIED or self.confirmed_on is not None


def _check_event(trigger: RetentionTrigger | None, text: LocalizedText | None) -> None:
    """Only the open trigger is told in words. Raises `refused`."""
    if text is not None and trigger is not RetentionTrigger.EVENT:
        raise refused(
            _("Only the trigger “event” is told in words of your own."),
            _("Write “retention_trigger: event”, or leave “trigger_text” out."),
        )


class Alternative(StrictModel):
    """How long instead, where `condition` holds: a period, words, or for ever.

    The program cannot know whether the condition holds; a person does.
    """

    condition: LocalizedText
    retention_period: PeriodText | None = None
    criteria: LocalizedText | None = None
    permanent: bool = False
    retention_trigger: RetentionTrigger | None = None
    trigger_text: LocalizedText | None = None

    @model_validator(mode="after")
    def _says_how_long(self) -> Self:
        said = (self.retention_period is not None, self.criteria is not None, self.permanent)
        if sum(said) != 1:
            raise refused(
                _("An alternative says in one way how long."),
                _("Give one of “retention_period”, “criteria” and “permanent: true”."),
            )
        if (self.retention_period is None) != (self.retention_trigger is None):
            raise refused(
                _("A period is counted from something, and only a period is."),
                _("Give “retention_period” and “retention_trigger” together."),
            )
        _check_event(self.retention_trigger, self.trigger_text)
        return self

    @property
    def trigger_words(self) -> str:
        """What its clock waits for, in the language in use; empty where nothing is counted."""
        return said_trigger(self.retention_trigger, self.trigger_text)

    def terms(self) -> RetentionTerms:
        """What decides the date of a period where the condition holds; a person reviews then."""
        return RetentionTerms(self.retention_period, disposal_action=DisposalAction.REVIEW)


class RetentionPolicy(Definition):
    """One retention rule.

    `retention_period` None with the action retain_permanently: for ever. None with
    `until_further_notice` or with `criteria`, the time in words (GDPR Art. 13(2)(a)): no date
    follows, and a person decides. None with none of these: the period is still to be set. In each
    case nothing becomes due. `criteria` beside a period is what must hold as well when it has
    passed, and `alternatives` are other lengths under a condition: the date of the period stays,
    and a person decides then (see `action_for_documents`). `trigger_text`: what the event is.
    `is_minimum`: the law says "at least", and so do the notice and the pages. `review_period` is
    the longest time between two reviews of whether the document is still needed.
    """

    key: Key
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[0-9]{1,3}[a-z]?$")] | None = None
    name: LocalizedText
    retention_period: PeriodText | None = None
    is_minimum: bool = False
    until_further_notice: bool = False
    criteria: LocalizedText | None = None
    alternatives: tuple[Alternative, ...] = ()
    retention_trigger: RetentionTrigger
    trigger_text: LocalizedText | None = None
    cut_off: CutOff = CutOff.NONE
    disposal_action: DisposalAction
    review_period: PeriodText | None = None
    mandate: Mandate
    notes: LocalizedText | None = None

    @model_validator(mode="after")
    def _permanent_has_no_period(self) -> Self:
        if self.retention_period and self.disposal_action is DisposalAction.RETAIN_PERMANENTLY:
            raise refused(
                _("What is kept permanently has no retention period."),
                _("Leave “retention_period” out, or choose another action."),
            )
        return self

    @model_validator(mode="after")
    def _one_way_to_say_how_long(self) -> Self:
        if self.until_further_notice and self.retention_period is not None:
            raise refused(
                _("A period and “until further notice” contradict each other."),
                _("Keep “retention_period” or “until_further_notice”."),
            )
        _check_event(self.retention_trigger, self.trigger_text)
        if self.is_minimum and self.retention_period is None:
            raise refused(
                _("“At least” needs a period."),
                _("Give “retention_period”, or leave “is_minimum” out."),
            )
        return self

    @property
    def is_period_open(self) -> bool:
        """Whether the period is still to be set by a person."""
        permanent = self.disposal_action is DisposalAction.RETAIN_PERMANENTLY
        said = permanent or self.until_further_notice or self.criteria is not None
        return self.retention_period is None and not said

    @property
    def trigger_words(self) -> str:
        """The trigger in the language in use."""
        return said_trigger(self.retention_trigger, self.trigger_text)

    @property
    def names_its_event(self) -> bool:
        """Whether the event is told in words, so that no document tells its day."""
        return self.trigger_text is not None

    @property
    def is_conditional(self) -> bool:
        """Whether the period alone does not decide: a condition or alternatives stand beside it."""
        return bool((self.retention_period and self.criteria) or self.alternatives)

    @property
    def action_for_documents(self) -> DisposalAction:
        """What the program has people do with a document when its date has come.

        Where a condition or an alternative has to be looked at, nothing is destroyed by the date
        alone: it is reviewed.
        """
        permanent = self.disposal_action is DisposalAction.RETAIN_PERMANENTLY
        if self.is_conditional and not permanent:
            return DisposalAction.REVIEW
        return self.disposal_action

    def terms(self, financial_year_end: tuple[int, int] = (12, 31)) -> RetentionTerms:
        """What decides the date, for `app.retention.rules.retention_date`."""
        return RetentionTerms(
            period=self.retention_period,
            cut_off=self.cut_off,
            disposal_action=self.action_for_documents,
            financial_year_end=financial_year_end,
        )


class PolicyFile(StrictModel):
    """The content of one file of retention rules; its texts are in the first language at least."""

    kind: Literal["retention_policies"]
    schema_version: Literal[1]
    languages: Annotated[tuple[Literal["fi", "sv", "en"], ...], Field(min_length=1)] = ("fi",)
    title: LocalizedText
    rules: tuple[RetentionPolicy, ...]


# Retention rules by their key.
Policies = Mapping[str, RetentionPolicy]


@dataclass(frozen=True)
class PolicySet:
    """All retention rules that are in use, by key."""

    policies: Policies

    @classmethod
    def of(cls, policies: Iterable[RetentionPolicy]) -> Self:
        """A set of the given rules."""
        return cls(MappingProxyType({policy.key: policy for policy in policies}))

    def __iter__(self) -> Iterator[RetentionPolicy]:
        return iter(self.policies.values())

    def __len__(self) -> int:
        return len(self.policies)

    def __contains__(self, key: object) -> bool:
        return key in self.policies

    def policy(self, key: str) -> RetentionPolicy:
        """The rule with this key. Raises KeyError."""
        return self.policies[key]

    def find(self, key: str | None) -> RetentionPolicy | None:
        """The rule with this key; None where there is none."""
        return self.policies.get(key) if key is not None else None


def load_policies(*paths: Path) -> PolicySet:
    """The rules of all files that `paths` (files or folders) stand for.

    Raises DefinitionError with the problems of every file; then no rule is loaded.
    """
    found: dict[str, RetentionPolicy] = {}
    problems: list[DefinitionProblem] = []
    for path in chain.from_iterable(map(definition_paths, paths)):
        try:
            file = read_definition_file(path, [KIND])
            content = validate(file, PolicyFile)
            rules = content.rules
            problems.extend(_unsaid(file, content))
            problems.extend(_unending(file, content))
        except DefinitionError as error:
            problems.extend(error.problems)
            continue
        problems.extend(_add(file, rules, found))
    if problems:
        raise DefinitionError(problems)
    return PolicySet.of(found.values())


def _unsaid(file: DefinitionFile, content: PolicyFile) -> Iterator[DefinitionProblem]:
    """Texts that are not in the first language of the file."""
    first = content.languages[0]
    for loc, text in located_texts(content, ()):
        if getattr(text, first) is None:
            yield file.problem(
                "missing_key",
                (*loc, first),
                _("The text is missing in the first language of the file."),
                _("Add it; or name the language in which texts are written: “languages: [sv]”."),
            )


def _unending(file: DefinitionFile, content: PolicyFile) -> Iterator[DefinitionProblem]:
    """Periods that lead out of the calendar, so that no document could be logged under them."""
    for number, rule in enumerate(content.rules):
        periods: dict[Loc, Period | None] = {
            ("retention_period",): rule.retention_period,
            ("review_period",): rule.review_period,
        }
        for place, alternative in enumerate(rule.alternatives):
            periods["alternatives", place, "retention_period"] = alternative.retention_period
        for loc, period in periods.items():
            if period is not None and not _ends(period):
                yield file.problem(
                    "bad_value",
                    ("rules", number, *loc),
                    _("The period leads past the year 9999."),
                    _("Give a shorter one, or say that it is kept permanently."),
                )


def _ends(period: Period) -> bool:
    try:
        add_period(_LATEST_START, period)
    except DateOutOfRange:
        return False
    return True


def _add(
    file: DefinitionFile, rules: Iterable[RetentionPolicy], found: dict[str, RetentionPolicy]
) -> Iterator[DefinitionProblem]:
    for number, rule in enumerate(rules):
        if rule.key in found:
            yield file.problem(
                "duplicate_definition",
                ("rules", number, "key"),
                _("There is already a retention rule “%(key)s”.", key=rule.key),
                _("Give this rule a key of its own, or remove one of the two."),
            )
        found[rule.key] = rule
