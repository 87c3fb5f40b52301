"""The certificate of destruction: its statement, signed so that outsiders can check it.

The statement is canonical JSON and holds all that the printed page says, in every language, so that
the page can be made again from it. The signed note under it is a few lines of the C2SP form
`signed-note`: what the text is, which list, and the hash of the statement. Needs no database.
"""

import base64
import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from app.audit.checkpoint import CheckpointRefused, Signer, Verifier

KIND = "seloste destruction certificate"
VERSION = 1
# The first line keeps the note from being taken for a checkpoint of the log.
_TITLE = f"{KIND} {VERSION}"


class CertificateRefused(ValueError):
    """The statement is not the one that was signed, or the signature is not that of the key."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A verified certificate: the list it is about and what it states."""

    reference: str
    facts: dict[str, Any]


def canonical(facts: dict[str, Any]) -> str:
    """The statement's text: the same facts always give the same bytes."""
    return json.dumps(
        {"kind": KIND, "v": VERSION, **facts},
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def sign(statement: str, signer: Signer) -> str:
    """The signed note that goes with a statement."""
    return signer.sign_note(_note_text(statement, str(json.loads(statement)["list"])))


def verify_certificate(statement: str, note: str, vkey: str) -> Certificate:
    """Check a certificate with the log's public key (`name+id+key`) and nothing else.

    Raises `CertificateRefused` unless `note` is signed with the key and is about `statement`.
    """
    try:
        text = Verifier.parse(vkey).open_note(note)
    except CheckpointRefused as problem:
        raise CertificateRefused(str(problem)) from problem
    try:
        facts = json.loads(statement)
        reference = str(facts["list"])
    except (ValueError, KeyError, TypeError) as problem:
        raise CertificateRefused("the statement is not that of a certificate") from problem
    if text != _note_text(statement, reference):
        raise CertificateRefused("the note was signed for another statement")
    if facts.get("kind") != KIND or facts.get("v") != VERSION:
        raise CertificateRefused("the statement is of another kind or version")
    return Certificate(reference, facts)


def statement_hash(statement: str) -> str:
    """SHA-256 of the statement, in base64, as the note and the printed page give it."""
    return base64.b64encode(sha256(statement.encode()).digest()).decode()


def _note_text(statement: str, reference: str) -> str:
    return f"{_TITLE}\n{reference}\nsha256 {statement_hash(statement)}\n"
