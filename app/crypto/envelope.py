"""Encryption of files and of fields, each bound to the context it belongs to.

Files are streams in the C2SP chunked-encryption format, instance Cobblestone-256 (AES-256-GCM in
chunks of 16 KiB, key commitment, short last chunk), as `cryptography` implements it: every chunk is
authenticated before it is handed out, and a missing end is noticed. Fields are single AES-256-GCM
messages with a random nonce. A wrong context fails like a wrong key, so that a cipher text moved to
another record does not open there.
"""

import json
import secrets
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
HEADER_BYTES = 24 + 32
# Larger reads make the allocator ask the system for fresh pages each time, which costs more than
# the encryption.
READ_BYTES = 64 * 1024

_FIELD_VERSION = b"\x01"
_NONCE_BYTES = 12
_TAG_BYTES = 16


class DecryptionRefused(Exception):
    """What was stored does not open; nothing unauthenticated is handed out."""


class WrongKey(DecryptionRefused):
    """The key or the context is not the one this was encrypted with."""


class Tampered(DecryptionRefused):
    """The cipher text was changed, cut off or extended."""


def new_key() -> bytes:
    """A random key of 32 bytes."""
    return secrets.token_bytes(KEY_BYTES)


def context_of(*parts: str | int | None) -> bytes:
    """An unambiguous context of several parts: `context_of("item", register_id, item_id)`."""
    return json.dumps(parts, separators=(",", ":")).encode()


def encrypt_stream(key: bytes, source: BinaryIO, sink: BinaryIO, context: bytes) -> int:
    """Encrypt all of `source` into `sink`; the number of plain bytes."""
    encryptor = Cobblestone256Encryptor(key, context)
    size = 0
    while piece := source.read(READ_BYTES):
        size += len(piece)
        sink.write(encryptor.update(piece))
    sink.write(encryptor.finalize())
    return size


def decrypted(key: bytes, source: BinaryIO, context: bytes) -> Iterator[bytes]:
    """The plain text of `source` in authenticated pieces.

    Raises `WrongKey` before the first piece, `Tampered` at the first piece that does not verify,
    and `Tampered` at the end when the end is missing: until the iterator is exhausted, the text
    may still turn out to be incomplete.
    """
    decryptor = Cobblestone256Decryptor(key, context)
    header = source.read(HEADER_BYTES)
    if len(header) < HEADER_BYTES:
        raise Tampered("shorter than its header")
    try:
        decryptor.update(header)
    except InvalidTag as problem:
        raise WrongKey("the key commitment does not match") from problem
    try:
        while piece := source.read(READ_BYTES):
            yield decryptor.update(piece)
        yield decryptor.finalize()
    except InvalidTag as problem:
        raise Tampered("a chunk does not verify, or the last one is missing") from problem


def decrypt_stream(key: bytes, source: BinaryIO, sink: BinaryIO, context: bytes) -> int:
    """Decrypt `source` into `sink`; the number of plain bytes. Raises as `decrypted` does."""
    return sum(sink.write(piece) for piece in decrypted(key, source, context))


def decrypt_to_bytes(key: bytes, source: BinaryIO, context: bytes) -> bytes:
    """All of the plain text, or `WrongKey`/`Tampered` and nothing."""
    sink = BytesIO()
    decrypt_stream(key, source, sink, context)
    return sink.getvalue()


def seal(key: bytes, plaintext: bytes, context: bytes) -> bytes:
    """Encrypt a field: version byte, nonce, cipher text with tag. 29 bytes longer than the text."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _FIELD_VERSION + nonce + AESGCM(key).encrypt(nonce, plaintext, context)


def open_sealed(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Decrypt a field.

    A single GCM message cannot tell a wrong key from a changed text: both raise `Tampered`.
    """
    if sealed[:1] != _FIELD_VERSION or len(sealed) < 1 + _NONCE_BYTES + _TAG_BYTES:
        raise Tampered("not a sealed field")
    nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, context)
    except InvalidTag as problem:
        raise Tampered("wrong key, wrong context or changed text") from problem


def seal_text(key: bytes, text: str, context: bytes) -> bytes:
    """`seal` for text."""
    return seal(key, text.encode(), context)


def open_text(key: bytes, sealed: bytes, context: bytes) -> str:
    """`open_sealed` for text."""
    return open_sealed(key, sealed, context).decode()
