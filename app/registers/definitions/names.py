"""What people call the parts and the fields of a register definition: one table for all pages.

Forms, findings, differences and the JSON Schema name them from here. A field means the same
wherever it stands, or `_OF_MODEL` says what it is called in that model.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from app.registers.definitions.model import RegisterDefinition
from app.registers.definitions.parts import (
    AutomatedDecisions,
    DataCategory,
    DirectMarketing,
    Disclosure,
    ImpactAssessment,
    OwnMarketing,
    PrintedField,
    Purpose,
    RightOffered,
    Statute,
    StorageRule,
    Transfer,
)
from app.retention.definition_models import LocalizedText
from app.web.i18n import LANGUAGES
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Names:
    """`label` stands over a field, a list or a page; `word` within a sentence, of one member.

    What is compared only as a part of something larger needs no word.
    """

    label: Any
    word: Any = None


# The parts at the top level of a definition, in its order.
PARTS: dict[str, Names] = {
    "name": Names(_l("Name"), _l("name of the register")),
    "description": Names(_l("Description of the register"), _l("description")),
    "version": Names(_l("Printed version"), _l("written description")),
    "languages": Names(_l("Languages of the register"), _l("languages")),
    "capacity": Names(_l("Role of the organisation"), _l("capacity")),
    "controllers": Names(_l("Controllers"), _l("controller")),
    "joint_arrangement": Names(
        _l("Essence of the joint arrangement"), _l("arrangement between joint controllers")
    ),
    "processors": Names(_l("Processors"), _l("processor")),
    "processing_for_others": Names(
        _l("Processing carried out for others"), _l("processing for others")
    ),
    "data_protection_officer": Names(
        _l("Data protection officer of the register"), _l("data protection officer")
    ),
    "owner": Names(_l("Person responsible for the register"), _l("person in charge")),
    "contact": Names(_l("Contact person"), _l("contact")),
    "purposes": Names(_l("Purposes of processing"), _l("purpose")),
    "statutes": Names(_l("Statutes"), _l("law")),
    "data_subjects": Names(_l("Groups of data subjects"), _l("group of data subjects")),
    "data_categories": Names(_l("Data categories"), _l("data category")),
    "sources": Names(_l("Sources of data"), _l("source of data")),
    "disclosures": Names(_l("Recipients and disclosures"), _l("recipient")),
    "transfers": Names(
        _l("Transfers outside the EU and the EEA"), _l("transfers outside the EU and the EEA")
    ),
    "safeguards": Names(_l("Protection of the data"), _l("safeguard")),
    "storage_places": Names(_l("Storage places"), _l("storage place")),
    "retention": Names(_l("Retention in words"), _l("retention in words")),
    "automated_decisions": Names(_l("Automated decisions"), _l("automated decisions")),
    "impact_assessment": Names(_l("Data protection impact assessment"), _l("impact assessment")),
    "services": Names(_l("Types of services"), _l("service")),
    "document_types": Names(_l("Types of documents"), _l("document type")),
    "storage_rules": Names(_l("Storage rules"), _l("storage rule")),
    "rights": Names(_l("Rights of data subjects"), _l("right")),
    "direct_marketing": Names(_l("Direct marketing"), _l("direct marketing")),
    "notice": Names(_l("Texts of the notice"), _l("texts of the notice")),
    "staff_instructions": Names(_l("Instructions for staff"), _l("instructions for staff")),
    "printed_fields": Names(
        _l("Headings of the printed description"), _l("heading of the printed description")
    ),
    "remarks": Names(_l("Remarks to settle"), _l("remark")),
}

# The fields of the parts.
FIELDS: dict[str, Names] = {
    "about": Names(_l("What is marketed")),
    "add_on": Names(_l("Add-on service"), _l("add-on service")),
    "addressed_to": Names(_l("Addressed to"), _l("addressed to")),
    "adopted_on": Names(_l("Adopted on"), _l("adopted on")),
    "article_10_ground": Names(
        _l("Ground for data on offences (Art. 10)"), _l("ground for data on offences")
    ),
    "article_9_condition": Names(
        _l("Condition for special categories (Art. 9)"), _l("ground for special categories of data")
    ),
    "basis": Names(_l("Ground of the disclosure"), _l("basis")),
    "business_id": Names(_l("Business ID"), _l("business ID")),
    "category": Names(_l("Special category")),
    "channel": Names(_l("Channel"), _l("channel")),
    "channels": Names(_l("Channels")),
    "condition": Names(_l("Condition"), _l("condition")),
    "consent_form": Names(_l("Form of the consent"), _l("form of consent")),
    "consent_required": Names(_l("A separate consent is required"), _l("consent required")),
    "consent_text": Names(_l("What the client consents to"), _l("text of the consent")),
    "consequences": Names(_l("What follows if the data is not given")),
    "contact": Names(_l("Contact details"), _l("contact details")),
    "contract": Names(_l("Contract"), _l("contract")),
    "contract_on": Names(_l("Date of the contract"), _l("day of the contract")),
    "copy_from": Names(_l("Where a copy of the safeguards is to be had")),
    "country": Names(_l("Country")),
    "country_code": Names(_l("Country code (two letters)")),
    "covers": Names(
        _l("Other registers that the notice covers"), _l("other registers in the notice")
    ),
    "criminal": Names(_l("Data on criminal convictions and offences"), _l("data on offences")),
    "data_categories": Names(_l("Data categories"), _l("data categories")),
    "data_obligation": Names(_l("Obligation to give the data"), _l("must the data be given")),
    "data_subject": Names(_l("From the data subjects themselves"), _l("from the person")),
    "data_subjects": Names(_l("Groups of data subjects"), _l("data subjects")),
    "decided_by": Names(_l("Whose decision each disclosure needs"), _l("whose decision it needs")),
    "delivered_by": Names(_l("Who delivers the data"), _l("delivered by")),
    "disclosed_outside": Names(
        _l("Disclosed to others for direct marketing"), _l("given to others")
    ),
    "document_type": Names(_l("Type of document")),
    "documents": Names(_l("Documents that carry the data"), _l("document types")),
    "form": Names(_l("Form of the request"), _l("form of the request")),
    "gap": Names(_l("Part for which no document is listed"), _l("part without a document")),
    "heading": Names(_l("Heading in the description"), _l("heading")),
    "hidden": Names(_l("What is kept out of sight")),
    "holder": Names(_l("Who keeps the document")),
    "identity_code": Names(_l("Holds personal identity codes"), _l("identity code")),
    "identity_code_ground": Names(
        _l("Ground for processing identity codes"), _l("ground for the identity code")
    ),
    "inferred": Names(_l("The number is not printed in the description")),
    "informing": Names(_l("How people are informed"), _l("how people are informed")),
    "introduction": Names(_l("Introduction of the notice"), _l("introduction")),
    "items": Names(_l("Transfers"), _l("transfers")),
    "key": Names(_l("Key of the entry")),
    "key_holders": Names(_l("Who has the key or the right of use, by role"), _l("who has the key")),
    "kind": Names(_l("Sort"), _l("kind")),
    "label": Names(_l("Label of the version"), _l("label")),
    "legal_bases": Names(_l("Legal bases (Art. 6)"), _l("legal basis")),
    "legitimate_interest": Names(_l("The legitimate interest"), _l("legitimate interest")),
    "made": Names(_l("Is data transferred outside the EU and the EEA"), _l("made")),
    "made_on": Names(_l("Made on"), _l("made on")),
    "master_data": Names(_l("Kept as basic details, not in a document"), _l("basic details")),
    "mechanism": Names(_l("Mechanism of the transfer")),
    "media": Names(_l("Media"), _l("media")),
    "medium": Names(_l("Medium"), _l("medium")),
    "merged_into": Names(_l("Merged into"), _l("merged into")),
    "minors": Names(_l("They are under 18 years of age"), _l("under 18 years of age")),
    "name": Names(_l("Name"), _l("name")),
    "needed": Names(_l("Is an assessment needed"), _l("needed")),
    "not_applicable": Names(
        _l("Why the right does not apply here"), _l("why the right does not apply")
    ),
    "not_designated": Names(
        _l("Why no data protection officer is designated"),
        _l("why no data protection officer is designated"),
    ),
    "notes": Names(_l("Notes"), _l("notes")),
    "number": Names(_l("Number in the description"), _l("number")),
    "obligation": Names(_l("Must the data be given")),
    "organisation": Names(_l("International organisation")),
    "own": Names(_l("Marketing of the own activity"), _l("own marketing")),
    "permission": Names(_l("Form of the permission")),
    "place": Names(_l("Place"), _l("place")),
    "presence": Names(_l("How often it is there")),
    "presentation_only": Names(_l("Only shown, not kept"), _l("only shown")),
    "printed": Names(_l("Printed spelling"), _l("printed spellings")),
    "printed_in": Names(_l("Numbers of the printed fields"), _l("printed in")),
    "profiling": Names(_l("Profiling is used"), _l("profiling")),
    "prohibited_purposes": Names(
        _l("Purposes that the person may forbid"), _l("prohibited purposes")
    ),
    "public": Names(_l("Is it a public source"), _l("public source")),
    "published": Names(_l("Published: anyone can see it"), _l("open to everyone")),
    "purpose": Names(_l("Why the data goes there"), _l("purpose")),
    "reason": Names(_l("Reason"), _l("reason")),
    "recipient": Names(_l("Recipient"), _l("recipient")),
    "refusal": Names(_l("How the person may refuse it"), _l("how the person may refuse it")),
    "representative": Names(_l("Representative in the EU"), _l("representative")),
    "represented_by": Names(_l("Who acts for them, as a guardian"), _l("who acts for them")),
    "responsibilities": Names(_l("Duties in the joint arrangement"), _l("responsibilities")),
    "retention": Names(_l("Retention in words"), _l("retention in words")),
    "retention_rule": Names(_l("Retention rule"), _l("retention rule")),
    "right": Names(_l("Right"), _l("right")),
    "role": Names(_l("Role"), _l("role")),
    "safeguard": Names(_l("Safeguards of the transfer")),
    "section": Names(_l("Section"), _l("section")),
    "sensitivity": Names(_l("Sensitivity"), _l("sensitivity")),
    "service": Names(_l("Type of service")),
    "services": Names(_l("Types of services"), _l("services")),
    "several": Names(_l("Several people have the role"), _l("held by several people")),
    "shown": Names(_l("What is noted")),
    "single_person": Names(_l("Rests on one person alone"), _l("rests on one person")),
    "special": Names(_l("Special categories of personal data"), _l("special categories of data")),
    "statute": Names(_l("Statute"), _l("law")),
    "statutes": Names(_l("Statutes"), _l("laws")),
    "substitute": Names(_l("Substitute"), _l("substitute")),
    "task": Names(_l("Task"), _l("task")),
    "text": Names(_l("Text"), _l("text")),
    "what": Names(_l("What data"), _l("what")),
}

_OF_MODEL: dict[tuple[type[BaseModel], str], Any] = {
    (AutomatedDecisions, "made"): _l("Are decisions made without a person"),
    (AutomatedDecisions, "text"): _l("Logic and consequences"),
    (DataCategory, "retention"): _l("How long it is kept, in words"),
    (DirectMarketing, "made"): _l("Is the data used for direct marketing"),
    (Disclosure, "data_categories"): _l("Data categories that go"),
    (ImpactAssessment, "reason"): _l("Why"),
    (OwnMarketing, "channels"): _l("Channels of marketing"),
    (PrintedField, "number"): _l("Number"),
    (Purpose, "text"): _l("What the purpose is"),
    (RightOffered, "text"): _l("How the right is offered"),
    (Statute, "name"): _l("Name of the statute"),
    (Statute, "number"): _l("Number of the statute, as 1050/2018"),
    (StorageRule, "retention_rule"): _l("Retention rule of the documents"),
    (Transfer, "recipient"): _l("Recipient in the country"),
}

# What stands outside a register and is named by it.
_OUTSIDE = {"retention_rules": _l("Retention rules"), "registers": _l("Registers")}

# A key as messages quote it, alone or with what is written after it: “made: true”.
_QUOTED = re.compile("(?<=[“”])([a-z_0-9]+)(: true)?(?=”)")


def in_words_of_forms(text: str, model: type[BaseModel] = RegisterDefinition) -> str:
    """A message for those who write files, said to those who see forms: fields for keys.

    `model`: what holds the fields that the message is about.
    """
    return _QUOTED.sub(_field_for_key(model), text)


def _field_for_key(model: type[BaseModel]) -> Callable[[re.Match[str]], str]:
    def named(found: re.Match[str]) -> str:
        key, told = found[1], f": {_('Yes')}" if found[2] else ""
        if key in model.model_fields and model is not LocalizedText:
            return label(model, key) + told
        name = _OUTSIDE.get(key) or next((x[key].label for x in (PARTS, FIELDS) if key in x), key)
        return str(name) + told

    return named


def label(model: type[BaseModel], field: str) -> str:
    """What people call a field of a model, in the language in use. Raises KeyError."""
    if model is LocalizedText:
        return LANGUAGES[field]
    if model is RegisterDefinition:
        return part_label(field)
    return str(_OF_MODEL.get((model, field)) or FIELDS[field].label)


def part_label(part: str) -> str:
    """What people call a part of a definition, in the language in use. Raises KeyError."""
    return str(PARTS[part].label)


def part_word(part: str) -> str:
    """A part, or a member of it, within a sentence: “data category”. Raises KeyError."""
    return str(PARTS[part].word)


def field_word(field: str) -> str:
    """A field within a sentence: “ground for the identity code”. Raises KeyError."""
    return str(FIELDS[field].word)
