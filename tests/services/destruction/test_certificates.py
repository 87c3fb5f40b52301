"""Certificates: what they say, whom they never name, and that they verify without us."""

import json
import re
import zlib
from collections.abc import Callable

import pytest

from app.accounts.permissions import Actor, NotPermitted
from app.audit.checkpoint import Verifier
from app.audit.services import LogRolledBack, sign_checkpoint, signer
from app.config import settings
from app.db import db
from app.destruction import services
from app.destruction.certificate import verify_certificate
from app.destruction.models import DisposalConfirmation
from app.destruction.queries import disposal_list
from app.destruction.services import certificates
from app.web.i18n import language
from app.web.problems import Conflict, NotFound
from tests.fixtures.disposal import LAST_KEPT_ON, MARKER, NOTE_MARKER, Archive, fresh

AfterWaiting = Callable[[], None]


@pytest.fixture
def executed(archive: Archive, after_waiting: AfterWaiting) -> DisposalConfirmation:
    """A list of one document on paper and file and one that was left out."""
    archive.log("atk", "man")
    held = archive.log()
    services.set_hold(
        archive.officer, document_id=held.id, reason="dispute", mandate="Käräjäoikeus 12/2026"
    )
    found = archive.approved()
    after_waiting()
    archive.confirm_paper(found)
    return services.execute(archive.manager, found.id)


def facts_of(actor: Actor, found: DisposalConfirmation) -> dict[str, object]:
    facts: dict[str, object] = json.loads(services.find_certificate(actor, found.id).statement)
    return facts


def test_it_states_who_what_why_how_and_when(
    archive: Archive, executed: DisposalConfirmation
) -> None:
    facts = facts_of(archive.manager, executed)

    assert facts["list"] == "H-1"
    steps = facts["steps"]
    assert isinstance(steps, dict)
    assert {name: step["by"]["id"] for name, step in steps.items()} == {
        "proposed": archive.manager.user_id,
        "approved": archive.officer.user_id,
        "executed": archive.manager.user_id,
    }
    documents = facts["documents"]
    assert isinstance(documents, list)
    (document,) = documents
    assert document["client"] == archive.client.number
    assert document["last_kept_on"] == LAST_KEPT_ON.isoformat()
    paper, file = document["items"]
    assert (paper["medium"], paper["method"]) == ("man", "cross_cut_p4")
    assert paper["witness"]["id"] == archive.worker.user_id
    assert (file["medium"], file["method"]) == ("atk", "key_destroyed")
    assert file["verified_at"]
    rules = facts["rules"]
    assert isinstance(rules, dict)
    rule = rules[str(document["rule"])]
    assert (rule["key"], rule["version"]) == ("employment-agreements", 1)
    assert "728/2003" in rule["law"]["fi"]


def test_what_was_left_out_is_stated_with_its_reason(
    archive: Archive, executed: DisposalConfirmation
) -> None:
    left_out = facts_of(archive.manager, executed)["left_out"]

    assert isinstance(left_out, list)
    assert [each["obstacle"] for each in left_out] == ["on_hold:dispute"]


def test_it_names_no_client_and_no_mandate(
    archive: Archive, executed: DisposalConfirmation
) -> None:
    certificate = services.find_certificate(archive.manager, executed.id)
    pages = [services.certificate_page(certificate, code) for code in ("fi", "sv", "en")]
    texts = [certificate.statement, certificate.signature, *map(words_of, pages)]

    for text in texts:
        for secret in ("Virtanen", "Aino", MARKER, NOTE_MARKER, "sopimus.pdf", "Käräjäoikeus"):
            assert secret not in text


def words_of(pdf: bytes) -> str:
    """All streams of a PDF, unpacked."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(stream).decode("latin-1"))
        except zlib.error:
            found.append(stream.decode("latin-1"))
    return " ".join(found)


def test_anybody_can_verify_it_with_the_public_key(
    archive: Archive, executed: DisposalConfirmation, auditor: Actor
) -> None:
    certificate = services.find_certificate(auditor, executed.id)
    vkey = signer().verifier.vkey

    verified = verify_certificate(certificate.statement, certificate.signature, vkey)

    assert verified.reference == "H-1"
    assert Verifier.parse(vkey)


def test_the_log_it_names_is_the_one_that_was_signed_outside(
    archive: Archive, executed: DisposalConfirmation
) -> None:
    log = facts_of(archive.manager, executed)["log"]
    assert isinstance(log, dict)

    note = settings().checkpoint_path.read_text("utf-8")
    checkpoint = signer().verifier.open_checkpoint(note)

    assert (log["origin"], log["size"]) == (checkpoint.origin, checkpoint.size)
    assert log["root"] == checkpoint.root.hex()


def test_the_page_is_made_of_the_statement_in_each_language(
    archive: Archive, executed: DisposalConfirmation
) -> None:
    certificate = services.find_certificate(archive.manager, executed.id)
    with language("sv"):
        kept = services.certificate_page(certificate, "fi")

    assert kept == certificate.pdf
    swedish = services.certificate_page(certificate, "sv")
    assert swedish == services.certificate_page(certificate, "sv")
    assert swedish != kept


def test_an_unfinished_list_has_no_certificate(archive: Archive, auditor: Actor) -> None:
    archive.log()
    found = archive.approved()

    with pytest.raises(NotFound):
        services.find_certificate(archive.manager, found.id)
    with pytest.raises(Conflict):
        services.certify(archive.manager, found.id)
    with pytest.raises(NotPermitted):
        services.certify(auditor, found.id)


def test_a_log_that_was_rolled_back_delays_the_certificate_not_the_destruction(
    archive: Archive, after_waiting: AfterWaiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.log()
    found = archive.approved()
    after_waiting()

    def refuse() -> None:
        raise LogRolledBack("17 entries were signed, the log has 9")

    with monkeypatch.context() as broken:
        broken.setattr(certificates, "sign_checkpoint", refuse)
        executed = services.execute(archive.manager, found.id)
        with pytest.raises(Conflict):
            services.certify(archive.manager, found.id)

    assert executed.state == "executed"
    with pytest.raises(NotFound):
        services.find_certificate(archive.manager, found.id)
    services.certify(archive.manager, found.id)
    assert services.find_certificate(archive.manager, found.id).issued_at
    assert db.session.query(DisposalConfirmation).count() == 1


@pytest.mark.parametrize("damage", [b"something else", b"\xff\xfe\x00"])
def test_a_damaged_signature_outside_delays_the_certificate_not_the_destruction(
    archive: Archive, after_waiting: AfterWaiting, damage: bytes
) -> None:
    document = archive.log()
    found = archive.approved()
    after_waiting()
    sign_checkpoint()
    path = settings().checkpoint_path
    whole = path.read_bytes()
    path.write_bytes(damage)

    executed = services.execute(archive.manager, found.id)

    assert executed.state == "executed"
    assert fresh(document).state == "destroyed"
    with pytest.raises(Conflict):
        services.certify(archive.manager, found.id)
    services.recover()
    page = disposal_list(archive.manager, found.id)
    assert (page.certificate_at, page.acts.certify) == (None, True)
    path.write_bytes(whole)
    assert services.certify(archive.manager, found.id).issued_at
