"""Signed checkpoints of the log in the C2SP formats `tlog-checkpoint` and `signed-note`, Ed25519.

A checkpoint states the name, the size and the root hash of the log in a few lines of text that fit
an e-mail or a sheet of paper. Whoever keeps one and the verification key can later prove that the
log was only added to; neither the database nor the program is needed for that.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.audit.tree import HASH_BYTES

_ED25519 = b"\x01"
_KEY_ID_BYTES = 4
_MAX_SIGNATURES = 100
_NAME = re.compile(r"[^\s+]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")


class CheckpointRefused(ValueError):
    """The text is no checkpoint, is of another log, or is not signed with the expected key."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint states: the log's name, its number of entries and its root hash."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Verifier:
    """A name and the public key that signs under it; its text is the `vkey` given to outsiders."""

    name: str
    public_key: bytes

    @classmethod
    def parse(cls, vkey: str) -> "Verifier":
        """Read `name+keyid+key`; `CheckpointRefused` when it is malformed."""
        name, _, rest = vkey.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        key = _base64(encoded)
        if not _NAME.fullmatch(name) or key[:1] != _ED25519 or len(key) != 33:
            raise CheckpointRefused("not an Ed25519 verification key")
        verifier = cls(name, key[1:])
        if key_id != verifier.key_id.hex():
            raise CheckpointRefused("the verification key does not match its own identifier")
        return verifier

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        text = self.name.encode() + b"\n" + _ED25519 + self.public_key
        return sha256(text).digest()[:_KEY_ID_BYTES]

    @property
    def vkey(self) -> str:
        """The text that is given to whoever will verify."""
        encoded = base64.b64encode(_ED25519 + self.public_key).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    def open_note(self, note: str) -> str:
        """The text of a signed note, its signature verified; `CheckpointRefused` otherwise.

        Signatures of other keys are ignored; several may stand under one note.
        """
        text, signatures = _split(note)
        known = [
            _base64(encoded)[_KEY_ID_BYTES:]
            for name, encoded in signatures
            if name == self.name and _base64(encoded)[:_KEY_ID_BYTES] == self.key_id
        ]
        if not known:
            raise CheckpointRefused(f"not signed by {self.name}")
        public_key = Ed25519PublicKey.from_public_bytes(self.public_key)
        try:
            for signature in known:
                public_key.verify(signature, text.encode())
        except InvalidSignature as problem:
            raise CheckpointRefused(f"the signature of {self.name} does not verify") from problem
        return text

    def open_checkpoint(self, note: str) -> Checkpoint:
        """The statement in a signed checkpoint of this log; `CheckpointRefused` otherwise."""
        lines = self.open_note(note).removesuffix("\n").split("\n")
        if len(lines) != 3 or lines[0] != self.name or not _SIZE.fullmatch(lines[1]):
            raise CheckpointRefused(f"not a checkpoint of {self.name}")
        root = _base64(lines[2])
        if len(root) != HASH_BYTES:
            raise CheckpointRefused("the root hash has the wrong length")
        return Checkpoint(lines[0], int(lines[1]), root)


@dataclass(frozen=True, slots=True)
class Signer:
    """The key that signs for a log. The log is named after the key, so that no two share a name."""

    key: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        """The public side."""
        public_key = self.key.public_key().public_bytes_raw()
        return Verifier(f"seloste/{sha256(public_key).hexdigest()[:16]}", public_key)

    def sign_note(self, text: str) -> str:
        """`text`, which ends in a newline, as a signed note."""
        verifier = self.verifier
        signature = base64.b64encode(verifier.key_id + self.key.sign(text.encode())).decode()
        return f"{text}\n— {verifier.name} {signature}\n"

    def sign(self, size: int, root: bytes) -> str:
        """The signed checkpoint of the log at `size`."""
        encoded = base64.b64encode(root).decode()
        return self.sign_note(f"{self.verifier.name}\n{size}\n{encoded}\n")


def _split(note: str) -> tuple[str, list[tuple[str, str]]]:
    """The text of a note and its signatures as (name, base64)."""
    text, separator, below = note.rpartition("\n\n")
    lines = below.removesuffix("\n").split("\n")
    if not separator or not note.endswith("\n") or len(lines) > _MAX_SIGNATURES:
        raise CheckpointRefused("not a signed note")
    if any(character < " " and character != "\n" for character in note):
        raise CheckpointRefused("control characters in a signed note")
    signatures = []
    for line in lines:
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        if dash != "—" or not _NAME.fullmatch(name):
            raise CheckpointRefused("not a signature line")
        signatures.append((name, encoded))
    return text + "\n", signatures


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise CheckpointRefused("not base64") from problem
