"""What the pages of clients share: their blueprint, the log entry of a view, a form carried out."""

from flask import Blueprint
from werkzeug.wrappers import Response

from app.accounts.permissions import current_actor
from app.audit.events import Event
from app.audit.services import record_view
from app.clients import queries
from app.clients.queries import ClientCard

blueprint = Blueprint("clients", __name__, url_prefix="/clients")

Page = str | tuple[str, int] | Response


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
