"""What the record of processing and accountability ask for: Arts. 10, 22, 26, 28, 30 and 35."""

from collections import defaultdict
from collections.abc import Iterator

from app.registers.definitions import DataCategory, LegalBasis, RegisterDefinition
from app.registers.definitions.parts import Purpose, Transfer
from app.registers.definitions.vocabulary import (
    Article10Ground,
    Capacity,
    DisclosureBasis,
    IdentityCodeGround,
    Presence,
)
from app.registers.findings.model import Finding
from app.registers.findings.model import FindingCode as Code
from app.registers.findings.texts import finding
from app.retention.definition_models import LocalizedText

# The EU with Åland, and Iceland, Liechtenstein and Norway: data moves there as at home.
_EEA = """
    AT AX BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK
"""


def for_others(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 30(2)(a)–(b): who processes for whom, and what."""
    if not register.processors:
        yield finding(Code.PROCESSOR_MISSING, ("processors",))
    if not register.processing_for_others:
        yield finding(Code.PROCESSING_FOR_OTHERS_MISSING, ("processing_for_others",))


def processors(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 28(3): a contract with each processor.

    Where the organisation is itself the processor, it stands first and has none with itself.
    """
    others = register.processors or ()
    if register.capacity is Capacity.PROCESSOR:
        others = others[1:]
    for processor in others:
        where = ("processors", processor.key)
        if processor.contract is None:
            yield finding(Code.PROCESSOR_CONTRACT_MISSING, where, processor=processor.name)
        if processor.task is None:
            yield finding(Code.PROCESSOR_TASK_MISSING, where, processor=processor.name)


def joint_controllers(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 26(1): which joint controller answers for what."""
    if register.has_joint_controllers and register.joint_arrangement is not None:
        for controller in register.controllers:
            if controller.responsibilities is None:
                where = ("controllers", controller.key)
                yield finding(Code.JOINT_DUTIES_MISSING, where, controller=controller.name)


def transfers(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Arts. 13(1)(f), 30(1)(e), 30(2)(c) and 44–49."""
    if register.transfers is None:
        yield finding(Code.TRANSFERS_MISSING, ("transfers",))
        return
    for transfer in register.transfers.items:
        yield from _transfer(transfer)


def _transfer(transfer: Transfer) -> Iterator[Finding]:
    where, country = ("transfers",), transfer.destination
    if transfer.country_code in _EEA.split():
        yield finding(Code.TRANSFER_WITHIN_EEA, where, country=country)
    elif not transfer.mechanism and transfer.safeguard is None:
        yield finding(Code.TRANSFER_SAFEGUARD_MISSING, where, country=country)
    elif not transfer.mechanism:
        yield finding(Code.TRANSFER_MECHANISM_MISSING, where, country=country)
    elif transfer.copy_from is None and any(m.startswith("46") for m in transfer.mechanism):
        yield finding(Code.TRANSFER_COPY_MISSING, where, country=country)


def special_data(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Arts. 9(2) and 10 and act 1050/2018 ss. 7 and 29: may such data be kept at all."""
    yield from _special_categories(register)
    categories = register.data_categories
    for category in categories:
        where = ("data_categories", category.key)
        concerning = _concerning(register, category)
        if category.criminal and not any(p.article_10_ground for p in concerning):
            yield finding(Code.CRIMINAL_DATA_GROUND_MISSING, where, category=category.name)
    unfounded = [
        category.key
        for category in categories
        if category.identity_code
        and not any(p.identity_code_ground for p in _concerning(register, category))
    ]
    if unfounded:
        yield finding(Code.IDENTITY_CODE_GROUND_MISSING, ("data_categories", unfounded[0]))


def _special_categories(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 9(2): each purpose that uses special data has a condition for it.

    A purpose that names no data uses all of it, perhaps without need of the special part: it is
    asked only where no other purpose has the condition. Purposes that lack one for the same data
    are told of together.
    """
    lacking: defaultdict[tuple[LocalizedText, ...], list[Purpose]] = defaultdict(list)
    special = [category for category in register.data_categories if category.special]
    bare = [c for c in special if not any(p.article_9_condition for p in _concerning(register, c))]
    for purpose in register.purposes:
        used = tuple(
            category.name
            for category in special
            if category.key in purpose.data_categories
            or (category in bare and not purpose.data_categories)
        )
        if used and purpose.article_9_condition is None:
            lacking[used].append(purpose)
    for names, purposes in lacking.items():
        where = ("purposes", purposes[0].key) if len(purposes) == 1 else ("purposes",)
        texts = tuple(purpose.text for purpose in purposes)
        yield finding(Code.ARTICLE_9_CONDITION_MISSING, where, categories=names, purposes=texts)
    unused = tuple(c.name for c in special if not _concerning(register, c))
    if unused:
        yield finding(Code.SPECIAL_DATA_WITHOUT_PURPOSE, ("data_categories",), categories=unused)


def _concerning(register: RegisterDefinition, category: DataCategory) -> list[Purpose]:
    """The purposes for which a data category is used; a purpose that names none uses all."""
    return [
        purpose
        for purpose in register.purposes
        if not purpose.data_categories or category.key in purpose.data_categories
    ]


def impact_assessment(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 35: assessed where the risk is high, and the answer explained."""
    where, assessment = ("impact_assessment",), register.impact_assessment
    if assessment is None:
        if _is_risky(register):
            yield finding(Code.IMPACT_ASSESSMENT_MISSING, where)
    elif assessment.needed and assessment.made_on is None:
        yield finding(Code.IMPACT_ASSESSMENT_NOT_MADE, where)
    elif not assessment.needed and assessment.reason is None:
        yield finding(Code.IMPACT_ASSESSMENT_REASON_MISSING, where)


def _is_risky(register: RegisterDefinition) -> bool:
    decisions = register.automated_decisions
    if decisions is not None and (decisions.made or decisions.profiling):
        return True
    return any(
        category.criminal or any(each.presence is Presence.ALWAYS for each in category.special)
        for category in register.data_categories
    )


def automated_decisions(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Arts. 13(2)(f) and 22: whether machines decide, and by what logic."""
    where, decisions = ("automated_decisions",), register.automated_decisions
    if decisions is None:
        yield finding(Code.AUTOMATED_DECISIONS_MISSING, where)
    elif (decisions.made or decisions.profiling) and decisions.text is None:
        yield finding(Code.AUTOMATED_LOGIC_MISSING, where)


def statutes(register: RegisterDefinition) -> Iterator[Finding]:
    """GDPR Art. 6(3): what rests on law cites the law."""
    by_law = {LegalBasis.LEGAL_OBLIGATION, LegalBasis.PUBLIC_TASK}
    for purpose in register.purposes:
        if by_law & set(purpose.legal_bases) and not (purpose.statutes or register.statutes):
            where = ("purposes", purpose.key)
            yield finding(Code.STATUTE_MISSING, where, purpose=purpose.text)
        yield from _grounds(register, purpose)
    for disclosure in register.disclosures or ():
        if disclosure.basis is DisclosureBasis.STATUTE and disclosure.statute is None:
            where = ("disclosures", disclosure.key)
            yield finding(Code.DISCLOSURE_STATUTE_MISSING, where, recipient=disclosure.recipient)


def _grounds(register: RegisterDefinition, purpose: Purpose) -> Iterator[Finding]:
    """Act 1050/2018 ss. 7 and 29: a ground that is a law cites the law."""
    by_law = (IdentityCodeGround.STATUTE, IdentityCodeGround.STATUTORY_TASK)
    grounds = [
        ground
        for ground in (purpose.identity_code_ground, purpose.article_10_ground)
        if ground in by_law or ground is Article10Ground.STATUTE
    ]
    told = bool({LegalBasis.LEGAL_OBLIGATION, LegalBasis.PUBLIC_TASK} & set(purpose.legal_bases))
    if grounds and not told and not (purpose.statutes or register.statutes):
        where = ("purposes", purpose.key)
        yield finding(
            Code.GROUND_STATUTE_MISSING, where, purpose=purpose.text, grounds=tuple(grounds)
        )


PROCESSOR_CHECKS = (for_others,)
COMMON_CHECKS = (processors, joint_controllers, transfers)
RECORD_CHECKS = (special_data, impact_assessment, automated_decisions, statutes)
