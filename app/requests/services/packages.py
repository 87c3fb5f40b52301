"""The answer package: assembled, opened, replaced, and erased when the request is closed.

It is kept until the request is closed, because a delivery can fail and be repeated; after that
nobody needs the copy, and the person can ask again. Erasing destroys its key and then the file.
"""

import io
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Actor
from app.audit.events import Event, ObjectType
from app.audit.services import record_view
from app.audit.services.sequencing import sequence_pending
from app.clients.models import Client
from app.crypto import key_store
from app.crypto.envelope import READ_BYTES, context_of
from app.crypto.keys import KeyMissing
from app.db import db, transaction
from app.files import file_store
from app.files.store import BlobMissing, FileStore
from app.requests.models import AnswerPackage, DataSubjectRequest
from app.requests.package import PackageSource
from app.requests.pick_list import papers_of, pick_list_pdf
from app.requests.progress import kind_of
from app.requests.queries import HANDLERS
from app.requests.services.common import (
    open_request,
    record_act,
    require_identity,
)
from app.requests.vocabulary import Part, package_parts
from app.web.i18n import gettext as _
from app.web.i18n import language
from app.web.problems import Conflict, NotFound


@dataclass(frozen=True, slots=True)
class Download:
    """A file to hand out: name without personal data, media type, size in bytes, content."""

    name: str
    media_type: str
    size: int
    pieces: Iterator[bytes]


def build_package(actor: Actor, request_id: int) -> AnswerPackage:
    """Assemble the answer in the person's language and keep it, encrypted under a key of its own.

    An earlier package of the request is erased. Raises `Conflict` before the identity is verified,
    for a kind of request that is answered without a package, and after the hand-over; `NotFound`
    when the register has no published version; and as `open_request`. When anything fails, neither
    the file nor its key is left. Sources: GDPR Arts. 12(6), 15, 20; CJEU C-487/21, C-579/21.
    """
    sequence_pending()
    request = _readable(actor, request_id)
    _check_buildable(request)
    key_id = secrets.token_hex(16)
    blobs: list[str] = []
    try:
        # Outside the unit of work: nobody else waits while many documents are copied.
        package = _assemble(request, key_id, blobs)
        package.built_by_id = actor.user_id
        with transaction() as session:
            return _keep(session, actor, request_id, package)
    except BaseException:
        _withdraw_unless_committed(key_id, blobs)
        raise


def open_package(actor: Actor, request_id: int) -> Download:
    """The package, for handing it to the person; the log is written before anything is given out.

    The whole of it is verified first, so that a damaged package gives nothing instead of a part.
    Raises `NotFound` when there is none, `Conflict` when it has lost its key, `NotPermitted`, and
    `Tampered`.
    """
    request = _readable(actor, request_id)
    package = request.package
    if package is None:
        raise NotFound(request_id)
    try:
        for _piece in _pieces(package):
            pass
    except (KeyMissing, BlobMissing):
        raise Conflict(_("The package is not there any more. Assemble it again.")) from None
    _record_view(Event.REQUEST_PACKAGE_OPENED, actor, request)
    name = f"{request.reference}.zip"
    return Download(name, "application/zip", package.size, _pieces(package))


def pick_list(actor: Actor, request_id: int) -> Download:
    """The list of papers to copy, in the language in use, made anew each time.

    Raises `NotFound` for a kind of request that paper is no part of, `NotPermitted`, `Conflict`
    before the identity is verified or after the close.
    """
    request = _readable(actor, request_id)
    if Part.PAPER not in package_parts(kind_of(request)):
        raise NotFound(request_id)
    require_identity(request)
    if request.is_closed:
        raise Conflict(_("The request was closed; nothing is collected for it any more."))
    client = db.session.get_one(Client, request.client_id)
    papers = papers_of(client)
    _record_view(Event.REQUEST_PICK_LIST_OPENED, actor, request, pieces=len(papers))
    content = pick_list_pdf(request, client, papers)
    name = _("pick-list-%(reference)s.pdf", reference=request.reference)
    return Download(name, "application/pdf", len(content), iter([content]))


def erase_package(request: DataSubjectRequest) -> None:
    """Erase the package of a request, inside an open transaction and as its last act.

    The key goes before the commit: should that fail, a package is lost that can be built again,
    and never is one left that the database calls erased.
    """
    package = request.package
    if package is None:
        return
    package.erased_at = clock.now()
    key_store().destroy(package.key_id)
    file_store().erase(package.blob_id)


def _check_buildable(request: DataSubjectRequest) -> None:
    require_identity(request)
    if not package_parts(kind_of(request)):
        raise Conflict(_("A request of this kind is answered without a package."))
    if request.handed_over_on is not None:
        raise Conflict(_("The answer has been handed over; it is not assembled again."))


def _assemble(request: DataSubjectRequest, key_id: str, blobs: list[str]) -> AnswerPackage:
    """The package in the file store under a new key, with its row not yet added."""
    client = db.session.get_one(Client, request.client_id)
    built_at = clock.now()
    source = PackageSource(request, client, built_at)
    key_store().create_item_key(key_id, client.key_id)
    key = key_store().open_key(key_id)
    with language(client.language):
        stored = file_store().put(io.BufferedReader(source, READ_BYTES), key, _context(key_id))
    blobs.append(stored.blob_id)
    return AnswerPackage(
        blob_id=stored.blob_id,
        key_id=key_id,
        size=stored.plain_size,
        included=source.included,
        omitted=source.omitted,
        built_at=built_at,
    )


def _keep(session: Session, actor: Actor, request_id: int, package: AnswerPackage) -> AnswerPackage:
    request = open_request(session, actor, request_id)
    _check_buildable(request)
    erase_package(request)
    session.flush()
    request.packages.append(package)
    session.flush()
    counts = {"included": package.included, "omitted": package.omitted}
    record_act(Event.REQUEST_PACKAGE_BUILT, actor, request, **counts)
    return package


def _withdraw_unless_committed(key_id: str, blobs: list[str]) -> None:
    """Undo `_assemble` outside the database; an error may have come after the commit was made."""
    kept = select(AnswerPackage.id).where(AnswerPackage.key_id == key_id)
    if db.session.scalar(kept) is not None:
        return
    key_store().destroy(key_id)
    for blob_id in blobs:
        file_store().erase(blob_id)


def _readable(actor: Actor, request_id: int) -> DataSubjectRequest:
    request = db.session.get(DataSubjectRequest, request_id)
    if request is None:
        raise NotFound(request_id)
    actor.require(request.register_id, *HANDLERS)
    return request


def _pieces(package: AnswerPackage) -> Iterator[bytes]:
    """The package, piece by piece. Its key is opened now: a server asks for the pieces later, when
    the request that knows the key store is over. The file is opened with the first piece."""
    key = key_store().open_key(package.key_id)
    return _opened_later(file_store(), package.blob_id, key, _context(package.key_id))


def _opened_later(store: FileStore, blob_id: str, key: bytes, context: bytes) -> Iterator[bytes]:
    yield from store.open(blob_id, key, context)


def _context(key_id: str) -> bytes:
    return context_of("request.package", key_id)


def _record_view(event: Event, actor: Actor, request: DataSubjectRequest, **details: int) -> None:
    record_view(
        event,
        actor_id=actor.user_id,
        register_id=request.register_id,
        client_id=request.client_id,
        object_type=ObjectType.DATA_SUBJECT_REQUEST,
        object_id=request.id,
        details=details,
    )
