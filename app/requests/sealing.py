"""What people write about a request, sealed under the client's key: it ends with the client.

A sealed text is bound to its field and its request, so that it does not open anywhere else.
"""

from app.crypto import key_store
from app.crypto.envelope import context_of, open_text, seal_text

DETAILS = "request.details"
PROOF = "request.proof"


def seal(field: str, request_id: int, client_key_id: str, text: str) -> bytes | None:
    """The text of a request, encrypted; None for an empty one. `field`: a constant from here."""
    if not text:
        return None
    return seal_text(key_store().open_key(client_key_id), text, context_of(field, request_id))


def unseal(field: str, request_id: int, client_key_id: str, sealed: bytes | None) -> str:
    """The text that `seal` was given; empty for none. Raises `Tampered`, `KeyDestroyed`."""
    if sealed is None:
        return ""
    return open_text(key_store().open_key(client_key_id), sealed, context_of(field, request_id))
