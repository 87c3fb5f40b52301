"""What has happened to a request, told from what has been recorded of it, newest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app import clock
from app.requests.models import DataSubjectRequest
from app.requests.vocabulary import (
    DeliveryChannel,
    ExtensionReason,
    IdentityMethod,
    Outcome,
    RefusalGround,
    SuspensionReason,
    words,
)
from app.web.i18n import gettext as _
from app.web.i18n import ngettext as _n


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: an instant where it is known, else a day."""

    when: date | datetime
    what: str
    note: str | None = None


def activity(request: DataSubjectRequest, people: Mapping[int, str], proof: str) -> list[Happening]:
    """The happenings, newest first. `people`: names by user id; `proof`: of the hand-over."""
    found = [
        Happening(request.received_on, _("Request received")),
        Happening(request.registered_at, _("Request registered"), people[request.registered_by_id]),
        *_identity(request, people),
        *_clock(request),
        *_packages(request, people),
        *_ending(request, people, proof),
    ]
    return sorted(found, key=_day)[::-1]


def _identity(request: DataSubjectRequest, people: Mapping[int, str]) -> Iterator[Happening]:
    if request.identity_verified_at is not None:
        method = words(IdentityMethod(request.identity_method or ""))
        person = people[request.identity_verified_by_id or 0]
        yield Happening(request.identity_verified_at, _("Identity verified"), f"{method}; {person}")


def _clock(request: DataSubjectRequest) -> Iterator[Happening]:
    for each in request.suspensions:
        about = words(SuspensionReason(each.reason))
        yield Happening(each.asked_on, _("Person asked for more"), about)
        if each.answered_on is not None:
            yield Happening(each.answered_on, _("Person answered"), about)
    if request.extension_told_on is not None:
        reason = words(ExtensionReason(request.extension_reason or ""))
        yield Happening(request.extension_told_on, _("Person told of the extension"), reason)


def _packages(request: DataSubjectRequest, people: Mapping[int, str]) -> Iterator[Happening]:
    for package in request.packages:
        files = _n("%(num)d file", "%(num)d files", package.included)
        note = f"{files}; {people[package.built_by_id]}"
        yield Happening(package.built_at, _("Package assembled"), note)
        if package.erased_at is not None:
            yield Happening(package.erased_at, _("Package erased"))


def _ending(
    request: DataSubjectRequest, people: Mapping[int, str], proof: str
) -> Iterator[Happening]:
    if request.handed_over_on is not None:
        channel = words(DeliveryChannel(request.delivery_channel or ""))
        yield Happening(request.handed_over_on, _("Answer handed over"), f"{channel}; {proof}")
    if request.closed_on is not None:
        note = f"{ending_words(request)}; {people[request.closed_by_id or 0]}"
        yield Happening(request.closed_on, _("Request closed"), note)


def ending_words(request: DataSubjectRequest) -> str:
    """How a closed request ended, with the ground of a refusal; empty while it is open."""
    if request.outcome is None:
        return ""
    outcome = words(Outcome(request.outcome))
    if request.refusal_ground is None:
        return outcome
    return f"{outcome}: {words(RefusalGround(request.refusal_ground))}"


def _day(happening: Happening) -> date:
    """Its day; the happenings of one day stay in the order of the work."""
    when = happening.when
    return when.astimezone(clock.HELSINKI).date() if isinstance(when, datetime) else when
