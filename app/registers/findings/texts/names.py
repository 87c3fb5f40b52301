"""Names: spellings, near duplicates, bodies that have ended."""

from app.registers.findings.model import FindingCode, Severity
from app.registers.findings.texts.text import Text
from app.web.i18n import lazy_gettext as _l

_I, _W = Severity.INFO, Severity.WARNING
_Code = FindingCode

NAMES_TEXTS: dict[FindingCode, Text] = {
    _Code.SERVICE_SPELLING: Text(
        _I,
        "",
        _l("The service “%(service)s” is also printed as: %(spellings)s."),
        _l("Two spellings look like two services, and a search finds only one of them."),
        _l("Use one spelling."),
    ),
    _Code.DOCUMENT_SPELLING: Text(
        _I,
        "",
        _l("The document type “%(document)s” is also printed as: %(spellings)s."),
        _l("Two spellings look like two types of document, and a search finds only one of them."),
        _l("Use one spelling."),
    ),
    _Code.NEAR_DUPLICATE_NAMES: Text(
        _W,
        "",
        _l("“%(first)s” and “%(second)s” have nearly the same name."),
        _l("Staff choose now one, now the other, and the same matter is kept under two names."),
        _l("Merge them, or name them so that people choose the right one."),
    ),
    _Code.GENERIC_NAME: Text(
        _I,
        "",
        _l("The general document type “%(general)s” stands beside “%(specific)s”."),
        _l(
            "The general type takes in what belongs to the particular one, with its own "
            "period and place."
        ),
        _l("Say which documents the general type covers, or replace it by the particular ones."),
    ),
    _Code.CATEGORY_SPELLING: Text(
        _I,
        "",
        _l("The data category “%(category)s” is printed as: %(spellings)s."),
        _l("A word written apart is not found by a search."),
        _l("Use one spelling."),
    ),
    _Code.WORD_SPELLING: Text(
        _I,
        "",
        _l("One word is spelled in two ways: “%(first)s” and “%(second)s”."),
        _l("The reader takes two spellings of a title or a task for two different ones."),
        _l("Use one spelling."),
    ),
    _Code.NEAR_DUPLICATE_MEDIA: Text(
        _W,
        "GDPR 30(1)(g)",
        _l(
            "“%(first)s” and “%(second)s” are probably one type of document, and are stored "
            "on different media."
        ),
        _l("Under two names the difference is not noticed, and a copy is forgotten."),
        _l("Merge the types, then choose the media for each service."),
    ),
    _Code.AUTHORITY_OUTDATED: Text(
        _W,
        "GDPR 12(1)",
        _l("The register names a body that ended on %(ended_on)s: %(body)s."),
        _l(
            "People cannot turn to a body that is not there, and staff send documents to a "
            "wrong address."
        ),
        _l("Check whether the task belongs to %(successor)s, and use one name."),
    ),
}
