"""My desk: a sentence, up to four numbers that are links, then the lists behind them.

What is there depends on the roles. No client is named: requests and hand-overs stand here by their
reference, so that the desk can be open on a screen while somebody sits in front of it.
"""

from dataclasses import dataclass
from datetime import date

from app import clock
from app.accounts.permissions import CLIENT_ROLES, Actor, Role
from app.destruction.queries import disposal_lists, due_by_month
from app.destruction.queries.lists import ListRow
from app.destruction.roles import APPROVERS
from app.registers.services import SETTLERS
from app.reports.cards import Card, cards
from app.reports.queries import desk as reads
from app.reports.queries import log
from app.reports.queries.waiting import Waiting, waiting
from app.requests.queries import HANDLERS, RequestRow, open_requests
from app.web.i18n import format_long_date
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l
from app.web.i18n import ngettext as _n

# How many lines a part of the desk has; its link leads to the rest.
LINES = 5
FINDINGS = 3

# A sentence does not begin with a figure.
_NUMBERS = {
    1: _l("One"),
    2: _l("Two"),
    3: _l("Three"),
    4: _l("Four"),
    5: _l("Five"),
    6: _l("Six"),
    7: _l("Seven"),
    8: _l("Eight"),
    9: _l("Nine"),
    10: _l("Ten"),
}


@dataclass(frozen=True)
class Bar:
    """A month of the chart."""

    label: str
    long_label: str
    value: int
    state: str | None = None


@dataclass(frozen=True)
class Desk:
    """What the page shows; None where the person's roles have no such part."""

    heading: str
    lead: str
    cards: list[Card]
    requests: list[RequestRow] | None
    request_count: int
    hand_overs: list[reads.HandOverLine] | None
    hand_over_count: int
    bars: list[Bar] | None
    due_documents: int
    findings: reads.Findings | None
    lists: list[ListRow] | None
    week: list[log.WeekLine] | None


def desk_of(actor: Actor) -> Desk:
    """The desk of the person today."""
    today = clock.today()
    waits = waiting(actor)
    reads_requests = actor.has(*HANDLERS, Role.REGISTER_OWNER)
    requests = open_requests(actor) if reads_requests else None
    has_papers = actor.has(*CLIENT_ROLES)
    hand_over_count = reads.count_hand_overs_without_answer(actor) if has_papers else 0
    findings = reads.findings(actor, FINDINGS) if actor.has(*SETTLERS) else None
    keeps_log = actor.has(Role.AUDITOR, Role.ADMINISTRATOR)
    day = format_long_date(today)
    return Desk(
        heading=day[:1].upper() + day[1:],
        lead=_lead(actor, waits, len(requests or ())),
        cards=cards(actor, waits, hand_over_count, findings),
        requests=requests[:LINES] if requests is not None else None,
        request_count=len(requests or ()),
        hand_overs=reads.hand_overs_without_answer(actor, LINES) if has_papers else None,
        hand_over_count=hand_over_count,
        bars=_bars(actor, today) if actor.has(*APPROVERS) else None,
        due_documents=waits.due_documents,
        findings=findings,
        lists=disposal_lists(actor, limit=LINES)[:LINES] if actor.has(Role.AUDITOR) else None,
        week=log.week(clock.now()) if keeps_log else None,
    )


def _lead(actor: Actor, waits: Waiting, requests: int) -> str:
    """How many things wait for this very person today, and how the rest stands."""
    urgent = waits.urgent_requests if actor.has(*HANDLERS) else 0
    proposals = waits.rule_changes + waits.versions_to_publish
    number = urgent + waits.hand_overs + waits.lists + proposals
    if number == 0:
        return _("Nothing waits for you today.")
    sentence = _n(
        "%(count)s thing waits for you today.",
        "%(count)s things wait for you today.",
        number,
        count=_NUMBERS.get(number, number),
    )
    rest = _("The other requests are on schedule.") if requests > waits.urgent_requests else ""
    return f"{sentence} {rest}".strip()


def _bars(actor: Actor, today: date) -> list[Bar]:
    """The twelve months that begin with this one."""
    return [
        Bar(
            label=str(first.month),
            long_label=f"{first.month}/{first.year}",
            value=number,
            state="now" if first <= today else None,
        )
        for first, number in due_by_month(actor, today)
    ]
