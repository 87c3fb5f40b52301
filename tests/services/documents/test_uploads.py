"""Uploaded files: judged by content, named harmlessly, and gone again when the act fails."""

import sqlite3
from contextlib import closing
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import event as sql_event
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import db
from app.documents.models import Document, Item
from app.documents.services import Upload, open_item
from app.web.problems import InputError
from tests.fixtures.documents import Desk, Killed, LogDocument, failing_statement, pdf, upload


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "tyhja.pdf"),
        (b"%PDF-1.4\nno end", "katkennut.pdf"),
        (b"<html><script>alert(1)</script></html>", "sivu.pdf"),
        (b"MZ\x90\x00", "ohjelma.exe"),
        (pdf(), "kuva.png"),
        (b"<svg onload=alert(1)>", "kuva.svg"),
    ],
)
def test_a_file_that_is_not_what_may_be_kept_is_refused(
    app: Flask, log: LogDocument, content: bytes, name: str
) -> None:
    with pytest.raises(InputError) as refused:
        log(upload=upload(content, name))

    assert refused.value.field == "upload"
    assert _stored_files(app) == []


def test_a_file_above_the_limit_is_refused(app: Flask, log: LogDocument) -> None:
    limit = app.config["SELOSTE"].max_upload_bytes
    padded = BytesIO(pdf() + b"\0" * limit)

    with pytest.raises(InputError) as refused:
        log(upload=Upload("iso.pdf", padded))

    assert refused.value.field == "upload"
    assert "25" in refused.value.message


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("/absolute/polku.pdf", "polku.pdf"),
        ("C:\\Users\\ohjaaja\\lausunto.pdf", "lausunto.pdf"),
        ("lausunto\r\nSet-Cookie: a=b.pdf", "lausuntoSet-Cookie_ a=b.pdf"),
        ("nolla\0.pdf", "nolla.pdf"),
        ("fdp.\u202eexe.pdf", "fdp.exe.pdf"),
        ("con.pdf", "_con.pdf"),
        ("ilman päätettä", "ilman päätettä.pdf"),
    ],
)
def test_a_hostile_file_name_becomes_harmless(
    desk: Desk, log: LogDocument, name: str, kept: str
) -> None:
    log(upload=upload(name=name))

    item = db.session.scalars(select(Item)).one()
    assert item.file_name_sealed is not None
    assert kept.encode() not in item.file_name_sealed
    assert open_item(desk.worker, item.id)[0] == kept


def test_a_very_long_file_name_is_shortened_with_its_ending(desk: Desk, log: LogDocument) -> None:
    log(upload=upload(name="ä" * 300 + ".pdf"))

    item = db.session.scalars(select(Item)).one()
    name = open_item(desk.worker, item.id)[0]
    assert len(name.encode()) <= 200
    assert name.endswith(".pdf")


def _stored_files(app: Flask) -> list[str]:
    folder = app.config["SELOSTE"].files_path
    return [path.name for path in folder.rglob("*") if path.is_file()]


def _key_count(app: Flask) -> int:
    with closing(sqlite3.connect(app.config["SELOSTE"].keys_path)) as keys:
        found = keys.execute("SELECT count(*) FROM wrapped_key WHERE kind = 'item'").fetchone()
    return int(found[0])


@pytest.mark.parametrize(
    "statement", ["INSERT INTO item", "UPDATE document", "INSERT INTO audit_outbox"]
)
def test_a_failure_between_key_and_commit_leaves_neither_row_nor_readable_file(
    app: Flask, log: LogDocument, statement: str
) -> None:
    with failing_statement(statement), pytest.raises(Killed):
        log(note="sinetöidään")

    _nothing_is_left(app)


def test_a_file_store_that_cannot_write_leaves_no_key(app: Flask, log: LogDocument) -> None:
    app.config["SELOSTE"].files_path.write_bytes(b"a file where the folder should be")

    with pytest.raises(OSError, match="files"):
        log()

    app.config["SELOSTE"].files_path.unlink()
    _nothing_is_left(app)


def test_a_failing_commit_leaves_neither_row_nor_readable_file(
    app: Flask, log: LogDocument
) -> None:
    def refuse(session: Session) -> None:
        if session.info.get("in_transaction"):
            raise Killed

    sql_event.listen(db.session, "before_commit", refuse)
    with pytest.raises(Killed):
        log()
    sql_event.remove(db.session, "before_commit", refuse)

    _nothing_is_left(app)


def test_a_commit_that_arrived_but_reported_an_error_keeps_the_file(
    desk: Desk, log: LogDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = db.session.commit

    def commit_and_fail() -> None:
        writing = db.session.info.get("in_transaction")
        commit()
        if writing:
            raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(db.session, "commit", commit_and_fail)
        with pytest.raises(Killed):
            log()

    item = db.session.scalars(select(Item)).one()
    assert b"".join(open_item(desk.worker, item.id)[2]) == pdf()


def _nothing_is_left(app: Flask) -> None:
    assert _key_count(app) == 0
    assert db.session.scalar(select(func.count()).select_from(Document)) == 0
    assert db.session.scalar(select(func.count()).select_from(Item)) == 0
    assert _stored_files(app) == []
