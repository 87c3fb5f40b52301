"""What all services of requests share: finding the request, checking days and codes, the log."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Actor
from app.audit.events import Details, Event, ObjectType
from app.audit.services import record
from app.requests.models import DataSubjectRequest
from app.requests.queries import HANDLERS
from app.web.i18n import format_date
from app.web.i18n import gettext as _
from app.web.problems import Conflict, InputError, NotFound

TEXT_MAX = 2000

Code = TypeVar("Code", bound=StrEnum)


def open_request(session: Session, actor: Actor, request_id: int) -> DataSubjectRequest:
    """The request, locked, for a person who handles requests of its register.

    Raises `NotFound`, `NotPermitted`, and `Conflict` when the request has been closed.
    """
    request = session.get(DataSubjectRequest, request_id, with_for_update=True)
    if request is None:
        raise NotFound(request_id)
    actor.require(request.register_id, *HANDLERS)
    if request.is_closed:
        raise Conflict(_("The request was closed; nothing can be changed in it any more."))
    return request


def require_identity(request: DataSubjectRequest) -> None:
    """Raise `Conflict` unless it is known who asks: others' data must not go to a stranger.

    Source: GDPR Art. 12(2), 12(6) and 32.
    """
    if request.identity_verified_at is None:
        raise Conflict(_("The identity of the person must be verified before anything is decided."))


def member(codes: type[Code], value: str, field: str, message: str) -> Code:
    """The member of a closed list. Raises `InputError` with `message` at `field`."""
    try:
        return codes(value)
    except ValueError:
        raise InputError(field, message) from None


def check_day(day: date, field: str, *, not_before: date) -> None:
    """Raise `InputError` for a day that has not come yet, or before the day that it must follow."""
    if day > clock.today():
        raise InputError(field, _("The day is in the future. Give the day on which it was done."))
    if day < not_before:
        earliest = format_date(not_before)
        raise InputError(field, _("The day cannot be before %(day)s.", day=earliest))


def checked_text(text: str | None, field: str) -> str:
    """Trimmed text. Raises `InputError` when it is longer than it may be."""
    trimmed = (text or "").strip()
    if len(trimmed) > TEXT_MAX:
        message = _("The text is too long; %(max)d characters are the most.", max=TEXT_MAX)
        raise InputError(field, message)
    return trimmed


def record_act(event: Event, actor: Actor, request: DataSubjectRequest, **details: object) -> None:
    """Write what was done to a request into the log."""
    facts: Details = details  # type: ignore[assignment]  # record() checks keys and values
    record(
        event,
        actor_id=actor.user_id,
        register_id=request.register_id,
        client_id=request.client_id,
        object_type=ObjectType.DATA_SUBJECT_REQUEST,
        object_id=request.id,
        details=facts,
    )
