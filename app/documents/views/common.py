"""What the pages of documents share: the blueprint, forms with acts, and the entries of views."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.accounts.permissions import current_actor
from app.audit.events import Event
from app.audit.services import record_view
from app.clients.queries import ClientCard, client_card
from app.web.forms import Form, database_id
from app.web.problems import InputError

blueprint = Blueprint("documents", __name__)

Page = str | tuple[str, int] | Response
Done = TypeVar("Done")

# More papers than anybody hands over at once.
MOST_KEYS = 200


def viewed(client_id: int) -> ClientCard:
    """The client's card; that it is seen is written to the log first."""
    actor = current_actor()
    client = client_card(actor, client_id)
    record_view(
        Event.CLIENT_VIEWED,
        actor_id=actor.user_id,
        register_id=client.register_id,
        client_id=client.id,
    )
    return client


def listed(client_ids: Iterable[int], register_id: int | None = None) -> None:
    """Write to the log whose documents a page is about to show."""
    record_view(
        Event.DOCUMENT_LISTED,
        actor_id=current_actor().user_id,
        register_id=register_id,
        details={"shown": sorted(set(client_ids))},
    )


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
    """422 when the form came back with errors."""
    return 422 if form.errors else 200


def key(name: str) -> int | None:
    """A key from the address; None for what cannot be one."""
    found = request.args.get(name, type=database_id)
    return found if found is not None and 0 < found < 2**63 else None


def keys(name: str) -> list[int]:
    """The keys of a name that is given several times in the address."""
    found = request.args.getlist(name, type=database_id)[:MOST_KEYS]
    return [each for each in found if 0 < each < 2**63]
