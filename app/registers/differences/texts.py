"""The words for a change, in the language in use."""

from typing import Any

from app.registers.definitions.names import field_word, part_word
from app.registers.differences.model import Audience, Change, ChangeKind
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l

AUDIENCE_WORDS: dict[Audience, Any] = {
    Audience.CLIENTS: _l("For clients"),
    Audience.STAFF: _l("For staff"),
    Audience.RECORD: _l("For the record"),
}

_SENTENCES: dict[ChangeKind, Any] = {
    ChangeKind.ADDED: _l("New: %(part)s %(name)s"),
    ChangeKind.REMOVED: _l("Gone: %(part)s %(name)s"),
    ChangeKind.CHANGED: _l("Changed: %(part)s %(name)s"),
    ChangeKind.REORDERED: _l("In another order: %(part)s"),
    ChangeKind.TRANSLATED: _l("Said in other words in translation: %(part)s %(name)s"),
    ChangeKind.MERGED: _l("Merged into another type: %(part)s %(name)s"),
    ChangeKind.ALLOWED: _l("New document types in the service %(name)s"),
    ChangeKind.DISALLOWED: _l("Document types that the service %(name)s keeps no more"),
    ChangeKind.STORED_OTHERWISE: _l("Kept otherwise: %(name)s"),
    ChangeKind.KEPT_LONGER: _l("Kept longer: %(name)s"),
    ChangeKind.KEPT_SHORTER: _l("Kept for a shorter time: %(name)s"),
    ChangeKind.KEPT_OTHERWISE: _l("Retention time changed: %(name)s"),
}


def explain_change(change: Change) -> str:
    """A change as one sentence: Changed: recipient Police (basis: consent → provided by law)."""
    part = part_word(change.part)
    name = change.name if change.kind in _NAMED_ALONE else _quoted(change.name)
    head = (str(_SENTENCES[change.kind]) % {"part": part, "name": name}).strip()
    lines = [_detail(*line) for line in change.details]
    return f"{head} ({'; '.join(lines)})" if lines else head


_NAMED_ALONE = frozenset(
    {
        ChangeKind.STORED_OTHERWISE,
        ChangeKind.KEPT_LONGER,
        ChangeKind.KEPT_SHORTER,
        ChangeKind.KEPT_OTHERWISE,
    }
)


def _quoted(name: str) -> str:
    return _("“%(name)s”", name=name) if name else ""


def _detail(field: str, before: str, after: str) -> str:
    words = field_word(field) if field else ""
    if not before and not after:
        return words
    if not field and not before:
        return after
    nothing = _("not stated")
    change = f"{before or nothing} → {after or nothing}"
    return f"{words}: {change}" if words else change
