"""Reads of clients. Each takes the person who reads and stays within that person's registers."""

from app.clients.queries.access import (
    UNRESTRICTED,
    ReasonNeeded,
    client_number,
    in_caseload,
    is_own,
    needs_reason,
    open_client,
)
from app.clients.queries.cards import (
    ClientCard,
    ConsentLine,
    EpisodeLine,
    born_on,
    client_card,
    client_of_consent,
    consent_lines,
    has_consent,
    names_of,
    reasons_given,
    service_titles,
    staff_of,
)
from app.clients.queries.lists import SEARCH_LIMIT, ClientHit, ClientPage, client_list, search

__all__ = [
    "SEARCH_LIMIT",
    "UNRESTRICTED",
    "ClientCard",
    "ClientHit",
    "ClientPage",
    "ConsentLine",
    "EpisodeLine",
    "ReasonNeeded",
    "born_on",
    "client_card",
    "client_list",
    "client_number",
    "client_of_consent",
    "consent_lines",
    "has_consent",
    "in_caseload",
    "is_own",
    "names_of",
    "needs_reason",
    "open_client",
    "reasons_given",
    "search",
    "service_titles",
    "staff_of",
]
