"""The processing itself: a process for each purpose, the data, the people, measures and rights."""

from collections.abc import Iterator

from app.registers.definitions import DataCategory, RegisterDefinition
from app.registers.definitions.parts import DataObligation, Purpose, RightOffered, Safeguard
from app.registers.definitions.vocabulary import LegalBasis
from app.registers.exports.dpv.nodes import (
    Names,
    Node,
    day,
    node,
    properties,
    reference,
    references,
    rule_name,
    text,
)
from app.registers.exports.dpv.parties import law, roles
from app.registers.exports.dpv.storage import storage_rule_name, used_rules
from app.registers.exports.dpv.terms import MEASURES, MEDIA, RIGHTS, SPECIAL_DATA, article
from app.registers.exports.source import ExportedRegister


def processes(exported: ExportedRegister, names: Names) -> Iterator[Node]:
    """A process for each purpose; one for the register when it names no purpose."""
    register = exported.definition
    shared = _shared(exported, names)
    for purpose in register.purposes:
        yield (
            node(
                names("process", purpose.key),
                "dpv:Process",
                **_of_purpose(register, purpose, names),
            )
            | shared
        )
    if not register.purposes:
        everything = {
            "dpv_hasDataSubject": references(
                names("subjects", s.key) for s in register.data_subjects
            ),
            "dpv_hasPersonalData": references(
                names("data", c.key) for c in register.data_categories
            ),
        }
        yield node(names("process"), "dpv:Process", **everything) | shared


def _of_purpose(register: RegisterDefinition, purpose: Purpose, names: Names) -> Node:
    subjects = purpose.data_subjects or [s.key for s in register.data_subjects]
    categories = purpose.data_categories or [c.key for c in register.data_categories]
    ground, offences = purpose.identity_code_ground, purpose.article_10_ground
    return {
        "dpv_hasPurpose": node(
            names("purpose", purpose.key), "dpv:Purpose", dct_title=text(purpose.text)
        ),
        "dpv_hasLegalBasis": _legal_bases(purpose, names),
        "dpv_hasApplicableLaw": [law(s) for s in purpose.statutes or register.statutes],
        "dpv_hasDataSubject": references(names("subjects", key) for key in subjects),
        "dpv_hasPersonalData": references(names("data", key) for key in categories),
        "seloste_identityCodeGround": ground.value if ground else None,
        "seloste_article10Ground": offences.value if offences else None,
        "seloste_dataObligation": _obligation(purpose.data_obligation),
    }


def _legal_bases(purpose: Purpose, names: Names) -> list[Node]:
    found = []
    for basis in purpose.legal_bases:
        term = article(basis)
        interest = purpose.legitimate_interest
        if basis is LegalBasis.LEGITIMATE_INTERESTS and interest is not None:
            types = ["dpv:LegitimateInterestOfController", term]
            id_ = names("legitimate-interest", purpose.key)
            found.append(node(id_, types, dct_description=text(interest)))
        else:
            found.append(reference(term))
    if purpose.article_9_condition is not None:
        found.append(reference(article(purpose.article_9_condition)))
    return found


def _obligation(stated: DataObligation | None) -> list[str | Node]:
    return [stated.obligation.value, *text(stated.consequences)] if stated else []


def _shared(exported: ExportedRegister, names: Names) -> Node:
    """What holds for every purpose of the register."""
    register = exported.definition
    joint = register.has_joint_controllers or register.joint_arrangement is not None
    named = dict(roles(register))
    rules = [reference(rule_name(key)) for key in used_rules(register)]
    places = [reference(names("place", str(n + 1))) for n in range(len(register.storage_places))]
    in_words = [reference(names("retention"))] if register.retention else []
    return properties(
        seloste_register=reference(names.base),
        dpv_hasDataController=references(names("controller", c.key) for c in register.controllers),
        dpv_hasJointDataControllers=reference(names("joint-controllers")) if joint else None,
        dpv_hasDataProcessor=references(
            names("processor", p.key) for p in register.processors or ()
        ),
        dpv_hasDataProtectionOfficer=reference(names("dpo")) if "dpo" in named else None,
        dpv_hasResponsibleEntity=references(names(k) for k in ("owner", "contact") if k in named),
        dpv_hasDataSource=references(names("source", s.key) for s in register.sources or ()),
        dpv_hasRecipient=references(names("recipient", d.key) for d in register.disclosures or ()),
        dpv_hasProcessing=_processing(register, names),
        dpv_hasStorageCondition=[*in_words, *rules, *places],
        dpv_hasRight=[_right(offered) for offered in register.offered_rights()],
        dpv_hasAssessment=_assessment(register, names),
        dpv_hasNotice=reference(names("notice")),
        dpv_hasJurisdiction=reference("loc:FI"),
        dpv_hasService=references(names("service", s.key) for s in register.services),
        seloste_transfersMade=register.transfers.made if register.transfers else None,
        seloste_automatedDecisionsMade=(
            register.automated_decisions.made if register.automated_decisions else None
        ),
        seloste_storageRule=references(storage_rule_name(r, names) for r in register.storage_rules),
    ) | _measures(register, names)


def _processing(register: RegisterDefinition, names: Names) -> list[Node]:
    transfers = register.transfers.items if register.transfers else ()
    found = [reference(names("transfer", str(number + 1))) for number in range(len(transfers))]
    stated = register.automated_decisions
    if stated is not None and stated.made:
        found.append(
            node(
                names("automated-decisions"),
                "dpv:AutomatedDecisionMaking",
                dct_description=text(stated.text),
            )
        )
    if stated is not None and stated.profiling:
        found.append(node(names("profiling"), "dpv:Profiling", dct_description=text(stated.text)))
    found += [
        node(names("for-others", str(number)), "dpv:Processing", dct_title=text(category))
        for number, category in enumerate(register.processing_for_others, 1)
    ]
    return found


def _measures(register: RegisterDefinition, names: Names) -> Node:
    found: Node = {}
    for safeguard in register.safeguards:
        found.setdefault(MEASURES[safeguard.kind][0], []).append(
            reference(names("measure", safeguard.key))
        )
    return found


def _right(offered: RightOffered) -> Node:
    term = RIGHTS[offered.right]
    if offered.text is None and offered.form is None and not offered.addressed_to:
        return reference(term)
    return node(
        None,
        term,
        dct_description=text(offered.text),
        seloste_requestForm=offered.form.value if offered.form else None,
        dpv_hasResponsibleEntity=[
            node(None, "dpv:Entity", dpv_hasName=text(role)) for role in offered.addressed_to
        ],
    )


def _assessment(register: RegisterDefinition, names: Names) -> Node | None:
    stated = register.impact_assessment
    if stated is None:
        return None
    needed = "eu-gdpr:DPIARequired" if stated.needed else "eu-gdpr:DPIANotRequired"
    return node(
        names("impact-assessment"),
        "dpv:DPIA",
        dpv_hasStatus=reference(needed),
        dct_description=text(stated.reason),
        dct_date=day(stated.made_on),
    )


def subjects_and_data(register: RegisterDefinition, names: Names) -> Iterator[Node]:
    """Groups of data subjects, categories of data, and measures of protection."""
    for group in register.data_subjects:
        yield node(
            names("subjects", group.key),
            "dpv:DataSubject",
            dct_title=text(group.name),
            seloste_minors=group.minors or None,
            seloste_representedBy=text(group.represented_by),
        )
    for category in register.data_categories:
        yield _category(register, category, names)
    for safeguard in register.safeguards:
        yield _safeguard(safeguard, names)


def _category(register: RegisterDefinition, category: DataCategory, names: Names) -> Node:
    documents = (register.merged_type(key).key for key in category.documents)
    rule = category.retention_rule
    in_words = node(None, "dpv:StorageDuration", dct_description=text(category.retention))
    kept = [reference(rule_name(rule))] if rule else []
    return node(
        names("data", category.key),
        _data_types(category),
        dct_title=text(category.name),
        dpv_hasDataSubject=references(names("subjects", key) for key in category.data_subjects),
        dpv_hasStorageCondition=[*([in_words] if category.retention else []), *kept],
        seloste_presence=list(dict.fromkeys(part.presence.value for part in category.special)),
        seloste_documentType=references(names("document-type", key) for key in documents),
        seloste_medium=[MEDIA[medium] for medium in category.media],
        seloste_gap=text(category.gap),
    )


def _data_types(category: DataCategory) -> list[str]:
    types = ["dpv:SpecialCategoryPersonalData" if category.special else "dpv:PersonalData"]
    types += [
        SPECIAL_DATA[part.category] for part in category.special if part.category in SPECIAL_DATA
    ]
    if category.identity_code:
        types.append("pd:OfficialID")
    if category.criminal:
        types += ["dpv:SensitivePersonalData", "pd:CriminalConviction"]
    return types


def _safeguard(safeguard: Safeguard, names: Names) -> Node:
    return node(
        names("measure", safeguard.key),
        MEASURES[safeguard.kind][1],
        dct_description=text(safeguard.text),
        seloste_keyHolder=text(safeguard.key_holders),
        seloste_singlePerson=safeguard.single_person or None,
    )
