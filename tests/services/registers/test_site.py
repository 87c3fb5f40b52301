"""The static site of notices: the archived bytes, whole links, hashes that can be checked."""

import re
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import update

from app import clock
from app.cli import main
from app.config import Settings
from app.db import db, transaction
from app.registers import editions
from app.registers.models import NoticeFile
from app.registers.services import make_missing_editions
from app.registers.site import site_files
from tests.fixtures.registers import Publish, small_definition


@pytest.fixture
def site(publish: Publish) -> dict[str, bytes]:
    """The files of a site with two registers, one of them with two editions."""
    publish(small_definition("valmennus"))
    publish(small_definition("valmennus"), date(2022, 1, 1))
    publish(small_definition("kotoutus"))
    make_missing_editions()
    return dict(site_files(clock.today(), "Esimerkkisäätiö"))


def test_archived_notices_go_out_as_they_are_stored(site: dict[str, bytes]) -> None:
    for number in (1, 2):
        for language in ("fi", "sv", "en"):
            for suffix, kind in editions.MEDIA_TYPES.items():
                stored = editions.edition_file("valmennus", number, language, kind).content
                assert site[f"valmennus/{number}/{language}.{suffix}"] == stored


def test_the_list_of_hashes_is_true_and_complete(site: dict[str, bytes]) -> None:
    listed = dict(
        reversed(line.split("  ", 1)) for line in site["SHA256SUMS"].decode().splitlines()
    )
    assert set(listed) == set(site) - {"SHA256SUMS"}
    assert all(sha256(site[path]).hexdigest() == digest for path, digest in listed.items())


def test_every_link_leads_to_a_file_of_the_site(site: dict[str, bytes]) -> None:
    for path, content in site.items():
        if not path.endswith(".html"):
            continue
        for link in re.findall(r'href="([^"]+)"', content.decode()):
            place = (Path("/") / PurePosixPath(path).parent / link).resolve()
            assert str(place).lstrip("/") in site, (path, link)


def test_a_tampered_notice_does_not_go_out(site: dict[str, bytes], app: Flask) -> None:
    with transaction() as session:
        session.execute(update(NoticeFile).where(NoticeFile.id == 1).values(content=b"x"))
    db.session.expire_all()

    with pytest.raises(editions.NoticeTampered):
        list(site_files(clock.today(), ""))


def test_the_command_writes_the_site_into_a_folder(
    site: dict[str, bytes], settings: Settings, tmp_path: Path
) -> None:
    environment = {
        "SELOSTE_INSTANCE_PATH": str(settings.instance_path),
        "SELOSTE_DATABASE": settings.database,
        "SELOSTE_ORGANISATION": "Esimerkkisäätiö",
    }
    folder = tmp_path / "site"

    answer = CliRunner().invoke(main, ["notices", "export", str(folder)], env=environment)

    assert answer.exit_code == 0, answer.output
    written = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert written == site
