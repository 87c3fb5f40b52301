"""How serious each finding is, the law behind it, and its words in the language in use."""

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from app.registers.definitions import words
from app.registers.findings.model import Explanation, Finding, FindingCode, Severity, Value
from app.retention.definition_models import LocalizedText
from app.web.i18n import format_date, pick
from app.web.i18n import lazy_gettext as _l


class Text(NamedTuple):
    """Severity, law, what is wrong, what to do. `title` and `remedy` are catalogue messages."""

    severity: Severity
    law: str
    title: Any
    remedy: Any


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
_Code = FindingCode

TEXTS: dict[FindingCode, Text] = {
    # What must be told: GDPR Arts. 13 and 14.
    _Code.CONTROLLER_MISSING: Text(
        _E,
        "GDPR 13(1)(a)",
        _l("No controller is named."),
        _l("Name the organisation that decides on purposes and means."),
    ),
    _Code.CONTROLLER_CONTACT_MISSING: Text(
        _E,
        "GDPR 13(1)(a)",
        _l("There are no contact details for the controller %(controller)s."),
        _l("Give an address, a telephone number or a mailbox of the organisation."),
    ),
    _Code.JOINT_ARRANGEMENT_MISSING: Text(
        _E,
        "GDPR 26",
        _l("There are several controllers and no arrangement between them."),
        _l("State who answers for what, and whom a data subject may turn to."),
    ),
    _Code.DPO_MISSING: Text(
        _E,
        "GDPR 13(1)(b)",
        _l("The data protection officer is not named."),
        _l("Give the contact details of the data protection officer."),
    ),
    _Code.PURPOSE_MISSING: Text(
        _E,
        "GDPR 13(1)(c)",
        _l("No purpose of the processing is stated."),
        _l("State each purpose for which the data is processed."),
    ),
    _Code.LEGAL_BASIS_MISSING: Text(
        _E,
        "GDPR 6(1), 13(1)(c)",
        _l("The purpose “%(purpose)s” has no legal basis."),
        _l("Choose the legal basis of Article 6 and cite the law where it rests on one."),
    ),
    _Code.LEGITIMATE_INTEREST_MISSING: Text(
        _E,
        "GDPR 13(1)(d)",
        _l("The purpose “%(purpose)s” rests on legitimate interests that are not stated."),
        _l("State the interest and keep the balancing test."),
    ),
    _Code.RECIPIENTS_MISSING: Text(
        _E,
        "GDPR 13(1)(e)",
        _l("The register does not say to whom the controller discloses data."),
        _l("List the recipients, or state that data is not disclosed."),
    ),
    _Code.TRANSFERS_MISSING: Text(
        _W,
        "GDPR 13(1)(f)",
        _l("Nothing is said about transfers outside the EU and the EEA."),
        _l("State that there are none, or list them with their safeguards."),
    ),
    _Code.TRANSFER_SAFEGUARD_MISSING: Text(
        _E,
        "GDPR 13(1)(f), 46",
        _l("The transfer to %(country)s has no safeguard."),
        _l("State the adequacy decision or the safeguard, and how to get a copy of it."),
    ),
    _Code.RETENTION_MISSING: Text(
        _E,
        "GDPR 13(2)(a), 30(1)(f)",
        _l("The data category “%(category)s” has no retention period."),
        _l("State the period or its criteria, or link the category to documents that have one."),
    ),
    _Code.RIGHTS_MISSING: Text(
        _E,
        "GDPR 13(2)(b)",
        _l("Rights of the data subject are not mentioned: %(rights)s."),
        _l("Tell how each right is used, also when it does not apply."),
    ),
    _Code.CONSENT_WITHDRAWAL_MISSING: Text(
        _E,
        "GDPR 7(3), 13(2)(c)",
        _l("Consent is used, but nothing is said about withdrawing it."),
        _l("Tell that consent may be withdrawn at any time, and how."),
    ),
    _Code.COMPLAINT_MISSING: Text(
        _E,
        "GDPR 13(2)(d)",
        _l("The right to complain to the Data Protection Ombudsman is not mentioned."),
        _l("Add the right to complain and the contact details of the Ombudsman."),
    ),
    _Code.DATA_OBLIGATION_MISSING: Text(
        _W,
        "GDPR 13(2)(e)",
        _l("The purpose “%(purpose)s” does not say whether the data must be given."),
        _l("State whether the law or a contract requires it, and what follows if it is not given."),
    ),
    _Code.AUTOMATED_DECISIONS_MISSING: Text(
        _W,
        "GDPR 13(2)(f), 22",
        _l("Nothing is said about automated decisions."),
        _l("State that there are none, or explain their logic and effects."),
    ),
    _Code.CATEGORIES_MISSING: Text(
        _E,
        "GDPR 14(1)(d), 30(1)(c)",
        _l("No data categories are listed."),
        _l("List the categories of personal data."),
    ),
    _Code.SOURCES_MISSING: Text(
        _E,
        "GDPR 14(2)(f)",
        _l("The sources of the data are not stated."),
        _l("Name the sources, the data subject among them."),
    ),
    _Code.SOURCE_OMITS_DATA_SUBJECT: Text(
        _I,
        "GDPR 14(2)(f)",
        _l("The data subject is not among the sources."),
        _l("Add the data subject, if data is collected from the person too."),
    ),
    _Code.ARTICLE_9_CONDITION_MISSING: Text(
        _E,
        "GDPR 9(2); 1050/2018, 6 §",
        _l("Special categories of data are kept without a condition: %(categories)s."),
        _l("State the condition of Article 9 and the safeguards of the Data Protection Act."),
    ),
    _Code.IDENTITY_CODE_GROUND_MISSING: Text(
        _E,
        "GDPR 87; 1050/2018, 29 §",
        _l("Identity codes are kept, but no ground for it is stated."),
        _l("State the ground for the identity code, or keep the date of birth only."),
    ),
    # What the record of processing and accountability need.
    _Code.PROCESSORS_NOT_STATED: Text(
        _I,
        "GDPR 28",
        _l("The register does not say whether processors are used."),
        _l("List the processors and their contracts, or state that there are none."),
    ),
    _Code.DATA_SUBJECTS_MISSING: Text(
        _W,
        "GDPR 30(1)(c)",
        _l("The groups of data subjects are not listed."),
        _l("List the groups of people whose data is kept."),
    ),
    _Code.SAFEGUARDS_MISSING: Text(
        _W,
        "GDPR 30(1)(g), 32",
        _l("No measures of protection are described."),
        _l("Describe the technical, organisational and physical measures."),
    ),
    _Code.VERSION_MISSING: Text(
        _W,
        "GDPR 5(2)",
        _l("The description has no date."),
        _l("Give the description a version and the day on which it was adopted."),
    ),
    _Code.OWNER_MISSING: Text(
        _W,
        "GDPR 5(2)",
        _l("Nobody is named as responsible for the register."),
        _l("Name the role that answers for the register."),
    ),
    _Code.OWNER_WITHOUT_SUBSTITUTE: Text(
        _W,
        "GDPR 32(1)(b)",
        _l("The register rests on one person: %(role)s has no substitute."),
        _l("Name a substitute."),
    ),
    _Code.SAFEGUARD_ON_ONE_PERSON: Text(
        _W,
        "GDPR 32(1)(b)",
        _l("A measure of protection rests on one person: %(safeguard)s"),
        _l("Arrange a substitute, so that the data can be reached when the person is away."),
    ),
    # Services and documents.
    _Code.SERVICE_WITHOUT_DOCUMENTS: Text(
        _W,
        "GDPR 30(1)(c)",
        _l("The service “%(service)s” lists no documents."),
        _l("List what the service keeps, or remove the service; staff can log nothing in it."),
    ),
    _Code.SERVICE_WITHOUT_SECTION: Text(
        _I,
        "",
        _l("The service “%(service)s” has no section of its own in the description."),
        _l("Write the section, or remove the service from the list."),
    ),
    _Code.SECTION_GAP: Text(
        _I,
        "",
        _l("The numbering of the sections jumps from %(before)s to %(after)s."),
        _l("Number the sections anew, or add what is missing."),
    ),
    _Code.SECTION_SHIFTED: Text(
        _I,
        "",
        _l("The service “%(service)s” is number %(number)s of the list, but section %(section)s."),
        _l("Number the list and the sections alike."),
    ),
    _Code.SERVICE_SPELLING: Text(
        _I,
        "",
        _l("The service “%(service)s” is also printed as: %(spellings)s."),
        _l("Use one spelling."),
    ),
    _Code.DOCUMENT_SPELLING: Text(
        _I,
        "",
        _l("The document type “%(document)s” is also printed as: %(spellings)s."),
        _l("Use one spelling."),
    ),
    _Code.NEAR_DUPLICATE_NAMES: Text(
        _W,
        "",
        _l("The document types “%(first)s” and “%(second)s” have nearly the same name."),
        _l("Merge them into one type, or name them so that staff choose the right one."),
    ),
    _Code.GENERIC_NAME: Text(
        _I,
        "",
        _l("The general document type “%(general)s” stands beside “%(specific)s”."),
        _l("Say which documents the general type covers, or replace it by the particular ones."),
    ),
    _Code.MEDIA_DIFFER: Text(
        _I,
        "",
        _l("The document type “%(document)s” is stored otherwise than elsewhere in: %(services)s."),
        _l("Check that the difference is meant."),
    ),
    _Code.PRESENTATION_DIFFERS: Text(
        _W,
        "GDPR 5(1)(c)",
        _l(
            "The document type “%(document)s” is stored in some services (%(stored)s) and only "
            "shown in others (%(shown)s)."
        ),
        _l("Store no more anywhere than is needed; choose one practice."),
    ),
    _Code.HIDDEN_FIELD_MISSING: Text(
        _W,
        "GDPR 5(1)(c), 9",
        _l(
            "In “%(service)s”, the document type “%(document)s” is only shown, but what is kept "
            "out of sight is not stated."
        ),
        _l("State that the diagnosis is not shown, as the other services do."),
    ),
    _Code.CONSENT_DOCUMENT_MISSING: Text(
        _W,
        "GDPR 7(1)",
        _l("The service “%(service)s” rests on consent or no stated basis, but keeps no consents."),
        _l("Add the consent to the documents of the service, or state another basis."),
    ),
    _Code.CATEGORY_WITHOUT_DOCUMENTS: Text(
        _W,
        "GDPR 30(1)(c)",
        _l("No document carries the data category “%(category)s”."),
        _l("Link it to its documents, or remove the category."),
    ),
    _Code.CATEGORY_PARTLY_COVERED: Text(
        _I,
        "GDPR 30(1)(c)",
        _l("The documents carry the data category “%(category)s” only in part. %(gap)s"),
        _l("Add the documents that are missing, or narrow the category."),
    ),
    _Code.MASTER_DATA_WITHOUT_MEDIUM: Text(
        _I,
        "GDPR 30(1)(g)",
        _l("It is not stated where the basic details are stored: %(categories)s."),
        _l("State the medium of the basic details."),
    ),
    _Code.DOCUMENT_WITHOUT_CATEGORY: Text(
        _W,
        "GDPR 14(1)(d), 30(1)(c)",
        _l("The document type “%(document)s” belongs to no data category."),
        _l("Link it to a data category, or add the category that is missing."),
    ),
    _Code.DOCUMENT_UNUSED: Text(
        _I,
        "",
        _l("No service keeps the document type “%(document)s”."),
        _l("Add a storage rule, or remove the document type."),
    ),
    _Code.DISCLOSURE_BASIS_MISSING: Text(
        _W,
        "GDPR 5(1)(a), 6(1)",
        _l("There is no basis for giving data to %(recipient)s."),
        _l("State whether the disclosure rests on law, contract, assignment or consent."),
    ),
    _Code.DISCLOSURE_UNEVEN: Text(
        _W,
        "GDPR 13(1)(e)",
        _l("%(recipient)s is named as a recipient in field %(named)s only, not in %(missing)s."),
        _l("Name the same recipients wherever the description lists them."),
    ),
    # Retention and law.
    _Code.RETENTION_RULE_MISSING: Text(
        _E,
        "GDPR 5(1)(e), 30(1)(f)",
        _l("In “%(service)s”, the document type “%(document)s” has no retention rule."),
        _l("Choose a retention rule for the pair."),
    ),
    _Code.RETENTION_RULE_UNKNOWN: Text(
        _E,
        "GDPR 5(1)(e)",
        _l("The retention rule “%(rule)s” is not in use any more."),
        _l("Choose another rule, or take the rule into use again."),
    ),
    _Code.RETENTION_RULE_UNCONFIRMED: Text(
        _W,
        "GDPR 5(1)(e), 5(2)",
        _l("The retention rule “%(rule)s” is to be confirmed."),
        _l("Check its source, then enter in the rule who confirmed it and when: %(citation)s."),
    ),
    _Code.RETENTION_PERIOD_OPEN: Text(
        _W,
        "GDPR 5(1)(e), 13(2)(a)",
        _l("The retention rule “%(rule)s” has no period."),
        _l("Set the period; until then nothing under the rule becomes due."),
    ),
    _Code.REPEALED_LAW: Text(
        _E,
        "GDPR 5(1)(a)",
        _l("A repealed law is cited: %(law)s %(number)s ended on %(repealed_on)s."),
        _l("Check whether %(successor)s gives a basis, and cite that."),
    ),
    _Code.TRANSLATION_MISSING: Text(
        _I,
        "",
        _l("%(count)s texts have no translation into the language “%(language)s”."),
        _l("Translate them; people see the Finnish text meanwhile."),
    ),
    _Code.REMARK: Text(
        _I,
        "",
        _l("The printed description: %(text)s"),
        _l("Settle it in the next version."),
    ),
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
    return Explanation(title, remedy, text.law)


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
