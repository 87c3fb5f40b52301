"""What a confirmation of a rule is about, and when it outlives a change of the rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.retention.policies import Mandate, RetentionPolicy


def with_confirmation(
    policy: RetentionPolicy, *, confirmed_by: str, confirmed_on: date, source: str | None
) -> RetentionPolicy:
    """The rule as confirmed; nothing else of it changes. Raises pydantic.ValidationError."""
    mandate = Mandate(
        citation=policy.mandate.citation,
        certainty=policy.mandate.certainty,
        confirmed_by=confirmed_by,
        confirmed_on=confirmed_on,
        source=source,
    )
    return policy.model_copy(update={"mandate": mandate})


def says_the_same(before: RetentionPolicy, after: RetentionPolicy) -> bool:
    """Whether what was confirmed is unchanged: how long, from when, what then, by which authority.

    Names, notes and translations are not part of it.
    """
    return _confirmed_part(before) == _confirmed_part(after)


def differs_beyond_confirmation(before: RetentionPolicy, after: RetentionPolicy) -> bool:
    """Whether anything but a confirmation, and the source that it names, was changed."""
    if _confirmation(after) is None and after.mandate.source != before.mandate.source:
        return True
    return _without_confirmation(before) != _without_confirmation(after)


def after_a_proposal(proposed: RetentionPolicy, last: RetentionPolicy | None) -> RetentionPolicy:
    """What a change in the browser makes of a rule's confirmation, which nobody gives with it.

    It stays as long as the rule says the same, and lapses otherwise.
    """
    given = _confirmation(last) if last and says_the_same(last, proposed) else None
    confirmed_by, confirmed_on = given or (None, None)
    return _confirmed(proposed, confirmed_by, confirmed_on)


@dataclass(frozen=True)
class ConfirmationAfter:
    """The confirmation of the rule in force, and whether the rule keeps it after a change."""

    confirmed_by: str
    confirmed_on: date
    stays: bool


def confirmation_after(
    in_force: RetentionPolicy, proposed: RetentionPolicy, *, again: bool
) -> ConfirmationAfter | None:
    """What becomes of the confirmation of a rule when a proposed change is approved.

    `again`: the rule has changed since, so that the change has to be proposed anew. None where
    nobody has confirmed the rule.
    """
    given = _confirmation(in_force)
    if given is None:
        return None
    after = after_a_proposal(proposed, in_force) if again else proposed
    return ConfirmationAfter(*given, stays=_confirmation(after) == given)


def after_a_file(
    in_file: RetentionPolicy, newest: RetentionPolicy, in_browser: Sequence[RetentionPolicy]
) -> RetentionPolicy:
    """What a file that was read anew makes of a rule.

    A file that has no confirmation does not undo one that was given in the browser, as long as it
    says the same; where it says something else, the confirmation lapses. `in_browser`: the versions
    that were made there.
    """
    given = _confirmation(newest)
    if given is None or _confirmation(in_file) is not None or not says_the_same(newest, in_file):
        return in_file
    if given not in map(_confirmation, in_browser):
        return in_file
    confirmed_by, confirmed_on = given
    return with_confirmation(
        in_file,
        confirmed_by=confirmed_by,
        confirmed_on=confirmed_on,
        source=newest.mandate.source,
    )


def _confirmation(policy: RetentionPolicy) -> tuple[str, date] | None:
    mandate = policy.mandate
    if mandate.confirmed_by is None or mandate.confirmed_on is None:
        return None
    return mandate.confirmed_by, mandate.confirmed_on


def _without_confirmation(policy: RetentionPolicy) -> RetentionPolicy:
    bare = _confirmed(policy, None, None)
    return bare.model_copy(update={"mandate": bare.mandate.model_copy(update={"source": None})})


def _confirmed(policy: RetentionPolicy, by: str | None, on: date | None) -> RetentionPolicy:
    mandate = policy.mandate.model_copy(update={"confirmed_by": by, "confirmed_on": on})
    return policy.model_copy(update={"mandate": mandate})


def _confirmed_part(policy: RetentionPolicy) -> tuple[object, ...]:
    return (
        policy.retention_period,
        policy.is_minimum,
        policy.until_further_notice,
        policy.criteria and policy.criteria.original,
        policy.alternatives,
        policy.retention_trigger,
        policy.trigger_text and policy.trigger_text.original,
        policy.cut_off,
        policy.disposal_action,
        policy.mandate.citation.original,
    )
