"""The answer package: whose data, what is in it, who can open it, and that it goes again."""

import io
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from app import clock
from app.accounts.permissions import Actor, NotPermitted, Role
from app.audit.models import AuditOutbox
from app.clients.services import give_notice, open_outside_caseload, start_episode
from app.config import settings
from app.crypto import key_store
from app.crypto.envelope import Tampered
from app.crypto.keys import KeyMissing
from app.db import db, transaction
from app.documents.models import Document, Item
from app.documents.services import open_item
from app.files import file_store
from app.registers.editions import editions
from app.registers.services import make_missing_editions
from app.requests.models import AnswerPackage, DataSubjectRequest
from app.requests.services import (
    build_package,
    close,
    hand_over,
    open_package,
    pick_list,
    suspend,
)
from app.requests.services import packages as packages_module
from app.web.problems import Conflict, NotFound
from tests.fixtures.clients import MakeClient
from tests.fixtures.documents import (
    REHABILITATIVE,
    STARTED_ON,
    Desk,
    LogDocument,
    MakeLocation,
    pdf,
    upload,
)
from tests.fixtures.people import MakeActor
from tests.services.requests.conftest import Ask


def unpacked(actor: Actor, request: DataSubjectRequest) -> dict[str, bytes]:
    """The files of the package by name; a damaged archive fails."""
    content = b"".join(open_package(actor, request.id).pieces)
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def data_of(files: dict[str, bytes]) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files["data.json"])
    return data


def letter_of(files: dict[str, bytes]) -> str:
    pages = PdfReader(io.BytesIO(files["answer.pdf"])).pages
    return "".join(" ".join(page.extract_text() for page in pages).split())


def test_nothing_is_assembled_before_the_identity_is_verified(ask: Ask, handler: Actor) -> None:
    request = ask()
    with pytest.raises(Conflict):
        build_package(handler, request.id)
    with pytest.raises(Conflict):
        pick_list(handler, request.id)
    with pytest.raises(Conflict):
        hand_over(handler, request.id, "in_person", "kuittaus", date(2026, 11, 9))

    assert request.package is None


def test_the_package_holds_exactly_this_clients_files_as_they_were(
    ask: Ask, handler: Actor, worker: Actor, desk: Desk, log: LogDocument, make_client: MakeClient
) -> None:
    other = make_client(worker, desk.register_id, last_name="Toinen", first_names="Henkilö")
    episode = start_episode(worker, other.id, REHABILITATIVE, STARTED_ON, worker.user_id)
    log(episode_id=episode.id, upload=upload(pdf("toisen"), "toisen.pdf"))
    log(upload=upload(pdf("oma ensimmäinen"), "ensimmäinen.pdf"))
    log(upload=upload(pdf("oma toinen"), "toinen.pdf"))
    request = ask(verified=True)
    package = build_package(handler, request.id)

    files = unpacked(handler, request)
    assert files.pop("answer.pdf").startswith(b"%PDF")
    assert files.pop("data.json")
    assert files == {
        "documents/001-ensimmäinen.pdf": pdf("oma ensimmäinen"),
        "documents/002-toinen.pdf": pdf("oma toinen"),
    }
    assert (package.included, package.omitted) == (2, 0)


def test_the_package_is_stored_only_encrypted(
    ask: Ask, handler: Actor, log: LogDocument, app: Flask
) -> None:
    marker = "tunnistettava-merkki"
    log(upload=upload(pdf(marker), f"{marker}.pdf"))
    request = ask(verified=True)
    build_package(handler, request.id)

    assert pdf(marker) in unpacked(handler, request).values()
    stored = [path for path in Path(settings().instance_path).rglob("*") if path.is_file()]
    assert stored
    assert not [path for path in stored if marker.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.pdf",
        "/etc/cron.pdf",
        "..\\..\\x.pdf",
        "C:\\x.pdf",
        "a\x00b\r\n.pdf",
        "\u202efdp.pdf",
    ],
)
def test_a_hostile_file_name_cannot_write_outside_the_folder(
    ask: Ask, handler: Actor, log: LogDocument, name: str
) -> None:
    log(upload=upload(name=name))
    request = ask(verified=True)
    build_package(handler, request.id)

    (path,) = set(unpacked(handler, request)) - {"answer.pdf", "data.json"}
    assert path.startswith("documents/001-")
    assert len(PurePosixPath(path).parts) == 2
    assert path.isprintable()
    assert not set('\\:*?"<>|') & set(path)


def test_the_data_file_and_the_letter_say_the_same(
    ask: Ask, handler: Actor, log: LogDocument, log_paper: LogDocument, make_location: MakeLocation
) -> None:
    log(note="Keskusteltu puhelimessa.", upload=upload(name="haastattelu.pdf"))
    log_paper("laakarin-lausunto", sheets=3, location_id=make_location().id)
    request = ask(verified=True, details="Kaikki tietoni, kiitos.")
    build_package(handler, request.id)

    files = unpacked(handler, request)
    data, letter = data_of(files), letter_of(files)
    told = [data["reference"], data["register"], *_texts(data["information"])]
    told += [data["data"]["person"][key] for key in ("last_name", "first_names", "phone")]
    told += [value for each in data["data"]["episodes"] for value in (each["service"],)]
    for document in data["data"]["documents"]:
        told += [document["type"], document["service"], document["note"], document["retention"]]
        told += [file["path"] for file in document["files"]]
    told += [each["details"] for each in data["data"]["requests"]]
    told += [text for line in data["log"] for text in (line["act"], line["purpose"], line["role"])]
    missing = [text for text in told if "".join(text.split()) not in letter]
    assert missing == []
    assert [document["papers"] for document in data["data"]["documents"]] == [0, 1]
    assert data["data"]["documents"][1]["sheets"] == 3


def test_the_notices_given_are_in_both_the_data_and_the_letter(
    ask: Ask, handler: Actor, worker: Actor, desk: Desk
) -> None:
    make_missing_editions()
    (edition,) = editions(desk.register_id)
    give_notice(worker, desk.client.id, edition.id, "sv", "secure_email", clock.today())
    request = ask(verified=True)
    build_package(handler, request.id)

    files = unpacked(handler, request)
    (given,) = data_of(files)["data"]["notices"]
    assert given == {
        "register": data_of(files)["register"],
        "edition": 1,
        "language": "sv",
        "channel": "secure_email",
        "channel_words": "turvapostilla",
        "given_on": clock.today().isoformat(),
    }
    for words in ("Painos1", "svenska", given["channel_words"]):
        assert "".join(words.split()) in letter_of(files)


def _texts(information: list[dict[str, Any]]) -> Iterator[str]:
    for item in information:
        yield item["title"]
        yield from item["lines"]


def test_every_item_of_article_15_is_answered(ask: Ask, handler: Actor) -> None:
    request = ask(verified=True)
    build_package(handler, request.id)

    articles = [item["article"] for item in data_of(unpacked(handler, request))["information"]]
    assert articles == [*(f"15(1)({letter})" for letter in "abcdefgh"), "15(2)"]


def test_the_answer_is_in_the_language_of_the_person(
    ask: Ask, handler: Actor, desk: Desk, log: LogDocument
) -> None:
    desk.client.language = "sv"
    db.session.commit()
    request = ask(verified=True)
    build_package(handler, request.id)

    files = unpacked(handler, request)
    assert data_of(files)["language"] == "sv"
    assert data_of(files)["kind_words"] == "Begäran om insyn"
    assert "Svarpådinbegäran" in letter_of(files)


def test_the_own_access_log_gives_roles_and_purposes_but_no_names(
    ask: Ask, handler: Actor, colleague: Actor, desk: Desk, log: LogDocument
) -> None:
    document = log()
    open_outside_caseload(colleague, desk.client.id, "Sijaistan ohjaajaa tänään.")
    open_item(colleague, document.items[0].id)
    request = ask(verified=True)
    build_package(handler, request.id)

    files = unpacked(handler, request)
    lines = data_of(files)["log"]
    opened = [line for line in lines if line["event"] == "item.opened"]
    assert [line["role"] for line in opened] == ["henkilöstö"]
    reasons = [line["purpose"] for line in lines if line["event"] == "access.reason_given"]
    assert reasons == ["asiakastyö: Sijaistan ohjaajaa tänään."]
    assert "Kollega" not in files["data.json"].decode()
    assert "Kollega" not in letter_of(files)
    assert [line["at"] for line in lines] == sorted(line["at"] for line in lines)


def test_a_document_destroyed_meanwhile_is_listed_as_an_omission(
    ask: Ask, handler: Actor, log: LogDocument
) -> None:
    destroyed, kept = log(), log(upload=upload(pdf("jää"), "jää.pdf"))
    request = ask(verified=True)
    _destroy(destroyed)
    package = build_package(handler, request.id)

    files = unpacked(handler, request)
    data = data_of(files)["data"]
    assert [each["document_id"] for each in data["omissions"]] == [destroyed.id]
    assert data["omissions"][0]["reason"] == "destroyed"
    assert data["documents"][0]["destroyed_on"] == "2026-11-09"
    assert [each["id"] for each in data["documents"] if each["files"]] == [kept.id]
    assert (package.included, package.omitted) == (1, 1)
    assert "".join(data["omissions"][0]["words"].split()) in letter_of(files)


def test_a_file_whose_key_went_a_moment_ago_is_an_omission_too(
    ask: Ask, handler: Actor, log: LogDocument
) -> None:
    document = log()
    request = ask(verified=True)
    key_store().destroy(document.items[0].key_id or "")
    build_package(handler, request.id)

    omissions = data_of(unpacked(handler, request))["data"]["omissions"]
    assert [each["reason"] for each in omissions] == ["destroyed"]


def test_a_damaged_file_is_told_and_not_handed_out(
    ask: Ask, handler: Actor, log: LogDocument
) -> None:
    document = log()
    _damage(document.items[0].blob_id or "")
    request = ask(verified=True)
    package = build_package(handler, request.id)

    files = unpacked(handler, request)
    assert set(files) == {"answer.pdf", "data.json"}
    assert data_of(files)["data"]["omissions"][0]["reason"] == "unreadable"
    assert package.omitted == 1


def test_a_portable_copy_leaves_out_paper_the_log_and_the_notice(
    ask: Ask, handler: Actor, log: LogDocument, log_paper: LogDocument
) -> None:
    log()
    log_paper()
    request = ask(kind="portability", verified=True)
    build_package(handler, request.id)

    data = data_of(unpacked(handler, request))
    assert [len(each["files"]) for each in data["data"]["documents"]] == [1]
    assert "log" not in data
    assert "information" not in data


def test_log_data_is_the_log_and_nothing_else(ask: Ask, handler: Actor, log: LogDocument) -> None:
    log()
    request = ask(kind="log_data", verified=True)
    build_package(handler, request.id)

    files = unpacked(handler, request)
    assert set(files) == {"answer.pdf", "data.json"}
    assert data_of(files)["log"]
    assert "data" not in data_of(files)


def test_a_rectification_is_answered_without_a_package(ask: Ask, handler: Actor) -> None:
    with pytest.raises(Conflict):
        build_package(handler, ask(kind="rectification", verified=True).id)


def test_a_rebuilt_package_replaces_the_earlier_one(
    ask: Ask, handler: Actor, log: LogDocument
) -> None:
    request = ask(verified=True)
    first = build_package(handler, request.id)
    log()
    second = build_package(handler, request.id)

    assert first.erased_at is not None
    assert not key_store().exists(first.key_id)
    assert not file_store().exists(first.blob_id)
    assert request.package == second
    assert len(unpacked(handler, request)) == 3


def test_a_package_that_cannot_be_kept_leaves_nothing_behind(
    ask: Ask, handler: Actor, log: LogDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    log()
    request = ask(verified=True)
    before = _stored_files()

    def full(*_args: object, **_details: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(packages_module, "record_act", full)
    with pytest.raises(OSError):
        build_package(handler, request.id)

    assert db.session.scalars(select(AnswerPackage)).all() == []
    assert _stored_files() == before


def test_a_request_closed_during_the_assembly_keeps_no_package(
    ask: Ask, handler: Actor, log: LogDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    log()
    request = ask(verified=True)
    before = _stored_files()
    assemble = packages_module._assemble

    def slowly(*args: Any) -> AnswerPackage:
        package = assemble(*args)
        close(handler, request.id, "withdrawn")
        return package

    monkeypatch.setattr(packages_module, "_assemble", slowly)
    with pytest.raises(Conflict):
        build_package(handler, request.id)

    assert request.packages == []
    assert _stored_files() == before


def test_a_handler_of_another_register_cannot_open_it(
    ask: Ask, handler: Actor, make_actor: MakeActor, other_register: int
) -> None:
    request = ask(verified=True)
    build_package(handler, request.id)
    stranger = make_actor("toinen", Role.REQUEST_HANDLER, register_id=other_register)

    for act in (open_package, build_package, pick_list):
        with pytest.raises(NotPermitted):
            act(stranger, request.id)


def test_opening_is_logged_before_anything_is_handed_out(
    ask: Ask, handler: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = ask(verified=True)
    build_package(handler, request.id)
    open_package(handler, request.id)
    assert _actions(request)[-2:] == ["request.package_built", "request.package_opened"]

    def fails(*_args: object, **_details: object) -> None:
        raise OSError("the log cannot be written")

    monkeypatch.setattr(packages_module, "record_view", fails)
    with pytest.raises(OSError):
        open_package(handler, request.id)


def test_the_package_can_be_sent_when_the_page_request_is_over(ask: Ask, handler: Actor) -> None:
    request = ask(verified=True)
    package = build_package(handler, request.id)
    pieces = open_package(handler, request.id).pieces

    # Another thread knows nothing of this application, as a server that sends the answer.
    with ThreadPoolExecutor(1) as server:
        sent = server.submit(b"".join, pieces).result()
    assert len(sent) == package.size


def test_a_damaged_package_gives_nothing(ask: Ask, handler: Actor, log: LogDocument) -> None:
    log(upload=upload(pdf("x" * 100_000)))
    request = ask(verified=True)
    package = build_package(handler, request.id)
    _damage(package.blob_id, at=-20)

    with pytest.raises(Tampered):
        open_package(handler, request.id)
    assert "request.package_opened" not in _actions(request)


def test_after_the_close_no_package_can_be_opened(
    ask: Ask, handler: Actor, log: LogDocument
) -> None:
    log()
    request = ask(verified=True)
    package = build_package(handler, request.id)
    hand_over(handler, request.id, "secure_mail", "Viesti 4711", date(2026, 11, 9))
    assert unpacked(handler, request)
    close(handler, request.id, "answered")

    with pytest.raises(NotFound):
        open_package(handler, request.id)
    with pytest.raises(KeyMissing):
        key_store().open_key(package.key_id)
    assert not file_store().exists(package.blob_id)


def test_the_handed_over_answer_is_not_assembled_again(ask: Ask, handler: Actor) -> None:
    request = ask(verified=True)
    build_package(handler, request.id)
    hand_over(handler, request.id, "in_person", "Kuittaus", date(2026, 11, 9))

    with pytest.raises(Conflict):
        build_package(handler, request.id)
    with pytest.raises(Conflict):
        suspend(handler, request.id, "scope", date(2026, 11, 9))


def test_the_pick_list_names_place_holder_and_sheets_of_each_paper(
    ask: Ask, handler: Actor, log: LogDocument, log_paper: LogDocument, make_location: MakeLocation
) -> None:
    log()
    log_paper(sheets=4, location_id=make_location("Kaappi 7").id)
    log_paper("laakarin-lausunto", sheets=2)
    request = ask(verified=True)
    found = pick_list(handler, request.id)

    content = b"".join(found.pieces)
    text = " ".join(PdfReader(io.BytesIO(content)).pages[0].extract_text().split())
    assert found.name.endswith(f"{request.reference}.pdf")
    assert text.index("Kaappi 7") < text.index("Lääkärin lausunto")
    assert "Ohjaaja" in text
    assert "Virtanen" in text
    assert _actions(request)[-1] == "request.pick_list_opened"


def test_the_pick_list_is_no_part_of_the_package(
    ask: Ask, handler: Actor, log_paper: LogDocument, make_location: MakeLocation
) -> None:
    log_paper(location_id=make_location("Salainen kaappi").id)
    request = ask(verified=True)
    build_package(handler, request.id)

    files = unpacked(handler, request)
    assert set(files) == {"answer.pdf", "data.json"}
    assert "Salainenkaappi" not in letter_of(files)


def _destroy(document: Document) -> None:
    with transaction() as session:
        now = clock.now()
        found = session.get_one(Document, document.id)
        found.state, found.destroyed_at = "destroyed", now
        for item in session.scalars(select(Item).where(Item.document_id == document.id)):
            item.state, item.destroyed_at = "destroyed", now
            key_store().destroy(item.key_id or "")
            file_store().erase(item.blob_id or "")


def _stored_files() -> set[Path]:
    return {path for path in settings().files_path.rglob("*") if path.is_file()}


def _damage(blob_id: str, at: int = -1) -> None:
    path = next(settings().files_path.rglob(blob_id))
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


def _actions(request: DataSubjectRequest) -> list[str]:
    db.session.rollback()
    payloads = db.session.scalars(select(AuditOutbox.payload).order_by(AuditOutbox.id)).all()
    entries = [json.loads(payload) for payload in payloads]
    return [
        entry["action"]
        for entry in entries
        if entry["object"] == "data_subject_request" and entry["object_id"] == request.id
    ]
