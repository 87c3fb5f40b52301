"""What is asked before more is shown: why a client outside the caseload, why the whole code."""

from datetime import UTC, datetime, time, timedelta

from app import clock
from app.accounts.permissions import Actor, Role
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.clients import sealing
from app.clients.models import CaseloadException, Client
from app.clients.queries import open_client
from app.clients.rules import REASON_MAX, REASON_MIN, RevealReason
from app.crypto import key_store
from app.db import transaction
from app.web.i18n import gettext as _
from app.web.problems import InputError, NotFound


def open_outside_caseload(actor: Actor, client_id: int, reason: str) -> CaseloadException:
    """Let a member of staff open a client outside the own caseload until the day ends.

    The reason is sealed under the client's key, so it disappears with the client; the log only
    tells that one was given. Raises `NotPermitted`, and `InputError("reason")` unless it has
    10–500 characters. Source: GDPR Arts. 5(1)(f) and 32.
    """
    reason = reason.strip()
    if len(reason) < REASON_MIN:
        raise InputError("reason", _("Write the reason in a few words, at least 10 characters."))
    if len(reason) > REASON_MAX:
        raise InputError("reason", _("At most %(count)s characters fit here.", count=REASON_MAX))
    with transaction() as session:
        client = session.get(Client, client_id)
        if client is None:
            raise NotFound(client_id)
        actor.require(client.register_id, Role.STAFF)
        key = key_store().open_key(client.key_id)
        exception = CaseloadException(
            user_id=actor.user_id,
            client_id=client.id,
            reason_sealed=sealing.seal_field(sealing.REASON, client.key_id, key, reason),
            opened_at=clock.now(),
            valid_until=_end_of_day(),
        )
        session.add(exception)
        session.flush()
        record(
            Event.ACCESS_REASON_GIVEN,
            actor_id=actor.user_id,
            register_id=client.register_id,
            client_id=client.id,
            object_type=ObjectType.CASELOAD_EXCEPTION,
            object_id=exception.id,
        )
    return exception


def _end_of_day() -> datetime:
    tomorrow = clock.today() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, clock.HELSINKI).astimezone(UTC)


def reveal_identity_code(actor: Actor, client_id: int, reason: str) -> str:
    """The whole identity code, after the log has been told who asked and why.

    `reason` is a value of `RevealReason`. Raises as `open_client`, `InputError("reason")` for
    another reason, and `NotFound` when the client has no code. Source: 1050/2018 s. 29.
    """
    if reason not in set(RevealReason):
        raise InputError("reason", _("Choose why you need the whole identity code."))
    with transaction():
        client = open_client(actor, client_id)
        if client.identity_code_sealed is None:
            raise NotFound(client_id)
        record(
            Event.CLIENT_IDENTITY_CODE_REVEALED,
            actor_id=actor.user_id,
            register_id=client.register_id,
            client_id=client.id,
            details={"reason": str(reason)},
        )
    key = key_store().open_key(client.key_id)
    return sealing.open_field(sealing.CODE, client.key_id, key, client.identity_code_sealed)
