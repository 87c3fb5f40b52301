"""What identifies a client, sealed under the client's own key and opened again.

Each field is bound to its kind and to the client's key, so that a sealed text put into another
field or another client's row does not open there.
"""

import json
from dataclasses import asdict
from datetime import date

from app.clients.rules import Contact, Name
from app.crypto.envelope import context_of, open_text, seal_text

NAME = "client.name"
CODE = "client.identity_code"
CONTACT = "client.contact"
REASON = "caseload.reason"


def seal_field(kind: str, key_id: str, key: bytes, text: str) -> bytes:
    """A text of the client, encrypted. `kind` is one of the constants of this module."""
    return seal_text(key, text, context_of(kind, key_id))


def open_field(kind: str, key_id: str, key: bytes, sealed: bytes) -> str:
    """The text of `seal_field`. Raises `Tampered` when it is not of this kind and key."""
    return open_text(key, sealed, context_of(kind, key_id))


def seal_name(name: Name, key_id: str, key: bytes) -> bytes:
    """Name and day of birth, encrypted together."""
    parts = [name.last_name, name.first_names, name.born_on.isoformat()]
    return seal_field(NAME, key_id, key, json.dumps(parts))


def open_name(sealed: bytes, key_id: str, key: bytes) -> Name:
    """The name of `seal_name`."""
    last_name, first_names, born_on = json.loads(open_field(NAME, key_id, key, sealed))
    return Name(last_name, first_names, date.fromisoformat(born_on))


def seal_contact(contact: Contact, key_id: str, key: bytes) -> bytes | None:
    """Contact details, encrypted; None when there are none."""
    if contact == Contact():
        return None
    return seal_field(CONTACT, key_id, key, json.dumps(asdict(contact)))


def open_contact(sealed: bytes | None, key_id: str, key: bytes) -> Contact:
    """The contact details of `seal_contact`."""
    if sealed is None:
        return Contact()
    return Contact(**json.loads(open_field(CONTACT, key_id, key, sealed)))
