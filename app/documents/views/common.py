"""What the pages of documents share: the blueprint, forms with acts, and the entries of views."""

from collections.abc import Iterable

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.accounts.permissions import current_actor
from app.audit.events import Event
from app.audit.services import record_view
from app.clients.queries import ClientCard, client_card
from app.web.forms import database_id

blueprint = Blueprint("documents", __name__)

Page = str | tuple[str, int] | Response

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


def keys(name: str) -> list[int]:
    """The keys of a name that is given several times in the address."""
    return request.args.getlist(name, type=database_id)[:MOST_KEYS]
