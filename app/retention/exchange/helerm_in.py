"""Reading helerm's attributes: one set, a list of them, or a tree of functions with records."""

import difflib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.retention.definition_files import DefinitionError, DefinitionProblem
from app.retention.exchange.codes import (
    ATTRIBUTES,
    IDENTITY_CODE,
    PERMANENT,
    PERSONAL_DATA,
    PUBLICITY,
    without_remark,
)
from app.retention.exchange.helerm_out import EXACT
from app.retention.exchange.incoming import (
    UNNAMED,
    Draft,
    Incoming,
    exact_policies,
    policies_of,
    years_in,
)
from app.retention.exchange.json_lines import Lined, read_json
from app.retention.exchange.reading import duplicate_rule, not_years, problem
from app.retention.policies import RetentionPolicy
from app.web.i18n import gettext as _

_PERIOD = "RetentionPeriod"
_CLOSED = {
    "PublicityClass": {*PUBLICITY.values(), "Osittain salassapidettävä"},
    "PersonalData": set(PERSONAL_DATA.values()),
    "SocialSecurityNumber": set(IDENTITY_CODE.values()),
}


def read_helerm(path: Path) -> Incoming:
    """The rules of a file. Raises `DefinitionError` with every fault; then nothing is taken."""
    content, text = read_json(path)
    reading = _Reading(path, text)
    reading.walk(content, "")
    if reading.problems:
        raise DefinitionError(reading.problems)
    if not (reading.exact or reading.drafts):
        message = _("There are no attributes of helerm with a retention period in the file.")
        remedy = _("Give objects with the key “%(key)s”, as helerm names it.", key=_PERIOD)
        raise DefinitionError([problem(path, 1, "wrong_format", "–", message, remedy)])
    drafted = policies_of(reading.drafts, reading.exact)
    return Incoming((*reading.exact.values(), *drafted), tuple(reading.remarks))


@dataclass
class _Reading:
    """What has been gathered from one file."""

    path: Path
    text: list[str]
    exact: dict[str, RetentionPolicy] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    problems: list[DefinitionProblem] = field(default_factory=list)
    remarks: list[DefinitionProblem] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)

    def walk(self, value: Any, place: str) -> bool:
        """Whether a rule was found in a value or below; an element is asked after its parts."""
        if isinstance(value, list):
            return self._any_of(value, place)
        if not isinstance(value, Lined):
            return False
        if EXACT in value:
            self._exact(value)
            return True
        place = _place(value) or place
        parts = [part for key, part in value.items() if key != "attributes"]
        if self._any_of(parts, place):
            return True
        attributes = value.get("attributes", value)
        if isinstance(attributes, Lined) and _PERIOD in attributes:
            self._draft(attributes, value, place)
            return True
        return False

    def _any_of(self, parts: list[Any], place: str) -> bool:
        """Every part is read, whatever is found in the first of them."""
        found = [self.walk(part, place) for part in parts]
        return any(found)

    def _exact(self, value: Lined) -> None:
        line = value.line_of(EXACT, self.text)
        try:
            (rule,) = exact_policies(self.path, [value[EXACT]], {(): line})
        except DefinitionError as error:
            self.problems.extend(error.problems)
            return
        # It stands with every record that follows it.
        if self.exact.setdefault(rule.key, rule) != rule:
            self.problems.append(duplicate_rule(self.path, line, rule.key))

    def _draft(self, attributes: Lined, value: Lined, place: str) -> None:
        self._check(attributes)
        length = without_remark(self._said(attributes, _PERIOD))
        years = years_in(length)
        if years is None:
            self._refuse(attributes, _PERIOD, *not_years(length))
            return
        start = self._said(attributes, "RetentionPeriodStart")
        if years == PERMANENT and start:
            message = _("What is kept permanently has no start of counting; it was left out.")
            self._remark(attributes, "RetentionPeriodStart", message, _("Nothing needs doing."))
            start = ""
        named = value.get("name")
        words = [self._said(attributes, key) for key in ("RecordType", "TypeSpecifier")]
        name = " ".join(named.split()) if isinstance(named, str) else ", ".join(filter(None, words))
        reason = self._said(attributes, "RetentionReason")
        self.drafts.append(Draft(name or UNNAMED, place, years, reason, start))

    def _check(self, attributes: Lined) -> None:
        for key, known in _CLOSED.items():
            said = self._said(attributes, key)
            if said and said not in known and without_remark(said) not in known:
                message = _("“%(value)s” is not a value of this attribute.", value=said[:80])
                remedy = _("Use one of these: %(words)s.", words=", ".join(sorted(known)))
                self._refuse(attributes, key, message, remedy)
        for key in attributes.keys() - ATTRIBUTES - self.unknown - {"name", "attributes"}:
            self.unknown.add(key)
            near = difflib.get_close_matches(key, ATTRIBUTES, n=1)
            remedy = (
                _("Did you mean “%(key)s”?", key=near[0]) if near else _("Nothing needs doing.")
            )
            self._remark(attributes, key, _("helerm has no attribute of this name."), remedy)

    def _said(self, attributes: Lined, key: str) -> str:
        """The text of an attribute; a number counts as its text, nothing else does."""
        value = attributes.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None or isinstance(value, str):
            printable = "".join(c if c.isprintable() else " " for c in value or "")
            return " ".join(printable.split())
        message = _("The value has the wrong form.")
        self._refuse(attributes, key, message, _("Give %(expected)s here.", expected=_("text")))
        return ""

    def _refuse(self, attributes: Lined, key: str, message: str, remedy: str) -> None:
        line = attributes.line_of(key, self.text)
        found = problem(self.path, line, "bad_value", key, message, remedy)
        if found not in self.problems:
            self.problems.append(found)

    def _remark(self, attributes: Lined, key: str, message: str, remedy: str) -> None:
        line = attributes.line_of(key, self.text)
        self.remarks.append(problem(self.path, line, "left_out", key[:80], message, remedy))


def _place(value: Lined) -> str:
    """The class of an element, for the key of its rules."""
    classification = value.get("classification")
    code = classification.get("code") if isinstance(classification, Lined) else None
    return code if isinstance(code, str) else ""
