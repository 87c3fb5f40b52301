"""Loading beside the browser: what somebody edits is spared; comments are kept from the file."""

from pathlib import Path

import pytest
from sqlalchemy import select

from app import clock
from app.db import db, transaction
from app.registers import services
from app.registers.models import RegisterVersion
from app.registers.queries import numbered_version
from app.retention.services import load_rules
from tests.fixtures.log import entries

TEXT = "# Our own words\nkind: register\nschema_version: 1\nkey: kerho\nname: {fi: Kerho}\n"


@pytest.fixture
def file(app: object, tmp_path: Path) -> Path:
    load_rules()
    path = tmp_path / "kerho.yaml"
    path.write_text(TEXT, "utf-8")
    services.load([path])
    return path


def test_comments_of_the_file_come_back(file: Path) -> None:
    version = numbered_version("kerho", None)

    assert version.source == TEXT


def test_what_was_loaded_is_in_the_log_with_its_hash(file: Path) -> None:
    file.write_text(TEXT.replace("Kerho", "Kerhot"), "utf-8")
    services.load([file])
    services.load([file])

    first, second = entries("register.loaded")
    version = numbered_version("kerho", None)
    assert first["actor"] is second["actor"] is None
    assert second["details"] == {"source_hash": version.content_hash} != first["details"]
    assert (second["register"], second["object_id"]) == (version.register_id, version.id)


def test_a_changed_comment_is_kept_without_a_new_version(file: Path) -> None:
    file.write_text(TEXT.replace("Our own", "Other"), "utf-8")

    assert services.load([file]).changed == ()
    assert numbered_version("kerho", None).source == file.read_text("utf-8")


def test_a_draft_edited_in_the_browser_is_spared(file: Path) -> None:
    with transaction():
        numbered_version("kerho", None).edited_at = clock.now()
    file.write_text(TEXT.replace("Kerho", "Kerhot"), "utf-8")

    loaded = services.load([file])

    assert (loaded.changed, loaded.spared) == ((), ("kerho",))
    assert "Kerhot" not in numbered_version("kerho", None).content


def test_it_is_replaced_only_when_that_is_said(file: Path) -> None:
    with transaction():
        numbered_version("kerho", None).edited_at = clock.now()
    file.write_text(TEXT.replace("Kerho", "Kerhot"), "utf-8")

    assert services.load([file], replace_edited=True).changed == ("kerho",)
    version = numbered_version("kerho", None)
    assert "Kerhot" in version.content
    assert version.edited_at is None
    assert len(db.session.scalars(select(RegisterVersion.id)).all()) == 1
