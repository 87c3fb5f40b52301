"""The steps of a response deadline as a page shows them: name, sentence, source of law."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.requests.explain import explain
from app.requests.rules import DeadlineStep, StepCode
from app.web.i18n import lazy_gettext as _l

_NAMES = {
    StepCode.RULE: _l("Rule"),
    StepCode.RECEIVED: _l("Receipt"),
    StepCode.RECEIPT_DAY_STANDS: _l("Receipt"),
    StepCode.EXTENDED: _l("Extension"),
    StepCode.MONTH_END: _l("End of the month"),
    StepCode.PERIOD_END: _l("Calculation"),
    StepCode.ASKED_LATE: _l("Question to the person"),
    StepCode.ASKED_AFTER_DUE: _l("Question to the person"),
    StepCode.ANSWERED_BEFORE_RECEIPT: _l("Question to the person"),
    StepCode.COUNTED_FROM_RECEIPT: _l("Question to the person"),
    StepCode.SUSPENDED: _l("Suspension"),
    StepCode.RESTART_EARLIER: _l("Suspension"),
    StepCode.CLOCK_STOPPED: _l("Suspension"),
    StepCode.PASSED_OVER: _l("Not a working day"),
    StepCode.DUE: _l("Deadline"),
    StepCode.NOTICE_BY: _l("Notice to the person"),
    StepCode.NOTICE_BY_WHILE_STOPPED: _l("Notice to the person"),
}

_SUSPENSION = _l("GDPR Article 12(6) and recital 63; EDPB Guidelines 01/2022, section 5.3")
# The sentence of the rule names its law itself.
_SOURCES = {
    StepCode.RECEIPT_DAY_STANDS: _l("Regulation 1182/71, Article 3"),
    StepCode.EXTENDED: _l("GDPR Article 12(3)"),
    StepCode.MONTH_END: _l("Regulation 1182/71, Article 3(2)(c)"),
    StepCode.ASKED_LATE: _SUSPENSION,
    StepCode.ASKED_AFTER_DUE: _SUSPENSION,
    StepCode.SUSPENDED: _SUSPENSION,
    StepCode.RESTART_EARLIER: _SUSPENSION,
    StepCode.CLOCK_STOPPED: _SUSPENSION,
    StepCode.PASSED_OVER: _l("Regulation 1182/71, Article 3(4)"),
    StepCode.NOTICE_BY: _l("GDPR Article 12(3) and (4)"),
    StepCode.NOTICE_BY_WHILE_STOPPED: _l("GDPR Article 12(3) and (4)"),
}


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """One step in words. `source`: None where the sentence needs none beside it."""

    name: str
    text: str
    source: str | None


def explained(steps: Sequence[DeadlineStep]) -> list[ExplainedStep]:
    """The steps in the language in use."""
    return [
        ExplainedStep(str(_NAMES[step.code]), sentence, _source(step))
        for step, sentence in zip(steps, explain(steps), strict=True)
    ]


def _source(step: DeadlineStep) -> str | None:
    source = _SOURCES.get(step.code)
    return None if source is None else str(source)
