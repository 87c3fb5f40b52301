"""The static site of notices: the archived bytes, whole links, hashes that can be checked."""

import json
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
from app.registers.definitions import RegisterDefinition
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


def in_languages(key: str, *codes: str) -> RegisterDefinition:
    """A register with notices in these languages."""
    content = small_definition(key).model_dump(mode="json", exclude_none=True)
    return RegisterDefinition.from_json(json.dumps(content | {"languages": codes}))


def pages(site: dict[str, bytes], folder: str) -> set[str]:
    """The pages directly in a folder of the site."""
    return {
        path.removeprefix(folder)
        for path in site
        if path.startswith(folder) and path.endswith(".html") and "/" not in path[len(folder) :]
    }


def test_an_organisation_that_works_in_swedish_has_a_swedish_site(publish: Publish) -> None:
    publish(in_languages("kor", "sv"))
    make_missing_editions()

    site = dict(site_files(clock.today(), "Exempelkören"))

    assert pages(site, "") == pages(site, "kor/") == {"index.html"}
    for path in ("index.html", "kor/index.html", "kor/1/sv.html"):
        text = site[path].decode()
        assert '<html lang="sv">' in text
        assert "hreflang" not in text.replace('hreflang="sv"', "")
        assert "<nav" not in text
    assert "Dataskyddsbeskrivningar" in site["index.html"].decode()


def test_pages_are_in_the_languages_of_their_notices(publish: Publish) -> None:
    publish(in_languages("kor", "sv"))
    publish(in_languages("kerho", "sv", "fi"))
    make_missing_editions()

    site = dict(site_files(clock.today(), "Exempelkören"))

    # Swedish leads in both, so it is what a visitor meets first.
    assert pages(site, "") == pages(site, "kerho/") == {"index.html", "index.fi.html"}
    assert pages(site, "kor/") == {"index.html"}
    assert '<html lang="sv">' in site["index.html"].decode()
    finnish = site["index.fi.html"].decode()
    assert '<a href="kerho/index.fi.html">Rekisteri kerho</a>' in finnish
    assert '<a href="kor/index.html" lang="sv" hreflang="sv">Registret kor</a>' in finnish
    assert '<a href="../index.fi.html">' in site["kerho/index.fi.html"].decode()
    test_every_link_leads_to_a_file_of_the_site(site)


def test_what_another_notice_tells_of_is_in_the_languages_of_that_one(publish: Publish) -> None:
    content = in_languages("kerho", "sv").model_dump(mode="json", exclude_none=True)
    covers = {"notice": {"covers": ["verkkosivut"]}}
    publish(RegisterDefinition.from_json(json.dumps(content | covers)))
    publish(in_languages("verkkosivut", "fi", "en"))
    make_missing_editions()

    site = dict(site_files(clock.today(), ""))

    assert pages(site, "verkkosivut/") == {"index.html"}
    assert '<a href="../kerho/index.html">' in site["verkkosivut/index.html"].decode()
    test_every_link_leads_to_a_file_of_the_site(site)


def test_without_notices_the_list_is_there_in_all_languages(app: Flask) -> None:
    site = dict(site_files(clock.today(), ""))

    assert pages(site, "") == {"index.html", "index.sv.html", "index.en.html"}


def test_the_command_names_pages_that_are_no_longer_part_of_the_site(
    publish: Publish, settings: Settings, tmp_path: Path
) -> None:
    environment = {
        "SELOSTE_INSTANCE_PATH": str(settings.instance_path),
        "SELOSTE_DATABASE": settings.database,
    }
    arguments = ["notices", "export", str(tmp_path), "--language", "en"]
    first = CliRunner().invoke(main, arguments, env=environment)
    assert (first.exit_code, first.stderr) == (0, "")
    publish(in_languages("kor", "sv"))
    make_missing_editions()

    answer = CliRunner().invoke(main, arguments, env=environment)

    assert answer.exit_code == 0
    assert answer.stderr.splitlines() == [
        f"{tmp_path}/index.{code}.html is of an earlier export and no longer part of the site. "
        "Remove it."
        for code in ("en", "sv")
    ]
