"""The destruction journal: what is about to be destroyed, written down for good before it is.

A file of its own with one signed JSON line for each step, apart from the database and the keys. An
act that was begun can only be carried through; so after a crash, and after a restore of an older
database or key store, whatever the journal names is destroyed again. Only a document of which
nothing had gone yet can be released from an act, by a line that says so. Lines hold identifiers and
instants, nothing about people. Each line carries the hash of the one before it, so the signature
of the last line speaks for all of them.
"""

import base64
import errno
import fcntl
import json
import os
import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.audit.payload import instant_text
from app.config import settings
from app.crypto import key_store
from app.crypto.durable import make_folder, sync_folder

VERSION = 1
NOTHING_BEFORE = "0" * 64
# The same key signs checkpoints and certificates: what it signs here cannot be taken for those.
_PREFIX = b"seloste destruction journal 1\n"
_ENTRY, _SIGNATURE = b'{"entry":', b',"signature":'
_TAIL_BYTES = 64 * 1024


class JournalRefused(RuntimeError):
    """The journal was changed, or is not signed by this installation: nothing is built on it."""


@dataclass(frozen=True, slots=True)
class Doomed:
    """One document of an act.

    `logged_at` tells it from another document that was given the same number after a restore.
    """

    document_id: int
    logged_at: str
    entry_id: int
    key_ids: tuple[str, ...]
    blob_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Intent:
    """An act of destruction: who ordered it, for which list, and what goes.

    `carried_out` once the act was seen through to its end. `documents` are without those that
    were released from it.
    """

    act: str
    at: str
    actor_id: int
    confirmation_id: int
    documents: tuple[Doomed, ...]
    carried_out: bool = False


class Journal:
    """The journal in one file. Any number of processes may add to it, one line at a time."""

    def __init__(self, path: Path, key: Ed25519PrivateKey) -> None:
        self._path = path
        self._key = key

    def intend(
        self, at: datetime, actor_id: int, confirmation_id: int, documents: Sequence[Doomed]
    ) -> Intent:
        """Write down an act before it begins; it is on the disk when this returns."""
        act = secrets.token_hex(16)
        intent = Intent(act, instant_text(at), actor_id, confirmation_id, tuple(documents))
        facts = asdict(intent)
        del facts["carried_out"]
        self._append({"kind": "intent", **facts})
        return intent

    def carried_out(self, act: str, at: datetime) -> None:
        """Write down that an act was seen through."""
        self._append({"kind": "done", "act": act, "at": instant_text(at)})

    def release(self, act: str, at: datetime, document_ids: Collection[int]) -> None:
        """Write down that an act leaves documents alone of which nothing had gone.

        Whoever reads the journal later does not find them in the act any more.
        """
        self._append(
            {
                "kind": "released",
                "act": act,
                "at": instant_text(at),
                "documents": sorted(document_ids),
            }
        )

    def read(self) -> list[Intent]:
        """All acts, oldest first. Raises `JournalRefused` unless every line is ours and in place.

        An unfinished last line is passed over: it was never acted upon.
        """
        intents: dict[str, Intent] = {}
        for entry in self._entries():
            act = entry["act"]
            if entry["kind"] == "intent":
                intents[act] = Intent(
                    act,
                    entry["at"],
                    entry["actor_id"],
                    entry["confirmation_id"],
                    tuple(_doomed(each) for each in entry["documents"]),
                )
            elif act not in intents:
                raise JournalRefused(f"the act {act} ends without having begun")
            elif entry["kind"] == "released":
                intents[act] = _without(intents[act], entry["documents"])
            else:
                intents[act] = replace(intents[act], carried_out=True)
        return list(intents.values())

    def unfinished(self, confirmation_id: int) -> list[Intent]:
        """The acts of one list that were begun and not seen through."""
        return [
            intent
            for intent in self.read()
            if intent.confirmation_id == confirmation_id and not intent.carried_out
        ]

    def head(self) -> str:
        """The hash of the last line: the access log keeps it, so a shortened journal shows."""
        lines = list(self._lines())
        return sha256(lines[-1]).hexdigest() if lines else NOTHING_BEFORE

    def _entries(self) -> Iterator[dict[str, Any]]:
        before, line, number = NOTHING_BEFORE, b"", 0
        for number, line in enumerate(self._lines(), start=1):
            entry = _entry_of(line, number)
            if entry.get("seq") != number or entry.get("previous") != before:
                raise JournalRefused(f"line {number} does not follow the one before it")
            before = sha256(line).hexdigest()
            yield entry
        if line:
            self._check_signature(line, number)

    def _lines(self) -> Iterator[bytes]:
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):
                    yield line[:-1]

    def _check_signature(self, line: bytes, number: int) -> None:
        signed, signature = _parts(line, number)
        try:
            self._key.public_key().verify(base64.b64decode(signature), _PREFIX + signed)
        except (InvalidSignature, ValueError) as problem:
            raise JournalRefused(f"line {number} was not signed here") from problem

    def _append(self, facts: dict[str, Any]) -> None:
        with self._locked() as file:
            end = _cut_unfinished_line(file)
            last = _last_line(file, end)
            number, before = 1, NOTHING_BEFORE
            if last:
                self._check_signature(last, 0)
                number, before = _entry_of(last, 0)["seq"] + 1, sha256(last).hexdigest()
            entry = _canonical({"v": VERSION, "seq": number, "previous": before, **facts})
            signature = base64.b64encode(self._key.sign(_PREFIX + entry))
            line = _ENTRY + entry + _SIGNATURE + b'"' + signature + b'"}\n'
            if os.write(file, line) != len(line):
                os.ftruncate(file, end)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))
            os.fsync(file)

    @contextmanager
    def _locked(self) -> Iterator[int]:
        """The file, open for adding, while no other process adds to it."""
        make_folder(self._path.parent)
        is_new = not self._path.exists()
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)
        if is_new:
            sync_folder(self._path.parent)


def journal() -> Journal:
    """The journal of this installation."""
    return Journal(settings().journal_path, key_store().signing_key())


def _doomed(facts: dict[str, Any]) -> Doomed:
    return Doomed(
        facts["document_id"],
        facts["logged_at"],
        facts["entry_id"],
        tuple(facts["key_ids"]),
        tuple(facts["blob_ids"]),
    )


def _without(intent: Intent, document_ids: Collection[int]) -> Intent:
    staying = tuple(each for each in intent.documents if each.document_id not in document_ids)
    return replace(intent, documents=staying)


def _canonical(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, sort_keys=True, separators=(",", ":")).encode("ascii")


def _parts(line: bytes, number: int) -> tuple[bytes, bytes]:
    """The entry's own bytes and its signature; nothing is written anew before it is verified."""
    entry, separator, signature = line.rpartition(_SIGNATURE)
    if not separator or not entry.startswith(_ENTRY):
        raise JournalRefused(f"line {number} is not a line of a destruction journal")
    return entry.removeprefix(_ENTRY), signature.removesuffix(b"}").strip(b'"')


def _entry_of(line: bytes, number: int) -> dict[str, Any]:
    try:
        entry: dict[str, Any] = json.loads(_parts(line, number)[0])
    except ValueError as problem:
        raise JournalRefused(f"line {number} is not JSON") from problem
    if entry.get("v") != VERSION:
        raise JournalRefused(f"line {number} is of another version of the journal")
    return entry


def _cut_unfinished_line(file: int) -> int:
    """Remove the beginning of a line whose writer died; where the next line begins.

    Nothing was destroyed on its account: destruction waits for the whole line to be on the disk.
    """
    end = os.fstat(file).st_size
    whole = end
    while whole:
        start = max(0, whole - _TAIL_BYTES)
        found = os.pread(file, whole - start, start).rfind(b"\n")
        if found >= 0:
            whole = start + found + 1
            break
        whole = start
    if whole != end:
        os.ftruncate(file, whole)
    return whole


def _last_line(file: int, end: int) -> bytes:
    """The last whole line before `end`, without its line break."""
    start = end
    while start:
        start = max(0, start - _TAIL_BYTES)
        tail = os.pread(file, end - start, start)
        before = tail[:-1].rfind(b"\n")
        if before >= 0:
            return tail[before + 1 : -1]
    return os.pread(file, end, 0)[:-1]
