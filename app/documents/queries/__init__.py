"""Reads of documents, custody and places, each limited to what the reader may see."""

from app.documents.queries.allowed import AllowedType, allowed_type, allowed_types, filter_choices
from app.documents.queries.custody import (
    CustodyLine,
    HandOverRow,
    Place,
    Slip,
    hand_over_list,
    locations,
    open_hand_overs,
    papers_to_hand_over,
    slip,
)
from app.documents.queries.documents import (
    DocumentFilters,
    DocumentPage,
    DocumentRow,
    ItemRow,
    document_list,
    documents_of_client,
    items_of_client,
    rows_of,
)
from app.documents.queries.names import notes_of, receivers
from app.documents.queries.page import DocumentView, client_of_episode, document_page, item_page
from app.documents.queries.timeline import TimelineEvent, timeline

__all__ = [
    "AllowedType",
    "CustodyLine",
    "DocumentFilters",
    "DocumentPage",
    "DocumentRow",
    "DocumentView",
    "HandOverRow",
    "ItemRow",
    "Place",
    "Slip",
    "TimelineEvent",
    "allowed_type",
    "allowed_types",
    "client_of_episode",
    "document_list",
    "document_page",
    "documents_of_client",
    "filter_choices",
    "hand_over_list",
    "item_page",
    "items_of_client",
    "locations",
    "notes_of",
    "open_hand_overs",
    "papers_to_hand_over",
    "receivers",
    "rows_of",
    "slip",
    "timeline",
]
