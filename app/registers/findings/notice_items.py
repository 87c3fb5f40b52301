"""Does the register state what GDPR Arts. 13, 14 and 30 ask for? Gaps are named, never filled."""

import re
from collections.abc import Iterator

from app.registers.definitions import (
    DisclosureBasis,
    LegalBasis,
    Purpose,
    RegisterDefinition,
    Right,
)
from app.registers.definitions.rights import rests_on_consent, rights_that_apply
from app.registers.definitions.vocabulary import Deliverer, Obligation
from app.registers.findings.model import Finding
from app.registers.findings.model import FindingCode as Code
from app.registers.findings.texts import finding

# What the person may refuse only with consequences.
_DUTIES = (Obligation.STATUTORY, Obligation.CONTRACTUAL)

# “Yhden hanketyöntekijän hallinnassa”, “avain on yhdellä henkilöllä”.
_ONE_PERSON = re.compile(r"\byhde(?:n|llä)\s+\w*(?:työntekij|henkilö|ihmi)", re.IGNORECASE)


def controllers(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 13(1)(a)–(b) and Art. 26: who is responsible, and how to reach them."""
    if not register.controllers:
        yield finding(Code.CONTROLLER_MISSING, ("controllers",))
    shared_contact = register.contact is not None and register.contact.contact is not None
    for controller in register.controllers:
        if controller.contact is None and not shared_contact:
            where = ("controllers", controller.key)
            yield finding(Code.CONTROLLER_CONTACT_MISSING, where, controller=controller.name)
    if register.has_joint_controllers and register.joint_arrangement is None:
        yield finding(Code.JOINT_ARRANGEMENT_MISSING, ("joint_arrangement",))
    officer = register.data_protection_officer
    if officer is None:
        yield finding(Code.DPO_MISSING, ("data_protection_officer",))
    elif officer.not_designated is None and officer.contact is None:
        yield finding(Code.DPO_CONTACT_MISSING, ("data_protection_officer",))


def purposes(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 13(1)(c)–(d) and 13(2)(e): why, on what basis, and must the data be given."""
    if not register.purposes:
        yield finding(Code.PURPOSE_MISSING, ("purposes",))
    for purpose in register.purposes:
        where = ("purposes", purpose.key)
        if not purpose.legal_bases:
            yield finding(Code.LEGAL_BASIS_MISSING, where, purpose=purpose.text)
        interests = LegalBasis.LEGITIMATE_INTERESTS in purpose.legal_bases
        if interests and purpose.legitimate_interest is None:
            yield finding(Code.LEGITIMATE_INTEREST_MISSING, where, purpose=purpose.text)
        yield from _obligation(register, purpose)


def _obligation(register: RegisterDefinition, purpose: Purpose) -> Iterator[Finding]:
    """GDPR Art. 13(2)(e). Art. 14 asks nothing of the kind of data that comes from elsewhere."""
    where, stated = ("purposes", purpose.key), purpose.data_obligation
    if stated is None:
        if register.asks_the_person:
            yield finding(Code.DATA_OBLIGATION_MISSING, where, purpose=purpose.text)
    elif stated.obligation in _DUTIES and stated.consequences is None:
        yield finding(Code.CONSEQUENCES_MISSING, where, purpose=purpose.text)


def recipients(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 13(1)(e) and Art. 28: where the data goes.

    What only the client delivers does not tell to whom the controller itself discloses data.
    """
    disclosures = register.disclosures
    own = [d for d in disclosures or () if d.delivered_by is Deliverer.CONTROLLER]
    if disclosures is None or (disclosures and not own):
        yield finding(Code.RECIPIENTS_MISSING, ("disclosures",))
    for disclosure in disclosures or ():
        if disclosure.basis is None:
            where = ("disclosures", disclosure.key)
            yield finding(Code.DISCLOSURE_BASIS_MISSING, where, recipient=disclosure.recipient)
    if register.processors is None:
        yield finding(Code.PROCESSORS_NOT_STATED, ("processors",))


def publication(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Arts. 5(1)(c), 9 and 10; act 1050/2018 s. 29: what anyone may see.

    An identity code is not for everybody, whatever the person consents to.
    """
    for disclosure in register.disclosures or ():
        by_consent = disclosure.basis is DisclosureBasis.CONSENT
        too_wide = tuple(
            category.name
            for category in register.data_categories
            if category.key in disclosure.data_categories
            and (
                category.identity_code
                or (not by_consent and (category.special or category.criminal))
            )
        )
        if disclosure.published and too_wide:
            where = ("disclosures", disclosure.key)
            yield finding(Code.PUBLICATION_TOO_WIDE, where, categories=too_wide)


def minors(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Arts. 8(1) and 12(1): a child has somebody who acts for it."""
    for group in register.data_subjects:
        if group.minors and group.represented_by is None:
            where = ("data_subjects", group.key)
            yield finding(Code.MINORS_UNREPRESENTED, where, group=group.name)


def rights(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 13(2)(b)–(d): what the data subject may do."""
    missing = tuple(r for r in rights_that_apply(register) if register.right(r) is None)
    if missing:
        yield finding(Code.RIGHTS_MISSING, ("rights",), rights=missing)
    if rests_on_consent(register) and register.right(Right.WITHDRAW_CONSENT) is None:
        yield finding(Code.CONSENT_WITHDRAWAL_MISSING, ("rights",))
    if register.right(Right.COMPLAINT) is None:
        yield finding(Code.COMPLAINT_MISSING, ("rights",))


def contents(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 14(1)(d), 14(2)(f) and Art. 30(1)(c), (g): what is kept, of whom, from where."""
    if not register.data_categories:
        yield finding(Code.CATEGORIES_MISSING, ("data_categories",))
    if not register.data_subjects:
        yield finding(Code.DATA_SUBJECTS_MISSING, ("data_subjects",))
    if register.sources is None:
        yield finding(Code.SOURCES_MISSING, ("sources",))
    elif not register.asks_the_person and not _asks_nothing(register):
        yield finding(Code.SOURCE_OMITS_DATA_SUBJECT, ("sources",))
    unclear = tuple(
        source.name
        for source in register.sources or ()
        if not source.data_subject and source.public is None
    )
    if unclear:
        yield finding(Code.SOURCE_PUBLIC_NOT_STATED, ("sources",), sources=unclear)


def _asks_nothing(register: RegisterDefinition) -> bool:
    """Whether every purpose says that nothing is asked from the person: a camera, a log."""
    stated = [purpose.data_obligation for purpose in register.purposes]
    return bool(stated) and all(
        each is not None and each.obligation is Obligation.NOT_ASKED for each in stated
    )


def responsibility(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Arts. 5(2), 30(1)(g), 30(2)(d) and 32: protected, and somebody answers for it."""
    if not register.safeguards:
        yield finding(Code.SAFEGUARDS_MISSING, ("safeguards",))
    if register.version is None:
        yield finding(Code.VERSION_MISSING, ("version",))
    owner = register.owner or register.contact
    if owner is None:
        yield finding(Code.OWNER_MISSING, ("owner",))
    elif register.owner and not (owner.substitute or owner.several):
        yield finding(Code.OWNER_WITHOUT_SUBSTITUTE, ("owner",), role=owner.role)
    if owner is not None and not any(r and r.contact for r in (register.owner, register.contact)):
        yield finding(Code.OWNER_CONTACT_MISSING, ("owner",), role=owner.role)
    for safeguard in register.safeguards:
        texts = [safeguard.text, *([safeguard.key_holders] if safeguard.key_holders else [])]
        if safeguard.single_person or any(_ONE_PERSON.search(text.original) for text in texts):
            where = ("safeguards", safeguard.key)
            yield finding(Code.SAFEGUARD_ON_ONE_PERSON, where, safeguard=safeguard.text)


NOTICE_CHECKS = (
    purposes,
    recipients,
    publication,
    minors,
    rights,
    contents,
)

# What a processor's record needs as well (Art. 30(2)).
WHO_CHECKS = (controllers,)
PROTECTION_CHECKS = (responsibility,)
