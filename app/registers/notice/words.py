"""The plain words of a notice, said to “you”: articles of law, and what makes things lawful."""

import re

from app.registers.definitions import LegalBasis, words
from app.registers.definitions.citations import statute_words
from app.registers.definitions.parts import RoleContact, Statute
from app.registers.definitions.vocabulary import (
    Article9Condition,
    Article10Ground,
    DisclosureBasis,
    IdentityCodeGround,
    Obligation,
    RequestForm,
)
from app.registers.findings.repealed import RepealedAct, repealed_acts_in, repealed_names_in
from app.web.i18n import LANGUAGES, format_date, pick
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l

# The number of a Finnish act or decree; those of the European Union have the year first.
_NUMBER = re.compile(r"\b[0-9]{1,4}/[0-9]{4}\b")

_BASES = {
    LegalBasis.CONSENT: _l("your consent"),
    LegalBasis.CONTRACT: _l("a contract with you, or its preparation at your request"),
    LegalBasis.LEGAL_OBLIGATION: _l("a duty that the law lays on us"),
    LegalBasis.VITAL_INTERESTS: _l("protecting your or another person’s vital interests"),
    LegalBasis.LEGITIMATE_INTERESTS: _l("a legitimate interest of ours or of somebody else"),
}

_CONDITIONS = {
    Article9Condition.EXPLICIT_CONSENT: _l("your explicit consent"),
    Article9Condition.VITAL_INTERESTS: _l("protecting your or another person’s vital interests"),
    Article9Condition.MADE_PUBLIC: _l("you have made the data public yourself"),
}

_IDENTITY_CODE = {
    IdentityCodeGround.CONSENT: _l("your consent"),
    IdentityCodeGround.RIGHTS_AND_DUTIES: _l(
        "we must know for certain who you are, for your rights and duties or ours"
    ),
}

_DISCLOSURES = {
    DisclosureBasis.CONSENT: _l("your consent"),
    DisclosureBasis.ASSIGNMENT: _l("a task that we have given to the recipient"),
}

OBLIGATIONS = {
    Obligation.STATUTORY: _l("Yes. The law requires it."),
    Obligation.CONTRACTUAL: _l("Yes, if we are to make the contract or keep to it."),
    Obligation.VOLUNTARY: _l("No. You decide yourself."),
    Obligation.NOT_ASKED: _l(
        "We do not ask you for this data. We get it elsewhere, or it comes about in another way, "
        "for example from a camera or a log."
    ),
}


def article(reference: str) -> str:
    """An article such as 6(1)(a), 45(3) or 22 as each language cites it."""
    numbers = [part.rstrip(")") for part in reference.split("(")]
    if len(numbers) == 3:
        return _(
            "GDPR Article %(article)s(%(paragraph)s)(%(point)s)",
            article=numbers[0],
            paragraph=numbers[1],
            point=numbers[2],
        )
    return _("GDPR Article %(article)s(%(paragraph)s)", article=numbers[0], paragraph=numbers[1])


def basis_words(basis: LegalBasis) -> str:
    """A legal basis as said to the person, with its article."""
    return cited(bare_basis_words(basis), basis)


def bare_basis_words(basis: LegalBasis) -> str:
    """A legal basis as said to the person, without its article."""
    return str(_BASES.get(basis) or words(basis))


def condition_words(condition: Article9Condition) -> str:
    """What allows special categories of data, with its article."""
    return cited(str(_CONDITIONS.get(condition) or words(condition)), condition)


def identity_code_words(ground: IdentityCodeGround) -> str:
    """What allows the identity code, with its section of the Data Protection Act."""
    text = str(_IDENTITY_CODE.get(ground) or words(ground))
    return _("%(ground)s (Data Protection Act 1050/2018, section 29)", ground=text)


def offence_words(ground: Article10Ground) -> str:
    """What allows data on convictions and offences: GDPR Art. 10 and the Data Protection Act."""
    if ground is Article10Ground.OFFICIAL_AUTHORITY:
        return _("%(ground)s (GDPR Article 10)", ground=words(ground))
    return _("%(ground)s (Data Protection Act 1050/2018, section 7)", ground=words(ground))


def disclosure_words(basis: DisclosureBasis, form: RequestForm | None) -> str:
    """What allows a disclosure, as said to the person."""
    if basis is DisclosureBasis.CONSENT and form is RequestForm.WRITTEN:
        return _("your written consent")
    return str(_DISCLOSURES.get(basis) or words(basis))


def law_words(law: Statute) -> str:
    """A law as the register cites it; one that has been repealed is never told as if in force.

    The day is told whichever day it is: the notice is read long after it was made.
    """
    said, act = statute_words(law), _repealed(law)
    if act is None:
        return said
    successor = act.successor.replace("GDPR", _("General Data Protection Regulation"))
    successor = _NUMBER.sub(lambda found: _("statute %(number)s", number=found[0]), successor)
    return _(
        "%(law)s (repealed as of %(day)s; replaced by: %(successor)s)",
        law=said,
        day=format_date(act.repealed_on),
        successor=successor,
    )


def _repealed(law: Statute) -> RepealedAct | None:
    """The act by its number; by its name where the register gives no number."""
    if law.number is not None:
        return next(repealed_acts_in(law.number, None), None)
    texts = (getattr(law.name, code) or "" for code in LANGUAGES)
    return next(repealed_names_in("\n".join(texts), None), None)


def contact_words(person: RoleContact | None) -> str:
    """A role and how to reach it; empty for none. Who steps in is an internal matter."""
    if person is None:
        return ""
    return ", ".join(part for part in (pick(person.role), person.contact) if part)


def sentence(text: str) -> str:
    """The text with a capital letter first."""
    return f"{text[:1].upper()}{text[1:]}"


def cited(text: str, reference: str) -> str:
    """A text with the article it rests on."""
    place = article(reference)
    if not place.startswith("GDPR"):
        place = f"{place[:1].lower()}{place[1:]}"
    return f"{text} ({place})"
