"""The words for what the log says, as pages show them."""

from typing import Any

from app.audit.events import Event, ObjectType
from app.audit.verification import Problem, Status
from app.web.i18n import lazy_gettext as _l

EVENT_LABELS: dict[Event, Any] = {
    Event.AUTH_SIGNED_IN: _l("Signed in"),
    Event.AUTH_FAILED: _l("Sign-in failed"),
    Event.AUTH_SIGNED_OUT: _l("Signed out"),
    Event.AUTH_THROTTLED: _l("Sign-in slowed down after failures"),
    Event.ACCESS_REFUSED: _l("Access refused"),
    Event.ACCESS_REASON_GIVEN: _l("Reason given for opening another’s client"),
    Event.REGISTER_LOADED: _l("Register definition read"),
    Event.REGISTER_CREATED: _l("Register added"),
    Event.REGISTER_EDITED: _l("Register edited"),
    Event.REGISTER_PROPOSED: _l("Register version proposed"),
    Event.REGISTER_PUBLISHED: _l("Register version published"),
    Event.REGISTER_RETURNED: _l("Register version sent back"),
    Event.REGISTER_VIEWED: _l("Register viewed"),
    Event.NOTICE_PRODUCED: _l("Privacy notice produced"),
    Event.FINDING_ACCEPTED: _l("Finding accepted with a reason"),
    Event.FINDING_ACCEPTANCE_REVOKED: _l("Acceptance of a finding taken back"),
    Event.NOTICE_ARCHIVED: _l("Privacy notice archived"),
    Event.NOTICE_GIVEN: _l("Privacy notice given to the client"),
    Event.NOTICE_RECIPIENTS_LISTED: _l("Clients to be told of a notice listed"),
    Event.RECORD_PRODUCED: _l("Record of processing produced"),
    Event.RULES_LOADED: _l("Retention rules read"),
    Event.RULES_CONFIRMED: _l("Retention rule confirmed"),
    Event.RULES_PROPOSED: _l("Change of a retention rule proposed"),
    Event.RULES_APPROVED: _l("Change of a retention rule approved"),
    Event.RULES_FOLLOWED: _l("Earlier documents moved to a changed retention rule"),
    Event.RULES_REJECTED: _l("Change of a retention rule rejected"),
    Event.RULES_WITHDRAWN: _l("Change of a retention rule withdrawn"),
    Event.CLIENT_CREATED: _l("Client added"),
    Event.CLIENT_CHANGED: _l("Client’s details changed"),
    Event.CLIENT_VIEWED: _l("Client viewed"),
    Event.CLIENT_SEARCHED: _l("Clients searched"),
    Event.CLIENT_LISTED: _l("Clients listed"),
    Event.CLIENT_IDENTITY_CODE_REVEALED: _l("Identity code shown in full"),
    Event.EPISODE_STARTED: _l("Service started"),
    Event.EPISODE_ENDED: _l("Service ended"),
    Event.CONSENT_GIVEN: _l("Consent given"),
    Event.CONSENT_WITHDRAWN: _l("Consent withdrawn"),
    Event.DOCUMENT_LOGGED: _l("Document logged"),
    Event.DOCUMENT_VIEWED: _l("Document viewed"),
    Event.DOCUMENT_LISTED: _l("Documents listed"),
    Event.ITEM_ADDED: _l("Copy added to a document"),
    Event.ITEM_OPENED: _l("File opened"),
    Event.CUSTODY_HANDED_OVER: _l("Paper handed over"),
    Event.CUSTODY_ACKNOWLEDGED: _l("Paper acknowledged as received"),
    Event.CUSTODY_REFUSED: _l("Paper not accepted"),
    Event.CUSTODY_MOVED: _l("Paper moved"),
    Event.LOCATION_CREATED: _l("Location added"),
    Event.REQUEST_REGISTERED: _l("Request registered"),
    Event.REQUEST_VIEWED: _l("Request viewed"),
    Event.REQUEST_LISTED: _l("Requests listed"),
    Event.REQUEST_IDENTITY_VERIFIED: _l("Requester’s identity verified"),
    Event.REQUEST_EXTENDED: _l("Deadline extended"),
    Event.REQUEST_SUSPENDED: _l("Deadline suspended"),
    Event.REQUEST_RESUMED: _l("Deadline resumed"),
    Event.REQUEST_PACKAGE_BUILT: _l("Access package compiled"),
    Event.REQUEST_PACKAGE_OPENED: _l("Access package opened"),
    Event.REQUEST_PICK_LIST_OPENED: _l("Paper pick list opened"),
    Event.REQUEST_HANDED_OVER: _l("Answer handed over"),
    Event.REQUEST_CLOSED: _l("Request closed"),
    Event.REQUEST_REFUSED: _l("Request refused"),
    Event.HOLD_SET: _l("Destruction put on hold"),
    Event.HOLD_LIFTED: _l("Hold on destruction lifted"),
    Event.DISPOSAL_PROPOSED: _l("Destruction proposed"),
    Event.DISPOSAL_APPROVED: _l("Destruction approved"),
    Event.DISPOSAL_RETURNED: _l("Destruction list sent back"),
    Event.DISPOSAL_CANCELLED: _l("Destruction list cancelled"),
    Event.DISPOSAL_PAPER_CONFIRMED: _l("Destruction of paper confirmed"),
    Event.DISPOSAL_DESTROYED: _l("Document destroyed"),
    Event.DISPOSAL_FAILED: _l("Destruction failed"),
    Event.DISPOSAL_EXECUTED: _l("Destruction carried out"),
    Event.DISPOSAL_CERTIFICATE_OPENED: _l("Destruction certificate opened"),
    Event.DISPOSAL_LIST_VIEWED: _l("Destruction list viewed"),
    Event.EXPORT_MADE: _l("Data exported"),
    Event.USER_CREATED: _l("User added"),
    Event.USER_CHANGED: _l("User changed"),
    Event.GRANT_GIVEN: _l("Access right granted"),
    Event.GRANT_REVOKED: _l("Access right revoked"),
    Event.LOG_VIEWED: _l("Log viewed"),
    Event.LOG_VERIFIED: _l("Log verified"),
    Event.LOG_EXPORTED: _l("Log exported"),
    Event.LOG_ROLLED_BACK: _l("Log continues from an older copy"),
    Event.SYSTEM_RECOVERED: _l("Interrupted destruction completed after a restart"),
    Event.CHECKPOINT_SIGNED: _l("State of the log signed"),
}

PROBLEM_LABELS: dict[Problem, Any] = {
    Problem.OUT_OF_SEQUENCE: _l("An entry is missing or out of sequence"),
    Problem.ENTRY_CHANGED: _l("An entry was changed"),
    Problem.COLUMNS_DIFFER: _l("The search fields of an entry differ from the entry itself"),
    Problem.TREE_DIFFERS: _l("The stored hash tree does not fit the entries"),
    Problem.SHORTER_THAN_SIGNED: _l("Entries that were signed for are missing from the end"),
    Problem.NOT_AS_SIGNED: _l("The entries are not those that were signed for"),
    Problem.CHECKPOINT_FORGED: _l("A checkpoint is not signed with this log’s key"),
    Problem.CHECKPOINT_LOST: _l("The checkpoint kept outside the database is missing"),
    Problem.NEVER_SIGNED: _l(
        "The log has not been signed yet, so there is nothing to compare it with"
    ),
}

STATUS_LABELS: dict[Status, Any] = {
    Status.INTACT: _l("The log is intact"),
    Status.TAMPERED: _l("The log has been changed"),
    Status.UNUSABLE: _l("The log cannot be judged"),
}


OBJECT_LABELS: dict[ObjectType, Any] = {
    ObjectType.CASELOAD_EXCEPTION: _l("reason for opening"),
    ObjectType.CLIENT: _l("client"),
    ObjectType.CONSENT: _l("consent"),
    ObjectType.DATA_SUBJECT_REQUEST: _l("request"),
    ObjectType.DISPOSAL_LIST: _l("destruction list"),
    ObjectType.DOCUMENT: _l("document"),
    ObjectType.EPISODE: _l("time in a service"),
    ObjectType.FINDING_ACCEPTANCE: _l("accepted finding"),
    ObjectType.HAND_OVER: _l("hand-over"),
    ObjectType.ITEM: _l("piece of a document"),
    ObjectType.LOCATION: _l("location"),
    ObjectType.NOTICE_EDITION: _l("edition of a notice"),
    ObjectType.NOTICE_GIVEN: _l("giving of a notice"),
    ObjectType.REGISTER_VERSION: _l("register version"),
    ObjectType.RETENTION_RULE_PROPOSAL: _l("proposed rule change"),
    ObjectType.RETENTION_RULE_VERSION: _l("retention rule"),
    ObjectType.USER: _l("user"),
}


def event_label(event: Event) -> str:
    """What happened, in the language in use."""
    return str(EVENT_LABELS[event])


def object_label(object_type: ObjectType) -> str:
    """What sort of thing an entry is about, in the language in use."""
    return str(OBJECT_LABELS[object_type])


def problem_label(problem: Problem) -> str:
    """What a verification found wrong, in the language in use."""
    return str(PROBLEM_LABELS[problem])


def status_label(status: Status) -> str:
    """How a verification ended, in the language in use."""
    return str(STATUS_LABELS[status])
