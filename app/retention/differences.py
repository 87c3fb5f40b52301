"""What changed between two versions of a retention rule, in words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from app.retention.definition_models import LocalizedText
from app.retention.explain import ACTION_WORDS, period_in_words
from app.retention.policies import Alternative, RetentionPolicy
from app.retention.words import (
    CUT_OFF_WORDS,
    alternative_words,
    certainty_words,
    condition_words,
    further_words,
    length_words,
)
from app.web.i18n import LANGUAGES, format_date, pick
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l

_FURTHER = _l("Looked at by a person")

# Each thing that a rule says, in the order of its page, and how to say it.
_FACTS: tuple[tuple[object, Callable[[RetentionPolicy], str]], ...] = (
    (_l("Name"), lambda policy: pick(policy.name)),
    (_l("Code"), lambda policy: policy.code or ""),
    (_l("Period"), length_words),
    (_FURTHER, lambda policy: "; ".join(further_words(policy))),
    (_l("Counted from"), lambda policy: policy.trigger_words),
    (_l("Moved first"), lambda policy: str(CUT_OFF_WORDS[policy.cut_off])),
    (_l("Then"), lambda policy: str(ACTION_WORDS[policy.disposal_action])),
    (
        _l("Reviewed at least every"),
        lambda policy: period_in_words(policy.review_period) if policy.review_period else "",
    ),
    (_l("Authority"), lambda policy: pick(policy.mandate.citation)),
    (_l("Certainty"), certainty_words),
    (_l("Confirmed by"), lambda policy: policy.mandate.confirmed_by or ""),
    (_l("Confirmed on"), lambda policy: format_date(policy.mandate.confirmed_on)),
    (_l("Source that was read"), lambda policy: policy.mandate.source or ""),
    (_l("Notes"), lambda policy: pick(policy.notes)),
)

# What a rule says in languages; a change of one is a change, whoever reads it.
_TEXTS: tuple[tuple[object, Callable[[RetentionPolicy], LocalizedText | None]], ...] = (
    (_l("Name"), lambda policy: policy.name),
    (_l("Criteria"), lambda policy: policy.criteria),
    (_l("What the event is"), lambda policy: policy.trigger_text),
    (_l("Authority"), lambda policy: policy.mandate.citation),
    (_l("Notes"), lambda policy: policy.notes),
)

_ALTERNATIVE_TEXTS: tuple[tuple[object, Callable[[Alternative], LocalizedText | None]], ...] = (
    (_l("Condition"), lambda alternative: alternative.condition),
    (_l("Criteria"), lambda alternative: alternative.criteria),
    (_l("What the event is"), lambda alternative: alternative.trigger_text),
)


@dataclass(frozen=True)
class Difference:
    """One fact that changed: its name, what it was and what it is; empty where it was not said."""

    fact: str
    before: str
    after: str


def differences(before: RetentionPolicy, after: RetentionPolicy) -> list[Difference]:
    """The facts that differ, in the language in use.

    Two versions may differ only in another language than this one; then there is none here.
    """
    found = (Difference(str(fact), say(before), say(after)) for fact, say in _FACTS)
    return [each for each in found if each.before != each.after]


def all_differences(before: RetentionPolicy | None, after: RetentionPolicy) -> list[Difference]:
    """The facts that differ, texts in each of their languages; without `before`, all that is said.

    For whoever decides on a change: nothing of it stays unseen.
    """
    # A condition stands among the criteria, and each other length in rows of its own.
    in_languages = {str(fact) for fact, _text in _TEXTS} | {str(_FURTHER)}
    found = [
        Difference(str(fact), say(before) if before else "", say(after))
        for fact, say in _FACTS
        if str(fact) not in in_languages
    ]
    for fact, text in _TEXTS:
        found.extend(_by_language(str(fact), text(before) if before else None, text(after)))
    words = (condition_words(before) if before else "", condition_words(after))
    found.append(Difference(str(_FURTHER), *words))
    found.extend(_of_alternatives(before.alternatives if before else (), after.alternatives))
    return [each for each in found if each.before != each.after]


def _of_alternatives(
    before: Sequence[Alternative], after: Sequence[Alternative]
) -> Iterator[Difference]:
    """What differs in the other lengths."""
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for step, i, before_end, j, after_end in steps:
        if step == "equal":
            continue
        pairs = zip_longest(before[i:before_end], after[j:after_end])
        for place, (old, new) in enumerate(pairs):
            number = (j if new else i) + place + 1
            yield from _of_alternative(_("Other length %(number)s", number=number), old, new)


def _of_alternative(
    name: str, before: Alternative | None, after: Alternative | None
) -> Iterator[Difference]:
    """What differs between two alternatives, texts in each of their languages."""
    yield Difference(
        name,
        alternative_words(before) if before else "",
        alternative_words(after) if after else "",
    )
    for fact, text in _ALTERNATIVE_TEXTS:
        old, new = text(before) if before else None, text(after) if after else None
        yield from _by_language(f"{name}: {fact}", old, new)


def _by_language(
    fact: str, before: LocalizedText | None, after: LocalizedText | None
) -> Iterator[Difference]:
    for code, name in LANGUAGES.items():
        yield Difference(
            f"{fact} ({name})", getattr(before, code, None) or "", getattr(after, code, None) or ""
        )
