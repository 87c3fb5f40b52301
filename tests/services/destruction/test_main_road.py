"""A list from the due documents to its certificate, once through."""

from collections.abc import Callable

from app.accounts.permissions import Actor
from app.audit.services import signer
from app.crypto import key_store
from app.db import db
from app.destruction import services
from app.destruction.certificate import verify_certificate
from app.destruction.models import DisposalConfirmation, DisposalEntry
from app.destruction.services.certificates import find_certificate
from app.documents.models import CustodyEvent, Item
from app.files import file_store
from tests.fixtures.disposal import Archive, fresh


def items_of(document_id: int) -> list[Item]:
    return db.session.query(Item).filter_by(document_id=document_id).order_by(Item.id).all()


def test_a_list_goes_from_proposal_to_a_certificate(
    archive: Archive, after_waiting: Callable[[], None], auditor: Actor
) -> None:
    document = archive.log("atk", "man")
    file, paper = items_of(document.id)
    found = archive.approved()
    after_waiting()
    assert archive.confirm_paper(found) == 1

    executed = services.execute(archive.manager, found.id)

    assert executed.state == "executed"
    gone = fresh(document)
    assert gone.state == "destroyed"
    assert gone.note_sealed is None
    assert not key_store().exists(str(file.key_id))
    assert not file_store().exists(str(file.blob_id))
    assert {item.state for item in items_of(document.id)} == {"destroyed"}
    assert [item.file_name_sealed for item in items_of(document.id)] == [None, None]
    chain = db.session.query(CustodyEvent).filter_by(item_id=paper.id, kind="destroyed").one()
    assert chain.location_id == archive.cabinet.id
    entry = db.session.query(DisposalEntry).one()
    assert [item.method for item in entry.items] == ["cross_cut_p4", "key_destroyed"]

    certificate = find_certificate(auditor, found.id)
    verified = verify_certificate(
        certificate.statement, certificate.signature, signer().verifier.vkey
    )
    assert verified.reference == "H-1"
    assert [each["document"] for each in verified.facts["documents"]] == [document.id]
    assert certificate.pdf.startswith(b"%PDF")
    assert db.session.get_one(DisposalConfirmation, found.id).executed_at is not None
