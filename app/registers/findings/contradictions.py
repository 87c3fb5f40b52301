"""Fields of a register that say different things, each by itself in order."""

import re
from collections.abc import Iterator

from app.registers.definitions import (
    Disclosure,
    DisclosureBasis,
    LegalBasis,
    Purpose,
    RegisterDefinition,
    Right,
)
from app.registers.definitions.rights import gives
from app.registers.definitions.vocabulary import Medium, Obligation, RequestForm
from app.registers.findings.model import Finding
from app.registers.findings.model import FindingCode as Code
from app.registers.findings.texts import finding
from app.registers.findings.walking import texts_of
from app.registers.findings.wording import words_of
from app.retention.definition_models import LocalizedText

# Parts whose texts tell what is done with data; notes of a reader are not among them.
_PRACTICE = {"purposes", "safeguards", "services", "staff_instructions", "storage_rules", "notice"}

_GIVES = re.compile(r"\bluovut|\btoimit(?:ta|e)|\blähet", re.IGNORECASE)
_NOT = re.compile(r"\b(?:ei|eikä|eivät|älä)\b", re.IGNORECASE)
_NO_DATA = re.compile(r"\b(?:ei|ilman)\b[^.]*henkilötieto", re.IGNORECASE)
_BY_COMPUTER = re.compile(r"sähkö|järjestelm|tietokan|verkko|e-?mail", re.IGNORECASE)
_IDENTITY_CODE = re.compile(r"henkilötunnu|hetu\b|sotu\b|personbeteckning", re.IGNORECASE)

# A law that a reason names: its number, a section, or an Article.
_A_LAW = re.compile(
    r"\b[0-9]{1,4}/[0-9]{4}\b|§|\bartikl|\barticle|\bartikel|\bsection", re.IGNORECASE
)

# Rights that are used by asking; consent is withdrawn and a complaint made in other ways.
_ASKED_FOR = (
    Right.ACCESS,
    Right.RECTIFICATION,
    Right.ERASURE,
    Right.RESTRICTION,
    Right.OBJECTION,
    Right.PORTABILITY,
)


def interests(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 6(1)(f): an interest is stated, but the purpose does not rest on it."""
    for purpose in register.purposes:
        rests = LegalBasis.LEGITIMATE_INTERESTS in purpose.legal_bases
        if purpose.legitimate_interest is not None and not rests:
            where = ("purposes", purpose.key)
            yield finding(Code.LEGITIMATE_INTEREST_UNUSED, where, purpose=purpose.text)


def denied_rights(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Arts. 15–21, 23: a right is said not to apply that the legal bases give, and no law."""
    denied = tuple(
        offered.right
        for offered in register.rights or ()
        if offered.not_applicable is not None
        and not _A_LAW.search(offered.not_applicable.original)
        and gives(offered.right, register)
    )
    if denied:
        yield finding(Code.RIGHT_DENIED, ("rights",), rights=denied)


def rights_denied_by_another(
    register: RegisterDefinition, covering: RegisterDefinition
) -> Iterator[Finding]:
    """A denial taken over from the covering register, whose law need not be the law of this one."""
    if register.rights is not None:
        return
    denied = tuple(
        offered.right
        for offered in covering.rights or ()
        if offered.not_applicable is not None and gives(offered.right, register)
    )
    if denied:
        yield finding(
            Code.RIGHT_DENIED_BY_ANOTHER, ("rights",), rights=denied, register=covering.name
        )


# What a duty to give data rests on.
_DUTIES = {
    Obligation.CONTRACTUAL: {LegalBasis.CONTRACT},
    Obligation.STATUTORY: {LegalBasis.LEGAL_OBLIGATION, LegalBasis.PUBLIC_TASK},
}


def obligations(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 13(2)(e): the data is said to be obligatory on a ground that is no basis."""
    for purpose in register.purposes:
        if purpose.data_obligation is None or not purpose.legal_bases:
            continue
        needed = _DUTIES.get(purpose.data_obligation.obligation)
        if needed is not None and not needed & set(purpose.legal_bases):
            where = ("purposes", purpose.key)
            yield finding(Code.OBLIGATION_WITHOUT_BASIS, where, purpose=purpose.text)


def sources_and_recipients(register: RegisterDefinition) -> Iterator[Finding]:
    """The same bodies as sources and as recipients: one field has probably been copied."""
    sources = {each.name.original for each in register.sources or () if not each.data_subject}
    disclosures = register.disclosures or ()
    fields = {field for each in disclosures for field in each.printed_in}
    lists = [{each.recipient.original for each in disclosures}]
    lists += [
        {d.recipient.original for d in disclosures if field in d.printed_in} for field in fields
    ]
    if len(sources) > 1 and sources in lists:
        names = tuple(each.name for each in register.sources or () if not each.data_subject)
        yield finding(Code.SOURCES_REPEAT_RECIPIENTS, ("sources",), names=names)


def no_recipients(register: RegisterDefinition) -> Iterator[Finding]:
    """Data is said to go nowhere, and another part says where it goes."""
    if register.disclosures != ():
        return
    for transfer in register.transfers.items if register.transfers else ():
        yield finding(Code.RECIPIENTS_DENIED, ("disclosures",), text=transfer.recipient)
    for where, text in texts_of(register):
        if where[0] in _PRACTICE and _GIVES.search(text) and not _NOT.search(text):
            yield finding(Code.RECIPIENTS_DENIED, where[:2], text=text)


def denied_medium(register: RegisterDefinition) -> Iterator[Finding]:
    """A computer place is said to hold no personal data, which other parts contradict."""
    texts = [place.place for place in register.storage_places if place.medium is Medium.ATK]
    denied = next((text for text in texts if _NO_DATA.search(text.original)), None)
    if denied is None:
        return
    kept = [
        register.document_type(rule.document_type).name
        for rule in register.storage_rules
        if Medium.ATK in rule.media
    ]
    uses: list[LocalizedText] = [
        *kept,
        *(category.name for category in register.data_categories if Medium.ATK in category.media),
        *(each.recipient for each in register.disclosures or () if _is_by_computer(each.channel)),
        *(each.recipient for each in register.disclosures or () if _is_by_computer(each.recipient)),
        *(each.name for each in register.sources or () if _is_by_computer(each.channel)),
    ]
    if uses:
        names = tuple({use.original: use for use in uses}.values())
        yield finding(Code.MEDIUM_DENIED, ("storage_places",), place=denied, uses=names)


def _is_by_computer(text: LocalizedText | None) -> bool:
    return text is not None and _BY_COMPUTER.search(text.original) is not None


def forms(register: RegisterDefinition) -> Iterator[Finding]:
    """A written form asked for here, and none there."""
    offered = [each for each in register.rights or () if each.not_applicable is None]
    asked = [each for each in offered if each.right in _ASKED_FOR]
    written = tuple(each.right for each in asked if each.form is RequestForm.WRITTEN)
    free = tuple(each.right for each in asked if each.form is not RequestForm.WRITTEN)
    if written and free:
        yield finding(Code.REQUEST_FORM_DIFFERS, ("rights",), written=written, free=free)
    by_consent = [d for d in register.disclosures or () if d.basis is DisclosureBasis.CONSENT]
    strict = [d for d in by_consent if d.consent_form is RequestForm.WRITTEN]
    loose = tuple(d.recipient for d in by_consent if d.consent_form is not RequestForm.WRITTEN)
    if strict and loose:
        yield finding(Code.CONSENT_FORM_DIFFERS, ("disclosures",), recipients=loose)


_BY_LAW = frozenset({LegalBasis.LEGAL_OBLIGATION, LegalBasis.PUBLIC_TASK})

# By so many letters the beginnings of two words are one word in different cases.
_STEM = 6
# Words that stand in any purpose.
_ANY_PURPOSE = re.compile(
    r"henkilöt|tietoj|asiakk|asiaka|käsitt|person|uppgif|klient|kunder|behand|client|custom|proces"
)


def consent_beside_law(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Arts. 6(1) and 7(4): consent is asked for giving away what a law lets be used.

    Only where the disclosure may serve a purpose that rests on law, and no other one: for the same
    data, and for the same matter where it says for which. A purpose with another basis explains
    the consent.
    """
    asked = tuple(
        disclosure.recipient
        for disclosure in register.disclosures or ()
        if disclosure.basis is DisclosureBasis.CONSENT and _serves_law(register, disclosure)
    )
    if asked:
        yield finding(Code.CONSENT_BESIDE_LAW, ("disclosures",), recipients=asked)


def _serves_law(register: RegisterDefinition, disclosure: Disclosure) -> bool:
    served = [p for p in register.purposes if _shares_data(p, disclosure) and _fits(p, disclosure)]
    if any(set(purpose.legal_bases) - _BY_LAW for purpose in served):
        return False
    return any(purpose.statutes or purpose.legal_bases for purpose in served)


def _shares_data(purpose: Purpose, disclosure: Disclosure) -> bool:
    """Whether a purpose may use data that goes to a recipient; what names none may be any."""
    used, given = set(purpose.data_categories), set(disclosure.data_categories)
    return not used or not given or bool(used & given)


def _fits(purpose: Purpose, disclosure: Disclosure) -> bool:
    """Whether what data is given for may be a purpose; not when it says something else."""
    if disclosure.purpose is None:
        return True
    return bool(_stems(disclosure.purpose.original) & _stems(purpose.text.original))


def _stems(text: str) -> set[str]:
    stems = {word[:_STEM] for word in words_of(text) if len(word) >= _STEM}
    return {stem for stem in stems if not _ANY_PURPOSE.match(stem)}


def listed_categories(register: RegisterDefinition) -> Iterator[Finding]:
    """Data that the register holds and its printed list of contents leaves out."""
    numbered = [category for category in register.data_categories if category.number]
    for category in register.data_categories:
        where = ("data_categories", category.key)
        if numbered and not category.number:
            yield finding(Code.CATEGORY_NOT_LISTED, where, category=category.name)
        if (
            category.identity_code
            and category.printed
            and not _IDENTITY_CODE.search(category.printed)
        ):
            yield finding(Code.IDENTITY_CODE_NOT_PRINTED, where, category=category.name)
    groups = {key for category in register.data_categories for key in category.data_subjects}
    if groups and all(category.data_subjects for category in register.data_categories):
        for group in register.data_subjects:
            if group.key not in groups:
                where = ("data_subjects", group.key)
                yield finding(Code.DATA_SUBJECTS_WITHOUT_DATA, where, group=group.name)


def unused_data(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 5(1)(b)–(c): each purpose says what data it uses, and some data serves none.

    Special data without a purpose is worse, and has a finding of its own.
    """
    used = {key for purpose in register.purposes for key in purpose.data_categories}
    if used and all(purpose.data_categories for purpose in register.purposes):
        for category in register.data_categories:
            if category.key not in used and not category.special:
                where = ("data_categories", category.key)
                yield finding(Code.CATEGORY_WITHOUT_PURPOSE, where, category=category.name)


# Finnish and Swedish stems that by themselves speak of a special category (GDPR Art. 9(1)).
_SPECIAL_WORDS = re.compile(
    r"terveystie|terveydentil|terveystarkast|sairau|allergi|diagnoo|vammais|lääkity|raskau"
    r"|uskonno|vakaumu|etnis|etninen|ammattiliit|ammattiosasto|seksuaali|biometri|geneetti"
    r"|hälsouppgift|hälsotillst|sjukdom|allergi|diagnos|religi|etnisk|fackförening|sexuell",
    re.IGNORECASE,
)


def unmarked_data(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 9 and act 1050/2018 s. 29: a name tells of data that no mark does.

    Without the mark no condition is asked for, and neither notice nor record tells of the data.
    """
    for category in register.data_categories:
        where, name = ("data_categories", category.key), category.name
        if not category.special and _SPECIAL_WORDS.search(name.original):
            yield finding(Code.SPECIAL_NOT_MARKED, where, category=name)
        if not category.identity_code and _IDENTITY_CODE.search(name.original):
            yield finding(Code.IDENTITY_CODE_NOT_MARKED, where, category=name)


CONTRADICTION_CHECKS = (
    interests,
    obligations,
    denied_rights,
    sources_and_recipients,
    no_recipients,
    denied_medium,
    forms,
    consent_beside_law,
    listed_categories,
    unused_data,
    unmarked_data,
)
