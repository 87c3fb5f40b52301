"""Retention, repealed laws, translations and what a person noted."""

from app.registers.findings.model import FindingCode, Severity
from app.registers.findings.texts.text import Text
from app.web.i18n import lazy_gettext as _l

_E, _I, _W = Severity.ERROR, Severity.INFO, Severity.WARNING
_Code = FindingCode

RETENTION_TEXTS: dict[FindingCode, Text] = {
    _Code.RETENTION_MISSING: Text(
        _E,
        "GDPR 5(1)(e), 13(2)(a), 14(2)(a), 30(1)(f)",
        _l("The data category “%(category)s” has no retention period."),
        _l("Data is kept no longer than needed; without a period nobody knows when it must go."),
        _l("State the period or its criteria, or link the category to documents that have one."),
    ),
    _Code.RETENTION_RULE_MISSING: Text(
        _E,
        "GDPR 5(1)(e), 30(1)(f)",
        _l("In “%(service)s”, the document type “%(document)s” has no retention rule."),
        _l("A document without a rule never becomes due, and is kept for ever by accident."),
        _l("Choose a retention rule for the pair."),
    ),
    _Code.RETENTION_RULE_UNKNOWN: Text(
        _E,
        "GDPR 5(1)(e)",
        _l("The retention rule “%(rule)s” is not in use any more."),
        _l("The register refers to a rule that gives no date."),
        _l("Choose another rule, or take the rule into use again."),
    ),
    _Code.RETENTION_RULE_UNCONFIRMED: Text(
        _W,
        "GDPR 5(1)(e), 5(2)",
        _l("The retention rule “%(rule)s” is to be confirmed."),
        _l("A period that nobody has checked can destroy too early or keep too long."),
        _l("Check its source, then enter in the rule who confirmed it and when: %(citation)s."),
    ),
    _Code.RETENTION_PERIOD_OPEN: Text(
        _W,
        "GDPR 5(1)(e), 13(2)(a)",
        _l("The retention rule “%(rule)s” has no period."),
        _l("Without a period there is no last day, and the notice cannot tell one."),
        _l("Set the period; until then nothing under the rule becomes due."),
    ),
    _Code.RETENTION_CRITERIA_MISSING: Text(
        _W,
        "GDPR 5(1)(e), 13(2)(a), 14(2)(a)",
        _l("The retention rule “%(rule)s” says “until further notice”, but not by what criteria."),
        _l(
            "Where no period can be given, people are told the criteria that decide it; until "
            "further notice may mean for ever."
        ),
        _l("Write the criteria in words (“criteria”): what has to happen before the data goes."),
    ),
    _Code.RETENTION_TEXT_OPEN: Text(
        _W,
        "GDPR 5(1)(e), 13(2)(a), 14(2)(a)",
        _l("The retention period is left open, without criteria: “%(text)s”."),
        _l(
            "“Until further notice” and “as long as needed” tell nobody when the data goes; a "
            "period or the criteria for it do."
        ),
        _l("State a period, or in words what has to happen before the data goes."),
    ),
    _Code.RETENTION_EVENT_UNNAMED: Text(
        _W,
        "GDPR 5(1)(e), 13(2)(a)",
        _l("The retention rule “%(rule)s” counts from an event that is not named."),
        _l("A period of years says nothing to people who do not know when it begins."),
        _l("Tell in words what the event is, or choose another trigger."),
    ),
    _Code.REPEALED_LAW: Text(
        _E,
        "GDPR 5(1)(a)",
        _l("A repealed law is cited: %(law)s %(number)s ended on %(repealed_on)s."),
        _l(
            "A law that has ended gives no basis, and shows that the text has not been looked"
            " at since."
        ),
        _l("Check whether %(successor)s gives a basis, and cite that."),
    ),
    _Code.TRANSLATION_MISSING: Text(
        _I,
        "GDPR 12(1)",
        _l("%(count)s texts have no translation into the language “%(language)s”."),
        _l("People are told in words that they understand."),
        _l(
            "Translate them, or take the language out of “languages”; people see another meanwhile."
        ),
    ),
    _Code.REMARK: Text(
        _I,
        "",
        _l("The printed description: %(text)s"),
        _l("A person noted this; no check can find it."),
        _l("Settle it in the next version."),
    ),
}
