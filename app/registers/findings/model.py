"""What a finding is: a code, how serious it is, where it stands, and the values of its sentence."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from app.retention.definition_models import LocalizedText

Value = str | int | date | LocalizedText | tuple["Value", ...]


class Severity(StrEnum):
    """error: the notice or the record would not meet the law. warning: to be settled. info."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class FindingCode(StrEnum):
    """What a check can find. The words are in `texts`."""

    CONTROLLER_MISSING = "controller_missing"
    CONTROLLER_CONTACT_MISSING = "controller_contact_missing"
    JOINT_ARRANGEMENT_MISSING = "joint_arrangement_missing"
    DPO_MISSING = "dpo_missing"
    PURPOSE_MISSING = "purpose_missing"
    LEGAL_BASIS_MISSING = "legal_basis_missing"
    LEGITIMATE_INTEREST_MISSING = "legitimate_interest_missing"
    RECIPIENTS_MISSING = "recipients_missing"
    TRANSFERS_MISSING = "transfers_missing"
    TRANSFER_SAFEGUARD_MISSING = "transfer_safeguard_missing"
    RETENTION_MISSING = "retention_missing"
    RIGHTS_MISSING = "rights_missing"
    CONSENT_WITHDRAWAL_MISSING = "consent_withdrawal_missing"
    COMPLAINT_MISSING = "complaint_missing"
    DATA_OBLIGATION_MISSING = "data_obligation_missing"
    AUTOMATED_DECISIONS_MISSING = "automated_decisions_missing"
    CATEGORIES_MISSING = "categories_missing"
    SOURCES_MISSING = "sources_missing"
    SOURCE_OMITS_DATA_SUBJECT = "source_omits_data_subject"
    ARTICLE_9_CONDITION_MISSING = "article_9_condition_missing"
    SPECIAL_DATA_WITHOUT_PURPOSE = "special_data_without_purpose"
    IDENTITY_CODE_GROUND_MISSING = "identity_code_ground_missing"
    PROCESSORS_NOT_STATED = "processors_not_stated"
    DATA_SUBJECTS_MISSING = "data_subjects_missing"
    SAFEGUARDS_MISSING = "safeguards_missing"
    VERSION_MISSING = "version_missing"
    OWNER_MISSING = "owner_missing"
    OWNER_WITHOUT_SUBSTITUTE = "owner_without_substitute"
    SAFEGUARD_ON_ONE_PERSON = "safeguard_on_one_person"
    SERVICE_WITHOUT_DOCUMENTS = "service_without_documents"
    SERVICE_WITHOUT_SECTION = "service_without_section"
    SECTION_GAP = "section_gap"
    SECTION_SHIFTED = "section_shifted"
    SERVICE_SPELLING = "service_spelling"
    DOCUMENT_SPELLING = "document_spelling"
    NEAR_DUPLICATE_NAMES = "near_duplicate_names"
    GENERIC_NAME = "generic_name"
    MEDIA_DIFFER = "media_differ"
    PRESENTATION_DIFFERS = "presentation_differs"
    HIDDEN_FIELD_MISSING = "hidden_field_missing"
    CONSENT_DOCUMENT_MISSING = "consent_document_missing"
    DISCLOSURE_CONSENT_UNPROVED = "disclosure_consent_unproved"
    CATEGORY_WITHOUT_DOCUMENTS = "category_without_documents"
    CATEGORY_PARTLY_COVERED = "category_partly_covered"
    MASTER_DATA_WITHOUT_MEDIUM = "master_data_without_medium"
    DOCUMENT_WITHOUT_CATEGORY = "document_without_category"
    DOCUMENT_UNUSED = "document_unused"
    DISCLOSURE_BASIS_MISSING = "disclosure_basis_missing"
    DISCLOSURE_UNEVEN = "disclosure_uneven"
    RETENTION_RULE_MISSING = "retention_rule_missing"
    RETENTION_RULE_UNKNOWN = "retention_rule_unknown"
    RETENTION_RULE_UNCONFIRMED = "retention_rule_unconfirmed"
    RETENTION_EVENT_UNNAMED = "retention_event_unnamed"
    RETENTION_PERIOD_OPEN = "retention_period_open"
    RETENTION_CRITERIA_MISSING = "retention_criteria_missing"
    RETENTION_TEXT_OPEN = "retention_text_open"
    REPEALED_LAW = "repealed_law"
    TRANSLATION_MISSING = "translation_missing"
    PROCESSOR_MISSING = "processor_missing"
    PROCESSING_FOR_OTHERS_MISSING = "processing_for_others_missing"
    PROCESSOR_CONTRACT_MISSING = "processor_contract_missing"
    PROCESSOR_TASK_MISSING = "processor_task_missing"
    JOINT_DUTIES_MISSING = "joint_duties_missing"
    TRANSFER_MECHANISM_MISSING = "transfer_mechanism_missing"
    TRANSFER_WITHIN_EEA = "transfer_within_eea"
    TRANSFER_COPY_MISSING = "transfer_copy_missing"
    CRIMINAL_DATA_GROUND_MISSING = "criminal_data_ground_missing"
    IMPACT_ASSESSMENT_MISSING = "impact_assessment_missing"
    IMPACT_ASSESSMENT_NOT_MADE = "impact_assessment_not_made"
    IMPACT_ASSESSMENT_REASON_MISSING = "impact_assessment_reason_missing"
    AUTOMATED_LOGIC_MISSING = "automated_logic_missing"
    STATUTE_MISSING = "statute_missing"
    GROUND_STATUTE_MISSING = "ground_statute_missing"
    CONSEQUENCES_MISSING = "consequences_missing"
    DISCLOSURE_STATUTE_MISSING = "disclosure_statute_missing"
    DPO_CONTACT_MISSING = "dpo_contact_missing"
    SOURCE_PUBLIC_NOT_STATED = "source_public_not_stated"
    OWNER_CONTACT_MISSING = "owner_contact_missing"
    LEGITIMATE_INTEREST_UNUSED = "legitimate_interest_unused"
    OBLIGATION_WITHOUT_BASIS = "obligation_without_basis"
    MINORS_UNREPRESENTED = "minors_unrepresented"
    PUBLICATION_TOO_WIDE = "publication_too_wide"
    MARKETING_WITHOUT_PERMISSION = "marketing_without_permission"
    RIGHT_DENIED = "right_denied"
    RIGHT_DENIED_BY_ANOTHER = "right_denied_by_another"
    SOURCES_REPEAT_RECIPIENTS = "sources_repeat_recipients"
    RECIPIENTS_DENIED = "recipients_denied"
    MEDIUM_DENIED = "medium_denied"
    REQUEST_FORM_DIFFERS = "request_form_differs"
    CONSENT_FORM_DIFFERS = "consent_form_differs"
    CONSENT_BESIDE_LAW = "consent_beside_law"
    CATEGORY_NOT_LISTED = "category_not_listed"
    IDENTITY_CODE_NOT_PRINTED = "identity_code_not_printed"
    SPECIAL_NOT_MARKED = "special_not_marked"
    IDENTITY_CODE_NOT_MARKED = "identity_code_not_marked"
    DATA_SUBJECTS_WITHOUT_DATA = "data_subjects_without_data"
    CATEGORY_WITHOUT_PURPOSE = "category_without_purpose"
    CATEGORY_SPELLING = "category_spelling"
    WORD_SPELLING = "word_spelling"
    NEAR_DUPLICATE_MEDIA = "near_duplicate_media"
    AUTHORITY_OUTDATED = "authority_outdated"
    PRACTICE_NOT_STATED = "practice_not_stated"
    USUAL_DOCUMENT_MISSING = "usual_document_missing"
    LIST_ORDER = "list_order"
    AGREEMENT_MISSING = "agreement_missing"
    CONSENT_PROOF_MISSING = "consent_proof_missing"
    SPECIAL_DOCUMENT_OUTSIDE = "special_document_outside"
    SENSITIVITY_TOO_LOW = "sensitivity_too_low"
    STORAGE_PLACE_MISSING = "storage_place_missing"
    REMARK = "remark"


@dataclass(frozen=True)
class Finding:
    """One thing a check found. `where` leads to it: ("services", "ray")."""

    code: FindingCode
    severity: Severity
    where: tuple[str, ...]
    params: Mapping[str, Value] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where it stands, in one word: “services.ray”."""
        return ".".join(self.where)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of code, place and facts: the same in every language, another for other facts.

        Of a translated text only the Finnish original counts, so that a new translation of a name
        does not bring back a finding that somebody has settled.
        """
        facts = {name: _fact(value) for name, value in self.params.items()}
        content = [str(self.code), list(self.where), facts]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _fact(value: Value) -> Any:
    if isinstance(value, tuple):
        return [_fact(member) for member in value]
    if isinstance(value, LocalizedText):
        return value.original
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)


@dataclass(frozen=True)
class Explanation:
    """A finding in words: what is wrong, why it matters, what to do, and the law behind it.

    `field`: the field of the format to change, where the place of the finding is not it.
    """

    title: str
    why: str
    remedy: str
    law: str
    field: str = ""

    @property
    def body(self) -> str:
        """The remedy, followed by the law where there is one."""
        return f"{self.remedy} ({self.law})" if self.law else self.remedy
