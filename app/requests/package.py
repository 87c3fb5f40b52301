"""The answer package: a ZIP file with the letter, the data file and copies of the files.

It is made piece by piece and encrypted as it is made: no readable copy ever touches a disk, and no
more of it is in memory than one document. Files are stored as they are, because scans do not
shrink; names are relative, numbered and clean, so that unpacking cannot write anywhere else.
"""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from app import clock
from app.clients.models import Client
from app.crypto import key_store
from app.crypto.envelope import DecryptionRefused
from app.documents.queries import ItemRow
from app.documents.sealing import file_context
from app.files import file_store
from app.files.names import clean_file_name
from app.files.store import BlobMissing
from app.requests.answer.collect import Holding, gather, holdings
from app.requests.answer.letter import answer_letter
from app.requests.answer.model import FileFact, Omission, OmissionReason
from app.requests.models import DataSubjectRequest
from app.requests.progress import kind_of
from app.requests.vocabulary import Part, package_parts
from app.web.i18n import gettext as _

LETTER = "answer.pdf"
DATA = "data.json"
FOLDER = "documents"


class PackageSource(io.RawIOBase):
    """The package as a file that is read once from beginning to end.

    `included` and `omitted` count the files when it has been read. Use it inside
    `language(client.language)` and a transaction: it reads the database as it goes.
    """

    def __init__(self, request: DataSubjectRequest, client: Client, built_at: datetime) -> None:
        super().__init__()
        self._request = request
        self._client = client
        self._built_at = built_at
        self._files: dict[int, FileFact] = {}
        self._omissions: list[Omission] = []
        self._pieces = self._make()
        self._rest = memoryview(b"")

    @property
    def included(self) -> int:
        """How many files are in the package."""
        return len(self._files)

    @property
    def omitted(self) -> int:
        """How many files are on record that could not be put in."""
        return len(self._omissions)

    def readable(self) -> bool:
        """It can only be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed's Buffer is Python 3.12
        """Fill `buffer` with what comes next."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size

    def _make(self) -> Iterator[bytes]:
        archive = _Archive(self._built_at)
        parts = package_parts(kind_of(self._request))
        held = holdings(self._client, parts)
        if Part.FILES in parts:
            electronic = list(_electronic(held))
            keys = key_store().open_many(
                [item.key_id for _holding, item in electronic if item.key_id]
            )
            for holding, item in electronic:
                content = self._content(holding, item, keys)
                if content is not None:
                    yield archive.add(self._files[item.id].path, content)
        answer = gather(
            self._request,
            self._client,
            self._built_at,
            held=held,
            files=self._files,
            omissions=self._omissions,
        )
        yield archive.add(DATA, answer.to_json().encode())
        yield archive.add(LETTER, answer_letter(answer))
        yield archive.end()

    def _content(self, holding: Holding, item: ItemRow, keys: Mapping[str, bytes]) -> bytes | None:
        """What a file holds; noted as included, or as omitted with the reason."""
        if item.state == "destroyed":
            if item.destroyed_at and self._is_since_receipt(item.destroyed_at):
                self._omit(holding, OmissionReason.DESTROYED)
            return None
        key_id = item.key_id or ""
        if key_id not in keys:
            self._omit(holding, OmissionReason.DESTROYED)
            return None
        try:
            content = file_store().read(item.blob_id or "", keys[key_id], file_context(key_id))
        except (BlobMissing, DecryptionRefused):
            self._omit(holding, OmissionReason.UNREADABLE)
            return None
        name = clean_file_name(item.file_name or "", fallback=str(item.id))
        path = f"{FOLDER}/{len(self._files) + 1:03d}-{name}"
        self._files[item.id] = FileFact(path, name, item.media_type or "", len(content))
        return content

    def _is_since_receipt(self, destroyed_at: datetime) -> bool:
        return destroyed_at.astimezone(clock.HELSINKI).date() >= self._request.received_on

    def _omit(self, holding: Holding, reason: OmissionReason) -> None:
        row = holding.row
        words = {
            OmissionReason.DESTROYED: _("destroyed after your request had arrived"),
            OmissionReason.UNREADABLE: _("the stored file cannot be read"),
        }[reason]
        self._omissions.append(Omission(row.id, row.title, row.dated_on, reason, words))


class _Window(io.BytesIO):
    """The part of the archive that has not been handed on; positions count from its beginning."""

    def __init__(self) -> None:
        super().__init__()
        self._before = 0

    def tell(self) -> int:
        return self._before + super().tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_SET:
            offset -= self._before
        return self._before + super().seek(offset, whence)

    def take(self) -> bytes:
        """All that is here; the window moves on behind it."""
        content = self.getvalue()
        self._before += len(content)
        super().seek(0)
        self.truncate(0)
        return content


class _Archive:
    """A ZIP file made entry by entry; each entry is complete when it is handed on."""

    def __init__(self, made_at: datetime) -> None:
        self._window = _Window()
        self._zip = ZipFile(self._window, "w", ZIP_STORED)
        self._made_at = made_at.astimezone(clock.HELSINKI).timetuple()[:6]

    def add(self, path: str, content: bytes) -> bytes:
        """Add a file; the bytes of the archive that are ready."""
        entry = ZipInfo(path, self._made_at)
        entry.external_attr = 0o600 << 16
        self._zip.writestr(entry, content)
        return self._window.take()

    def end(self) -> bytes:
        """The list of contents, with which the archive ends."""
        self._zip.close()
        return self._window.take()


def _electronic(held: list[Holding]) -> Iterator[tuple[Holding, ItemRow]]:
    for holding in held:
        for item in holding.row.items:
            if item.medium == "atk":
                yield holding, item
