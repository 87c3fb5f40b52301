"""How serious each finding is, the law behind it, and its words in the language in use."""

import re
from datetime import date
from enum import StrEnum

from app.registers.definitions import words
from app.registers.findings.model import Explanation, Finding, FindingCode, Value
from app.registers.findings.texts.fields import FIELDS
from app.registers.findings.texts.names import NAMES_TEXTS
from app.registers.findings.texts.practice import PRACTICE_TEXTS
from app.registers.findings.texts.record import RECORD_TEXTS
from app.registers.findings.texts.retention import RETENTION_TEXTS
from app.registers.findings.texts.text import Text
from app.registers.findings.texts.told import TOLD_TEXTS
from app.retention.definition_models import LocalizedText
from app.web.i18n import format_date, pick

TEXTS: dict[FindingCode, Text] = {
    **TOLD_TEXTS,
    **RECORD_TEXTS,
    **PRACTICE_TEXTS,
    **NAMES_TEXTS,
    **RETENTION_TEXTS,
}


def finding(code: FindingCode, where: tuple[str, ...], **params: Value) -> Finding:
    """A finding with the severity of its code."""
    return Finding(code, TEXTS[code].severity, where, params)


def explain(found: Finding) -> Explanation:
    """A finding in the language in use."""
    text = TEXTS[found.code]
    values = {name: _shown(value) for name, value in found.params.items()}
    title, remedy = str(text.title), str(text.remedy)
    if values:
        title, remedy = title % values, remedy % values
    field = FIELDS.get(found.code, "")
    return Explanation(_ended(title), str(text.why), _ended(remedy), text.law, field)


def _ended(sentence: str) -> str:
    """One full stop where a name brings its own: Server Company Inc."""
    return sentence[:-1] if re.search(r"[^.]\.\.$", sentence) else sentence


def _shown(value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value))
    if isinstance(value, LocalizedText):
        return pick(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, StrEnum):
        return words(value)
    return str(value)
