"""The numbers at the head of the desk: each counts what one list holds, and leads to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from app.accounts.permissions import Actor, Role
from app.clients.queries import UNRESTRICTED
from app.destruction.roles import APPROVERS, EXECUTORS
from app.reports.queries import desk as reads
from app.reports.queries.log import READERS as LOG_READERS
from app.reports.queries.log import coverage
from app.reports.queries.waiting import Waiting
from app.requests.queries import HANDLERS
from app.requests.rules import DUE_SOON_DAYS
from app.web.i18n import ngettext as _n

# The row has room for so many.
MOST = 4


@dataclass(frozen=True)
class Card:
    """A number with what it counts; `state` colours it, the words say the same."""

    number: int
    text: str
    url: str | None = None
    state: str | None = None


def cards(
    actor: Actor, waits: Waiting, hand_overs: int, findings: reads.Findings | None
) -> list[Card]:
    """The first of the numbers that the person's roles have, the most pressing first.

    `hand_overs`: those that concern the person and have no answer.
    """
    found = [
        *_rights(actor, waits),
        *_custody(actor, waits, hand_overs),
        *_lists(actor, waits),
        *_told(actor),
        *_overdue(actor, waits, findings),
        *_own(actor),
        *_log(actor),
    ]
    return found[:MOST]


def _rights(actor: Actor, waits: Waiting) -> Iterator[Card]:
    if actor.has(*HANDLERS, Role.REGISTER_OWNER):
        text = _n(
            "request due within %(days)s days",
            "requests due within %(days)s days",
            waits.urgent_requests,
            days=DUE_SOON_DAYS,
        )
        url = url_for("requests.index", tab="due_soon")
        yield Card(waits.urgent_requests, text, url, "bad" if waits.urgent_requests else None)
    if actor.has(Role.REQUEST_HANDLER, Role.AUDITOR):
        text = _n("open request", "open requests", waits.requests)
        yield Card(waits.requests, text, url_for("requests.index"))


def _custody(actor: Actor, waits: Waiting, hand_overs: int) -> Iterator[Card]:
    if actor.has(Role.STAFF) or waits.hand_overs:
        text = _n(
            "hand-over waits for your acknowledgement",
            "hand-overs wait for your acknowledgement",
            waits.hand_overs,
        )
        state = "warn" if waits.hand_overs else None
        yield Card(waits.hand_overs, text, url_for("documents.hand_overs"), state)
    if actor.has(*UNRESTRICTED):
        text = _n(
            "hand-over waits for its receiver", "hand-overs wait for their receiver", hand_overs
        )
        yield Card(hand_overs, text, url_for("documents.hand_overs", view="all"))


def _lists(actor: Actor, waits: Waiting) -> Iterator[Card]:
    if actor.has(*APPROVERS):
        text = _n(
            "destruction list waits for your approval",
            "destruction lists wait for your approval",
            waits.lists_to_approve,
        )
        yield Card(waits.lists_to_approve, text, url_for("destruction.lists"))
    if actor.has(*EXECUTORS):
        text = _n(
            "destruction list is ready to be carried out",
            "destruction lists are ready to be carried out",
            waits.lists_to_carry_out,
        )
        yield Card(waits.lists_to_carry_out, text, url_for("destruction.lists"))


def _told(actor: Actor) -> Iterator[Card]:
    """Clients to tell of a changed notice; nothing is said where nobody waits for it."""
    waiting = reads.clients_to_tell(actor)
    if not waiting:
        return
    count = sum(waiting.values())
    text = _n("client has to be told of the notice", "clients have to be told of the notice", count)
    url = url_for("registers.index")
    if len(waiting) == 1:
        url = url_for("recipients.notice_recipients", register_id=next(iter(waiting)))
    yield Card(count, text, url, "warn")


def _overdue(actor: Actor, waits: Waiting, findings: reads.Findings | None) -> Iterator[Card]:
    if findings is not None:
        text = _n(
            "fault in the registers to settle", "faults in the registers to settle", findings.errors
        )
        yield Card(findings.errors, text, url_for("registers.all_findings"))
    if actor.has(*APPROVERS):
        text = _n(
            "document past its retention period",
            "documents past their retention period",
            waits.due_documents,
        )
        yield Card(waits.due_documents, text, url_for("destruction.due"))


def _own(actor: Actor) -> Iterator[Card]:
    """What a member of staff has in hand."""
    if not actor.has(Role.STAFF):
        return
    given = reads.count_given(actor)
    text = _n("hand-over of yours has no answer", "hand-overs of yours have no answer", given)
    yield Card(given, text, url_for("documents.hand_overs", view="given"))
    clients = reads.count_own_clients(actor)
    yield Card(clients, _n("own client", "own clients", clients), url_for("clients.index"))
    ended = reads.count_ended_documents(actor)
    text = _n("document past its retention period", "documents past their retention period", ended)
    yield Card(ended, text, url_for("documents.index", state="ended"))


def _log(actor: Actor) -> Iterator[Card]:
    """What is left for those who read no client data."""
    if actor.has(Role.AUDITOR, Role.ADMINISTRATOR):
        log = coverage()
        url = url_for("reports.access_log") if actor.has(*LOG_READERS) else None
        yield Card(log.entries, _n("entry in the log", "entries in the log", log.entries), url)
        text = _n("entry waits for a signature", "entries wait for a signature", log.left)
        yield Card(log.left, text, url)
    if actor.has(Role.ADMINISTRATOR):
        people = reads.count_people()
        yield Card(people, _n("person can sign in", "people can sign in", people))
