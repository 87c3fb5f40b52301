"""A client's time in a service: started when the register allows it, ended once."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Actor
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.clients import explain, rules
from app.clients.models import Client, Episode
from app.clients.queries import born_on, has_consent, open_client, staff_of
from app.clients.services.checks import EDITORS, published
from app.db import transaction
from app.registers.definitions import ServiceType
from app.web.i18n import gettext as _
from app.web.i18n import pick
from app.web.problems import Conflict, InputError, NotFound

COACHING_NUMBER_LENGTH = 40


def start_episode(
    actor: Actor,
    client_id: int,
    service_key: str,
    started_on: date,
    worker_id: int,
    *,
    coaching_number: str | None = None,
) -> Episode:
    """Start a client in a service of the register version in force, with a worker of the register.

    Raises as `open_client`, and `InputError`: `service` (not in the register, running already, or a
    consent it needs is missing), `started_on`, `worker`, `coaching_number`.
    """
    number = " ".join((coaching_number or "").split())
    if len(number) > COACHING_NUMBER_LENGTH:
        message = _("At most %(count)s characters fit here.", count=COACHING_NUMBER_LENGTH)
        raise InputError("coaching_number", message)
    with transaction() as session:
        client = open_client(actor, client_id)
        actor.require(client.register_id, *EDITORS)
        session.refresh(client, with_for_update=True)
        service = service_in_force(client.register_id, service_key)
        _check_start(client, started_on)
        if worker_id not in dict(staff_of(client.register_id)):
            raise InputError("worker", _("Choose a worker who is staff of this register."))
        _require_consent(client, service)
        _refuse_second(session, client, service)
        episode = Episode(
            client_id=client.id,
            service_key=service.key,
            worker_id=worker_id,
            coaching_number=number or None,
            started_on=started_on,
            created_at=clock.now(),
        )
        session.add(episode)
        session.flush()
        record(
            Event.EPISODE_STARTED,
            actor_id=actor.user_id,
            register_id=client.register_id,
            client_id=client.id,
            object_type=ObjectType.EPISODE,
            object_id=episode.id,
            details={"service_type": service.key, "started_on": started_on.isoformat()},
        )
    return episode


def end_episode(actor: Actor, episode_id: int, ended_on: date) -> Episode:
    """End an episode, in the transaction that is open, so that the clocks start in the same act.

    Raises as `open_client`, `Conflict` when it has ended, and `InputError("ended_on")` for a day
    before its start or in the future.
    """
    with transaction() as session:
        episode = session.get(Episode, episode_id, with_for_update=True)
        if episode is None:
            raise NotFound(episode_id)
        client = open_client(actor, episode.client_id)
        actor.require(client.register_id, *EDITORS)
        # What waits for the end of the last service must see the end of each.
        session.refresh(client, with_for_update=True)
        if episode.ended_on is not None:
            raise Conflict(_("This episode has ended already."))
        fault = rules.end_fault(ended_on, started_on=episode.started_on, as_of=clock.today())
        if fault is not None:
            raise InputError("ended_on", str(explain.EPISODE_FAULTS[fault]))
        episode.ended_on = ended_on
        record(
            Event.EPISODE_ENDED,
            actor_id=actor.user_id,
            register_id=client.register_id,
            client_id=client.id,
            object_type=ObjectType.EPISODE,
            object_id=episode.id,
            details={"ended_on": ended_on.isoformat()},
        )
    return episode


def service_in_force(register_id: int, service_key: str) -> ServiceType:
    """The service as the register has it today. Raises `InputError("service")` when it has not."""
    try:
        return published(register_id).service(service_key)
    except KeyError:
        message = _("Choose a service of the register version in force.")
        raise InputError("service", message) from None


def _check_start(client: Client, started_on: date) -> None:
    fault = rules.start_fault(started_on, born_on=born_on(client), as_of=clock.today())
    if fault is not None:
        raise InputError("started_on", str(explain.EPISODE_FAULTS[fault]))


def _require_consent(client: Client, service: ServiceType) -> None:
    """A service with a separate consent starts only when one is in force (GDPR Art. 7)."""
    if service.consent_required and not has_consent(client.id, service.key):
        message = _(
            "%(service)s needs the client's separate consent first: “%(consent)s”",
            service=pick(service.name),
            consent=pick(service.consent_text),
        )
        raise InputError("service", message)


def _refuse_second(session: Session, client: Client, service: ServiceType) -> None:
    running = select(Episode.started_on).where(
        Episode.client_id == client.id,
        Episode.service_key == service.key,
        Episode.ended_on.is_(None),
    )
    if session.scalar(running.limit(1)) is not None:
        message = _("The client is in this service already. End that episode first.")
        raise InputError("service", message)
