"""The events from which retention periods are counted, with the words people see for them."""

from enum import StrEnum

from app.retention.definition_models import LocalizedText
from app.web.i18n import lazy_gettext as _l
from app.web.i18n import pick


class RetentionTrigger(StrEnum):
    """The event that starts the clock. The list is closed: the program must know when it occurs."""

    MATTER_CLOSED = "matter_closed"
    CLIENTSHIP_ENDED = "clientship_ended"
    SERVICE_ENDED = "service_ended"
    AGREEMENT_ENDED = "agreement_ended"
    EMPLOYMENT_ENDED = "employment_ended"
    CONSENT_WITHDRAWN_OR_ENDED = "consent_withdrawn_or_ended"
    EVENT = "event"
    FINANCIAL_YEAR_END = "financial_year_end"
    PROJECT_END = "project_end"
    ACCOUNTS_SUBMITTED = "accounts_submitted"
    LAST_PAYMENT = "last_payment"
    PLAN_ENDED = "plan_ended"
    SHOWN = "shown"
    ABSENCE_SETTLED = "absence_settled"
    PAY_SETTLED = "pay_settled"
    SELECTION_TOLD = "selection_told"
    RECORDING_ENDED = "recording_ended"
    ENTRY_CREATED = "entry_created"
    DOCUMENT_DATED = "document_dated"
    CLIENT_DIED = "client_died"
    PERSON_BORN = "person_born"
    MEMBERSHIP_ENDED = "membership_ended"
    LAST_USED = "last_used"
    ACCOUNT_CLOSED = "account_closed"
    NO_LONGER_NEEDED = "no_longer_needed"


TRIGGER_WORDS = {
    RetentionTrigger.MATTER_CLOSED: _l("closing of the matter"),
    RetentionTrigger.CLIENTSHIP_ENDED: _l("end of the client relationship"),
    RetentionTrigger.SERVICE_ENDED: _l("end of the service"),
    RetentionTrigger.AGREEMENT_ENDED: _l("end of the agreement"),
    RetentionTrigger.EMPLOYMENT_ENDED: _l("end of the employment"),
    RetentionTrigger.CONSENT_WITHDRAWN_OR_ENDED: _l("withdrawal or end of the consent"),
    RetentionTrigger.EVENT: _l("the event that the document is about"),
    RetentionTrigger.FINANCIAL_YEAR_END: _l("end of the financial year"),
    RetentionTrigger.PROJECT_END: _l("end of the project"),
    RetentionTrigger.ACCOUNTS_SUBMITTED: _l("submission of the accounts with the last expenditure"),
    RetentionTrigger.LAST_PAYMENT: _l("last payment of the grant"),
    RetentionTrigger.PLAN_ENDED: _l("end of the plan or of the client relationship"),
    RetentionTrigger.SHOWN: _l("showing of the document"),
    RetentionTrigger.ABSENCE_SETTLED: _l("settling of the absence"),
    RetentionTrigger.PAY_SETTLED: _l("settling of the pay"),
    RetentionTrigger.SELECTION_TOLD: _l("telling of the selection"),
    RetentionTrigger.RECORDING_ENDED: _l("end of the recording"),
    RetentionTrigger.ENTRY_CREATED: _l("making of the entry"),
    RetentionTrigger.DOCUMENT_DATED: _l("date of the document"),
    RetentionTrigger.CLIENT_DIED: _l("death of the client"),
    RetentionTrigger.PERSON_BORN: _l("birth of the person"),
    RetentionTrigger.MEMBERSHIP_ENDED: _l("end of the membership"),
    RetentionTrigger.LAST_USED: _l("last use"),
    RetentionTrigger.ACCOUNT_CLOSED: _l("closing of the account"),
    RetentionTrigger.NO_LONGER_NEEDED: _l("end of the need"),
}


def said_trigger(trigger: RetentionTrigger | None, text: LocalizedText | None) -> str:
    """An event in the language in use: `text`, its own words, if it has them; empty for none."""
    if text is not None:
        return pick(text)
    return str(TRIGGER_WORDS[trigger]) if trigger is not None else ""
