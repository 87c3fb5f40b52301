"""Services, documents, media and data categories that do not fit together."""

from app.registers.findings.model import FindingCode, Severity
from app.registers.findings.texts.text import Text
from app.web.i18n import lazy_gettext as _l

_I, _W = Severity.INFO, Severity.WARNING
_Code = FindingCode

PRACTICE_TEXTS: dict[FindingCode, Text] = {
    _Code.SERVICE_WITHOUT_DOCUMENTS: Text(
        _W,
        "GDPR 30(1)(c)",
        _l("The service “%(service)s” lists no documents."),
        _l(
            "The register decides what staff may record; a service without a list can record "
            "nothing."
        ),
        _l("List what the service keeps, or remove the service; staff can log nothing in it."),
    ),
    _Code.SERVICE_WITHOUT_SECTION: Text(
        _I,
        "",
        _l("The service “%(service)s” has no section of its own in the description."),
        _l("Staff look for their service in the description and do not find it."),
        _l("Write the section, or remove the service from the list."),
    ),
    _Code.SECTION_GAP: Text(
        _I,
        "",
        _l("The numbering of the sections jumps from %(before)s to %(after)s."),
        _l("A number that is missing makes people look for a section that is not there."),
        _l("Number the sections anew, or add what is missing."),
    ),
    _Code.SECTION_SHIFTED: Text(
        _I,
        "",
        _l("The service “%(service)s” is number %(number)s of the list, but section %(section)s."),
        _l("Whoever follows the number of the list comes to another service."),
        _l("Number the list and the sections alike."),
    ),
    _Code.MEDIA_DIFFER: Text(
        _I,
        "",
        _l("The document type “%(document)s” is stored otherwise than elsewhere in: %(services)s."),
        _l(
            "One type on paper here and on a computer there is forgotten in a search, a copy "
            "or a destruction."
        ),
        _l("Check that the difference is meant."),
    ),
    _Code.PRESENTATION_DIFFERS: Text(
        _W,
        "GDPR 5(1)(c)",
        _l(
            "The document type “%(document)s” is stored in some services (%(stored)s) and "
            "only shown in others (%(shown)s)."
        ),
        _l(
            "If it is enough to see the document in one service, keeping it in another is "
            "more than is needed."
        ),
        _l("Store no more anywhere than is needed; choose one practice."),
    ),
    _Code.HIDDEN_FIELD_MISSING: Text(
        _W,
        "GDPR 5(1)(c), 9",
        _l(
            "In “%(service)s”, the document type “%(document)s” is only shown, but what is "
            "kept out of sight is not stated."
        ),
        _l("What staff do not need to know of a person's health must not be put before them."),
        _l("State that the diagnosis is not shown, as the other services do."),
    ),
    _Code.CONSENT_DOCUMENT_MISSING: Text(
        _W,
        "GDPR 7(1)",
        _l("The service “%(service)s” needs a separate consent, but keeps no consents."),
        _l("The controller must be able to show that the person consented."),
        _l("Add the consent to the documents of the service, or state another basis."),
    ),
    _Code.DISCLOSURE_CONSENT_UNPROVED: Text(
        _W,
        "GDPR 7(1)",
        _l(
            "The service “%(service)s” keeps no consents, but these disclosures rest on consent or"
            " state no basis: %(recipients)s."
        ),
        _l("The controller must be able to show that the person consented."),
        _l(
            "State the basis of the disclosures that have none; for those that rest on consent, add"
            " the consent to the documents of the service."
        ),
    ),
    _Code.CATEGORY_WITHOUT_DOCUMENTS: Text(
        _W,
        "GDPR 30(1)(c)",
        _l("No document carries the data category “%(category)s”."),
        _l("Either the data is not kept, or it is kept where the register does not see it."),
        _l(
            "Link it to its documents; or, if it is kept in a system and not in documents, give it "
            "a retention rule of its own or mark it as basic details; or remove it."
        ),
    ),
    _Code.CATEGORY_PARTLY_COVERED: Text(
        _I,
        "GDPR 30(1)(c)",
        _l("The documents carry the data category “%(category)s” only in part. %(gap)s"),
        _l("A part of the data has no document, no place and no period."),
        _l("Add the documents that are missing, or narrow the category."),
    ),
    _Code.MASTER_DATA_WITHOUT_MEDIUM: Text(
        _I,
        "GDPR 30(1)(g)",
        _l("It is not stated where the basic details are stored: %(categories)s."),
        _l("Basic details are in every request and every destruction, wherever they are kept."),
        _l("State the medium of the basic details."),
    ),
    _Code.DOCUMENT_WITHOUT_CATEGORY: Text(
        _W,
        "GDPR 14(1)(d), 30(1)(c)",
        _l("The document type “%(document)s” belongs to no data category."),
        _l("The document holds data that the notice does not tell of."),
        _l("Link it to a data category, or add the category that is missing."),
    ),
    _Code.DOCUMENT_UNUSED: Text(
        _I,
        "",
        _l("No service keeps the document type “%(document)s”."),
        _l("A type that nobody may log only makes the lists longer."),
        _l("Add a storage rule, or remove the document type."),
    ),
    _Code.MEDIUM_DENIED: Text(
        _W,
        "GDPR 4(1), 30(1)(g), 32",
        _l(
            "A computer place is said to hold no personal data (%(place)s), but data is "
            "processed by computer: %(uses)s."
        ),
        _l(
            "What is said to hold no personal data is left unprotected, unsearched and undestroyed."
        ),
        _l(
            "Say which personal data is on the computer, and where; small groups may be "
            "identifiable too."
        ),
    ),
    _Code.CATEGORY_NOT_LISTED: Text(
        _I,
        "GDPR 14(1)(d), 30(1)(c)",
        _l("The printed list of contents leaves out the data category “%(category)s”."),
        _l("People read the list to learn what is held on them."),
        _l("Add the category to the list."),
    ),
    _Code.IDENTITY_CODE_NOT_PRINTED: Text(
        _I,
        "GDPR 14(1)(d); 1050/2018, 29 §",
        _l(
            "The data category “%(category)s” holds the identity code, which its printed name"
            " does not mention."
        ),
        _l("The identity code is easily misused, so people are told that it is held."),
        _l("Name the identity code in the list of contents."),
    ),
    _Code.SPECIAL_NOT_MARKED: Text(
        _W,
        "GDPR 9(1), 9(2)",
        _l("The data category “%(category)s” is not marked as special data, but sounds like it."),
        _l("Without the mark no condition of Article 9 is asked for, and people are not told."),
        _l(
            "Choose the special category (“special”) of the data category; or name it otherwise, "
            "if it holds none."
        ),
    ),
    _Code.IDENTITY_CODE_NOT_MARKED: Text(
        _W,
        "GDPR 87; 1050/2018, 29 §",
        _l("The data category “%(category)s” names the identity code, but is not marked for it."),
        _l("Without the mark the ground of section 29 is not asked for."),
        _l("Mark that the data category holds identity codes, or rename it."),
    ),
    _Code.DATA_SUBJECTS_WITHOUT_DATA: Text(
        _I,
        "GDPR 30(1)(c)",
        _l("No data category concerns the group “%(group)s”."),
        _l(
            "Either the group does not belong to the register, or its data is missing from "
            "the list."
        ),
        _l("Link its data categories to the group, or remove it."),
    ),
    _Code.CATEGORY_WITHOUT_PURPOSE: Text(
        _W,
        "GDPR 5(1)(b)–(c), 13(1)(c), 14(1)(c), 30(1)(b)–(c)",
        _l("No purpose uses the data “%(category)s”."),
        _l("People are not told why the data is there, nor what makes that lawful."),
        _l("Add the data to the purpose that needs it, or stop collecting it."),
    ),
    _Code.PRACTICE_NOT_STATED: Text(
        _W,
        "GDPR 5(1)(c)",
        _l(
            "The document type “%(document)s” is stored in some services and only shown in "
            "others, and nothing is said of: %(services)s."
        ),
        _l("Where nothing is said, each worker decides alone whether to keep it."),
        _l("State for these services too whether the document is stored, shown or neither."),
    ),
    _Code.USUAL_DOCUMENT_MISSING: Text(
        _I,
        "GDPR 30(1)(c)",
        _l("Every other service has the document type “%(document)s”, but “%(service)s” has not."),
        _l("The one exception is often an omission, and then staff cannot log the document."),
        _l("Add the document to the service, or accept that it is not kept there."),
    ),
    _Code.LIST_ORDER: Text(
        _I,
        "",
        _l(
            "The documents of “%(service)s” are not in alphabetical order, as those of all "
            "other services are."
        ),
        _l("A reader who trusts the order does not find the document."),
        _l("Put the list into the same order."),
    ),
    _Code.AGREEMENT_MISSING: Text(
        _W,
        "GDPR 5(2)",
        _l("The service “%(service)s” is an agreement by its name, but keeps no agreements."),
        _l("The document on which the service rests has no place and no period."),
        _l("Add the agreement to the documents of the service."),
    ),
    _Code.CONSENT_PROOF_MISSING: Text(
        _W,
        "GDPR 7(1)",
        _l("The purpose “%(purpose)s” rests on consent, but the register keeps no consents."),
        _l("The controller must be able to show that the person consented."),
        _l("Add a document type for consents and mark it as such."),
    ),
    _Code.SPECIAL_DOCUMENT_OUTSIDE: Text(
        _W,
        "GDPR 9(1), 14(1)(d), 30(1)(c)",
        _l(
            "The document type “%(document)s” holds special categories of data, but no such "
            "data category has it."
        ),
        _l(
            "The list of contents then hides that such data is held, and its condition is not"
            " looked for."
        ),
        _l("Link the document to a data category that is marked as special."),
    ),
    _Code.SENSITIVITY_TOO_LOW: Text(
        _I,
        "GDPR 9(1), 32",
        _l(
            "The document type “%(document)s” carries special categories of data, but is "
            "handled as ordinary."
        ),
        _l("Protection follows the mark of the document type."),
        _l("Mark the document type as special, or unlink it."),
    ),
    _Code.STORAGE_PLACE_MISSING: Text(
        _I,
        "GDPR 30(1)(g), 32",
        _l("It is not stated where documents of this medium are kept: %(media)s."),
        _l("What has no known place is found neither for a request nor for a destruction."),
        _l("State the place of each medium."),
    ),
}
