"""Pages of documents, hand-overs and locations."""

from app.documents.views import clients, documents, hand_overs, locations
from app.documents.views.common import blueprint

__all__ = ["blueprint", "clients", "documents", "hand_overs", "locations"]
