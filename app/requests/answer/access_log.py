"""The person's own access log: times, acts, purposes and roles, but not who the employees were.

The person may know when and why the data was consulted; the identity of employees who acted for
the controller as a rule not (CJEU C-579/21, 22.6.2023; GDPR Art. 15(1) and (4)).
"""

from collections.abc import Collection, Mapping

from sqlalchemy import or_, select

from app.accounts.models import Grant
from app.accounts.permissions import ROLE_LABELS, Role
from app.audit.events import Event
from app.audit.models import AuditEntry
from app.audit.queries import client_access_log
from app.db import db
from app.requests.answer.model import LogLine
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l

_PURPOSES = {
    "access": _l("client work"),
    "client": _l("client work"),
    "episode": _l("client work"),
    "consent": _l("client work"),
    "document": _l("client work"),
    "item": _l("client work"),
    "custody": _l("custody of papers"),
    "request": _l("your own request"),
    "hold": _l("retention and destruction"),
    "disposal": _l("retention and destruction"),
    "export": _l("reporting"),
    "log": _l("supervision"),
}

ACTS = {
    Event.ACCESS_REASON_GIVEN: _l("a reason was given for opening your data"),
    Event.CLIENT_CREATED: _l("your details were entered"),
    Event.CLIENT_CHANGED: _l("your details were changed"),
    Event.CLIENT_VIEWED: _l("your details were opened"),
    Event.CLIENT_SEARCHED: _l("you were shown in a search"),
    Event.CLIENT_LISTED: _l("you were shown in a list"),
    Event.CLIENT_IDENTITY_CODE_REVEALED: _l("your identity code was shown"),
    Event.EPISODE_STARTED: _l("the start of a service was recorded"),
    Event.EPISODE_ENDED: _l("the end of a service was recorded"),
    Event.CONSENT_GIVEN: _l("your consent was recorded"),
    Event.CONSENT_WITHDRAWN: _l("the withdrawal of your consent was recorded"),
    Event.NOTICE_GIVEN: _l("you were given a privacy notice"),
    Event.DOCUMENT_LOGGED: _l("a document was logged"),
    Event.DOCUMENT_VIEWED: _l("the details of a document were opened"),
    Event.DOCUMENT_LISTED: _l("your documents were shown in a list"),
    Event.ITEM_ADDED: _l("a file or paper was added to a document"),
    Event.ITEM_OPENED: _l("a file was opened"),
    Event.CUSTODY_HANDED_OVER: _l("papers were handed over"),
    Event.CUSTODY_ACKNOWLEDGED: _l("papers were acknowledged"),
    Event.CUSTODY_REFUSED: _l("papers handed over were refused"),
    Event.CUSTODY_MOVED: _l("papers were moved"),
    Event.REQUEST_REGISTERED: _l("your request was registered"),
    Event.REQUEST_VIEWED: _l("your request was opened"),
    Event.REQUEST_LISTED: _l("your request was shown in a list"),
    Event.REQUEST_IDENTITY_VERIFIED: _l("your identity was verified"),
    Event.REQUEST_EXTENDED: _l("the deadline of your request was extended"),
    Event.REQUEST_SUSPENDED: _l("you were asked for more, and the clock was stopped"),
    Event.REQUEST_RESUMED: _l("your answer arrived, and the clock ran on"),
    Event.REQUEST_PACKAGE_BUILT: _l("the answer to your request was assembled"),
    Event.REQUEST_PACKAGE_OPENED: _l("the answer to your request was opened"),
    Event.REQUEST_PICK_LIST_OPENED: _l("a list of your papers was printed for copying"),
    Event.REQUEST_HANDED_OVER: _l("the answer to your request was handed over"),
    Event.REQUEST_CLOSED: _l("your request was closed"),
    Event.REQUEST_REFUSED: _l("your request was refused"),
    Event.HOLD_SET: _l("the destruction of your documents was forbidden for now"),
    Event.HOLD_LIFTED: _l("a prohibition of destruction was lifted"),
    Event.DISPOSAL_PROPOSED: _l("the destruction of documents was proposed"),
    Event.DISPOSAL_APPROVED: _l("the destruction of documents was approved"),
    Event.DISPOSAL_RETURNED: _l("a proposal of destruction was returned"),
    Event.DISPOSAL_CANCELLED: _l("a proposal of destruction was cancelled"),
    Event.DISPOSAL_PAPER_CONFIRMED: _l("the destruction of papers was witnessed"),
    Event.DISPOSAL_DESTROYED: _l("a document was destroyed"),
    Event.DISPOSAL_FAILED: _l("the destruction of a document failed"),
    Event.DISPOSAL_EXECUTED: _l("a destruction was carried out"),
    Event.DISPOSAL_CERTIFICATE_OPENED: _l("a destruction certificate was opened"),
    Event.DISPOSAL_LIST_VIEWED: _l("your documents were shown in a destruction list"),
    Event.EXPORT_MADE: _l("your data was in a file that was exported"),
    Event.LOG_VIEWED: _l("entries about you were shown in the access log"),
}


def own_access_log(
    client_id: int, register_id: int, reasons: Mapping[int, str]
) -> tuple[LogLine, ...]:
    """Every handling of the person's data that is in the log, oldest first.

    `reasons`: what staff wrote when they opened the client outside their own caseload, by the id
    the log has. The roles are those people have today; the log keeps who they are, not their roles.
    """
    entries = client_access_log(client_id)
    roles = _roles({entry.actor_id for entry in entries if entry.actor_id}, register_id)
    unknown = _("staff")
    return tuple(
        LogLine(
            at=entry.at,
            event=entry.action,
            act=_act(entry.action),
            purpose=_purpose(entry, reasons),
            role=roles.get(entry.actor_id, unknown) if entry.actor_id else _("the program itself"),
        )
        for entry in entries
    )


def _purpose(entry: AuditEntry, reasons: Mapping[int, str]) -> str:
    subject = entry.action.partition(".")[0]
    purpose = str(_PURPOSES.get(subject, _l("administration")))
    given = reasons.get(entry.object_id or 0)
    if entry.object_type != "caseload_exception" or given is None:
        return purpose
    return f"{purpose}: {given}"


def _act(action: str) -> str:
    try:
        return str(ACTS[Event.of(action)])
    except KeyError:
        return _("your data was handled")


def _roles(user_ids: Collection[int], register_id: int) -> dict[int, str]:
    """The words for each user's first role in the register, in the order of the product's roles."""
    grants = db.session.execute(
        select(Grant.user_id, Grant.role).where(
            Grant.user_id.in_(user_ids),
            or_(Grant.register_id.is_(None), Grant.register_id == register_id),
        )
    )
    held: dict[int, set[str]] = {}
    for user_id, role in grants:
        held.setdefault(user_id, set()).add(role)
    return {
        user_id: next(str(label) for role, label in ROLE_LABELS.items() if role in roles)
        for user_id, roles in held.items()
        if roles & set(Role)
    }
