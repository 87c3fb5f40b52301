"""That a client was given a privacy notice: which edition, in which language, when and how."""

from datetime import date

from app import clock
from app.accounts.permissions import Actor
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.clients.models import NoticeGiven
from app.clients.queries import open_client
from app.clients.rules import NoticeChannel
from app.clients.services.checks import EDITORS
from app.db import transaction
from app.registers import editions
from app.registers.editions import Edition
from app.web.i18n import format_date
from app.web.i18n import gettext as _
from app.web.problems import InputError


def give_notice(
    actor: Actor, client_id: int, edition_id: int, language: str, channel: str, given_on: date
) -> NoticeGiven:
    """Record that a client was given an edition of the notice that tells of their register.

    An edition can be given from the day on which it was in force or had been published, whichever
    came first. Raises as `open_client`, and `InputError`: `edition`, `language`, `channel`,
    `given_on`. Source: GDPR Arts. 5(2), 13 and 14.
    """
    with transaction() as session:
        client = open_client(actor, client_id)
        actor.require(client.register_id, *EDITORS)
        edition = _edition(client.register_id, edition_id)
        if language not in {code for code, _kind, _hash in edition.files}:
            raise InputError("language", _("Choose a language in which the notice was made."))
        if channel not in set(NoticeChannel):
            raise InputError("channel", _("Choose how the notice was given."))
        _check_day(edition, given_on)
        given = NoticeGiven(
            client_id=client.id,
            edition_id=edition.id,
            language=language,
            channel=channel,
            given_on=given_on,
            recorded_by_id=actor.user_id,
            recorded_at=clock.now(),
        )
        session.add(given)
        session.flush()
        record(
            Event.NOTICE_GIVEN,
            actor_id=actor.user_id,
            register_id=client.register_id,
            client_id=client.id,
            object_type=ObjectType.NOTICE_GIVEN,
            object_id=given.id,
            details={"edition": edition.number, "channel": str(channel)},
        )
    return given


def _edition(register_id: int, edition_id: int) -> Edition:
    """One of the editions that tell, or have told, of the client's register."""
    found = {edition.id: edition for edition in editions.editions_for(register_id, clock.today())}
    if edition_id not in found:
        raise InputError("edition", _("Choose which edition was given."))
    return found[edition_id]


def _check_day(edition: Edition, given_on: date) -> None:
    if given_on > clock.today():
        raise InputError("given_on", _("A notice cannot have been given in the future."))
    first = min(edition.in_force_from, edition.published_on)
    if given_on < first:
        message = _(
            "That edition did not exist then. It can have been given from %(day)s on.",
            day=format_date(first),
        )
        raise InputError("given_on", message)
