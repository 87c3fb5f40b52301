"""Who takes part: controllers, processors, the data protection officer, recipients, sources."""

from collections.abc import Iterator

from app.registers.definitions import RegisterDefinition
from app.registers.definitions.parts import Controller, Processor, RoleContact, Source, Statute
from app.registers.exports.dpv.nodes import Names, Node, day, node, reference, references, text
from app.registers.exports.dpv.terms import LOC, article


def parties(register: RegisterDefinition, names: Names) -> Iterator[Node]:
    """A node for each party of the register."""
    for controller in register.controllers:
        yield _controller(controller, names)
    if register.has_joint_controllers or register.joint_arrangement is not None:
        yield _joint(register, names)
    for processor in register.processors or ():
        yield _processor(processor, names)
    for kind, person in roles(register):
        type_ = "dpv:DataProtectionOfficer" if kind == "dpo" else "dpv:Entity"
        yield _role(person, type_, names(kind))
    for source in register.sources or ():
        yield _source(source, names)
    yield from _recipients(register, names)


def roles(register: RegisterDefinition) -> Iterator[tuple[str, RoleContact]]:
    """The roles that the register names, by what they are for it."""
    named = {
        "dpo": register.officer,
        "owner": register.owner,
        "contact": register.contact,
    }
    for kind, person in named.items():
        if person is not None:
            yield kind, person


def law(statute: Statute) -> Node:
    """A law with its number and section."""
    return node(
        None,
        "dpv:Law",
        dct_title=text(statute.name),
        dct_identifier=statute.number,
        dct_bibliographicCitation=statute.section,
    )


def transfers(register: RegisterDefinition, names: Names) -> Iterator[Node]:
    """Each transfer to a third country or an international organisation."""
    for number, item in enumerate(register.transfers.items if register.transfers else (), 1):
        code = item.country_code
        safeguard = node(None, "dpv:SafeguardForDataTransfer", dct_description=text(item.safeguard))
        yield node(
            names("transfer", str(number)),
            "dpv:CrossBorderTransfer",
            dct_title=text(item.destination),
            dpv_hasThirdCountry=reference(f"loc:{code}") if code in LOC else None,
            dpv_hasRecipient=node(None, "dpv:Recipient", dpv_hasName=text(item.recipient)),
            dpv_hasLegalBasis=references(article(each) for each in item.mechanism),
            dpv_hasTechnicalOrganisationalMeasure=safeguard if item.safeguard else None,
            seloste_copyFrom=text(item.copy_from),
        )


def _controller(controller: Controller, names: Names) -> Node:
    person = controller.representative
    return node(
        names("controller", controller.key),
        "dpv:DataController",
        dpv_hasName=text(controller.name),
        dpv_hasIdentifier=controller.business_id,
        dpv_hasContact=controller.contact,
        dct_description=text(controller.responsibilities),
        dpv_hasRepresentative=_role(person, "dpv:Representative", None) if person else None,
    )


def _joint(register: RegisterDefinition, names: Names) -> Node:
    arrangement = register.joint_arrangement
    agreement = node(None, "dpv:JointDataControllersAgreement", dct_description=text(arrangement))
    return node(
        names("joint-controllers"),
        "dpv:JointDataControllers",
        dpv_hasEntity=references(names("controller", c.key) for c in register.controllers),
        dpv_hasLegalMeasure=agreement if arrangement else None,
    )


def _processor(processor: Processor, names: Names) -> Node:
    contract = node(
        None,
        "dpv:DataProcessingAgreement",
        dct_title=text(processor.contract),
        dct_date=day(processor.contract_on),
    )
    return node(
        names("processor", processor.key),
        "dpv:DataProcessor",
        dpv_hasName=text(processor.name),
        dpv_hasIdentifier=processor.business_id,
        dpv_hasContact=processor.contact,
        dct_description=text(processor.task),
        dpv_hasLegalMeasure=contract if processor.contract or processor.contract_on else None,
    )


def _role(person: RoleContact, type_: str, id_: str | None) -> Node:
    return node(
        id_,
        type_,
        dpv_hasName=text(person.role),
        dpv_hasContact=person.contact,
        seloste_substitute=text(person.substitute),
    )


def _source(source: Source, names: Names) -> Node:
    types = ["dpv:DataSource"]
    if source.data_subject:
        types = ["dpv:DataSubjectDataSource"]
    elif source.public is not None:
        types = ["dpv:PublicDataSource" if source.public else "dpv:NonPublicDataSource"]
    return node(
        names("source", source.key),
        types,
        dct_title=text(source.name),
        dct_description=text(source.what),
        seloste_channel=text(source.channel),
    )


def _recipients(register: RegisterDefinition, names: Names) -> Iterator[Node]:
    for disclosure in register.disclosures or ():
        form = disclosure.consent_form
        yield node(
            names("recipient", disclosure.key),
            "dpv:Recipient",
            dpv_hasName=text(disclosure.recipient),
            dct_description=text(disclosure.what),
            dpv_hasPersonalData=references(names("data", k) for k in disclosure.data_categories),
            dpv_hasPurpose=(
                node(None, "dpv:Purpose", dct_title=text(disclosure.purpose))
                if disclosure.purpose
                else None
            ),
            dpv_hasApplicableLaw=law(disclosure.statute) if disclosure.statute else None,
            seloste_condition=text(disclosure.condition),
            seloste_decidedBy=text(disclosure.decided_by),
            seloste_refusal=text(disclosure.refusal),
            seloste_published=disclosure.published or None,
            seloste_basis=disclosure.basis.value if disclosure.basis else None,
            seloste_requestForm=form.value if form else None,
            seloste_channel=text(disclosure.channel),
            seloste_deliveredBy=disclosure.delivered_by.value,
            seloste_service=references(names("service", key) for key in disclosure.services),
        )
