"""A client's separate consents: given to a service as the register describes it, and withdrawn."""

from datetime import date

from app import clock
from app.accounts.permissions import Actor, Role
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.clients.models import Client, Consent
from app.clients.queries import has_consent, open_client
from app.clients.services.checks import EDITORS
from app.clients.services.episodes import service_in_force
from app.db import transaction
from app.registers.queries import version_in_force
from app.web.i18n import gettext as _
from app.web.problems import Conflict, InputError, NotFound


def give_consent(actor: Actor, client_id: int, service_key: str, given_on: date) -> Consent:
    """Record that the client has consented to a service of the register version in force.

    The consent refers to that version, so that what it covers can be shown (GDPR Art. 7(1)).
    Raises as `open_client`, and `InputError`: `service` (asks for no consent, or has it already),
    `given_on` (in the future, or before there was a published version).
    """
    with transaction() as session:
        client = open_client(actor, client_id)
        actor.require(client.register_id, *EDITORS)
        session.refresh(client, with_for_update=True)
        service = service_in_force(client.register_id, service_key)
        if not service.consent_required:
            raise InputError("service", _("This service asks for no separate consent."))
        if given_on > clock.today():
            raise InputError("given_on", _("A consent cannot be given in the future."))
        version = version_in_force(client.register_id, given_on)
        if version is None:
            message = _(
                "The register was not in force on that day, so there was nothing to consent to."
            )
            raise InputError("given_on", message)
        if has_consent(client.id, service.key):
            raise InputError("service", _("The client's consent to this service is in force."))
        consent = Consent(
            client_id=client.id,
            service_key=service.key,
            register_version_id=version.id,
            given_on=given_on,
            recorded_by_id=actor.user_id,
            recorded_at=clock.now(),
        )
        session.add(consent)
        session.flush()
        _record(Event.CONSENT_GIVEN, actor, client, consent)
    return consent


def withdraw_consent(actor: Actor, consent_id: int, withdrawn_on: date) -> Consent:
    """Record that the client has withdrawn a consent; what was done before stays lawful.

    Request handlers may as well: a withdrawal often comes as a request. Raises as `open_client`,
    `Conflict` when it is withdrawn already, and `InputError("withdrawn_on")` for a day before it
    was given or in the future. Source: GDPR Art. 7(3).
    """
    with transaction() as session:
        consent = session.get(Consent, consent_id, with_for_update=True)
        if consent is None:
            raise NotFound(consent_id)
        client = open_client(actor, consent.client_id)
        actor.require(client.register_id, *EDITORS, Role.REQUEST_HANDLER)
        if consent.withdrawn_on is not None:
            raise Conflict(_("This consent has been withdrawn already."))
        if not consent.given_on <= withdrawn_on <= clock.today():
            message = _("The day is between the day the consent was given and today.")
            raise InputError("withdrawn_on", message)
        consent.withdrawn_on = withdrawn_on
        _record(Event.CONSENT_WITHDRAWN, actor, client, consent)
    return consent


def _record(event: Event, actor: Actor, client: Client, consent: Consent) -> None:
    record(
        event,
        actor_id=actor.user_id,
        register_id=client.register_id,
        client_id=client.id,
        object_type=ObjectType.CONSENT,
        object_id=consent.id,
        details={"purpose": consent.service_key},
    )
