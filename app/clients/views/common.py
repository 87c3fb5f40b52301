"""What the pages of clients share: their blueprint, the log entry of a view, a form carried out."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.accounts.permissions import current_actor
from app.audit.events import Event
from app.audit.services import record_view
from app.clients import queries
from app.clients.queries import ClientCard
from app.web.forms import Form, database_id
from app.web.problems import InputError

blueprint = Blueprint("clients", __name__, url_prefix="/clients")

Page = str | tuple[str, int] | Response
Done = TypeVar("Done")


def viewed(client_id: int) -> ClientCard:
    """The client's card; that it is seen is written to the log."""
    actor = current_actor()
    client = queries.client_card(actor, client_id)
    record_view(
        Event.CLIENT_VIEWED,
        actor_id=actor.user_id,
        register_id=client.register_id,
        client_id=client.id,
    )
    return client


def done(form: Form, act: Callable[[], Done]) -> Done | None:
    """What the act gave; None when nothing valid was sent, and then the form says why."""
    if not form.validate_on_submit():
        return None
    try:
        return act()
    except InputError as problem:
        form.attach(problem)
        return None


def status(form: Form) -> int:
    """The HTTP status of a page with a form: refused input is not accepted."""
    return 422 if form.errors else 200


def key(name: str) -> int | None:
    """A key of paging from the address; None for what cannot be one."""
    found = request.args.get(name, type=database_id)
    return found if found is not None and 0 < found < 2**63 else None
