"""What the readers of other formats share: the bytes of a file, and what is wrong in it."""

from pathlib import Path

from app.retention import definition_bytes
from app.retention.definition_files import DefinitionError, DefinitionProblem
from app.web.i18n import gettext as _


def problem(path: Path, line: int, code: str, element: str, *words: str) -> DefinitionProblem:
    """A problem at a line; `words` are the message and the remedy."""
    message, remedy = words
    return DefinitionProblem(code, str(path), line, element, message, remedy)


def duplicate_rule(path: Path, line: int, key: str) -> DefinitionProblem:
    """Two rules of one file that differ have the same key."""
    message = _("There is already a retention rule “%(key)s”.", key=key)
    remedy = _("Give this rule a key of its own, or remove one of the two.")
    return problem(path, line, "duplicate_definition", key, message, remedy)


def not_years(value: str) -> tuple[str, str]:
    """The message and the remedy for a length that is no number of years."""
    message = _("“%(value)s” is not a whole number of years.", value=value[:80])
    return message, _("Write whole years, or -1 for permanent.")


def read_bytes(path: Path, limit: int) -> bytes:
    """The content of a file that is not too large. Raises `DefinitionError`."""
    try:
        content = definition_bytes.read_bytes(path, limit)
    except OSError as error:
        words = definition_bytes.unreadable(error)
        raise DefinitionError([problem(path, 1, "unreadable", "–", *words)]) from error
    if len(content) > limit:
        message = _("The file is larger than %(limit)s KiB.", limit=limit // 1024)
        words = (message, _("Export fewer classes at a time."))
        raise DefinitionError([problem(path, 1, "too_large", "–", *words)])
    return content
