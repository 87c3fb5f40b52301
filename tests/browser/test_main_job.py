"""The main job, by hand in a browser, from an empty instance to the certificate of destruction."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from app.web.pdf import Letter
from tests.browser.conftest import SELOSTE, Server, new_context, serving, sign_in

PASSWORD = "selaimessa-tehty-työ"
PEOPLE = {
    "omistaja": "register_owner",
    "tietosuoja": "data_protection_officer",
    "ohjaaja": "staff",
    "arkisto": "records_manager",
    "todistaja": "records_manager",
    "pyynnot": "request_handler",
    "tarkastaja": "auditor",
}
CODE = "010180-9015"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An instance as an organisation sets it up: no demo, no people but those added by hand."""
    instance = tmp_path_factory.mktemp("fresh") / "instance"
    environment = {
        **os.environ,
        "SELOSTE_INSTANCE_PATH": str(instance),
        "SELOSTE_DEMO": "false",
        "SELOSTE_SECURE_COOKIES": "false",
        "SELOSTE_ALLOW_ARTIFICIAL_CODES": "true",
        "SELOSTE_DISPOSAL_WAITING_DAYS": "0",
        "SELOSTE_ORGANISATION": "Esimerkkisäätiö",
    }
    run(environment, "init")
    for username, role in PEOPLE.items():
        arguments = ("user", "add", username, "--name", username.title(), "--role", role)
        run(environment, *arguments, "--password-stdin", typed=PASSWORD + "\n")
    with serving(instance, environment) as address:
        yield Server(address, dict.fromkeys(PEOPLE, PASSWORD), environment)


def run(environment: dict[str, str], *arguments: str, typed: str = "") -> str:
    done = subprocess.run(
        [SELOSTE, *arguments],
        env=environment,
        input=typed,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def press(page: Page, name: str) -> None:
    """Press the button or follow the link with this name, as a person reads it."""
    main = page.locator("main")
    button = main.get_by_role("button", name=name, exact=True)
    (button if button.count() else main.get_by_role("link", name=name, exact=True)).first.click()
    page.wait_for_load_state()
    assert not page.locator(".govuk-error-summary").count(), page.inner_text("main")


def submit(page: Page) -> None:
    """Press the button at the end of the page's form."""
    page.locator("main form button:not([type=button])").last.click()
    page.wait_for_load_state()
    assert not page.locator(".govuk-error-summary").count(), page.inner_text("main")


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.locator("main").get_by_role("link", name=name).first.click()
    return Path(waiting.value.path()).read_bytes()


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    letter = Letter("Alkuhaastattelu")
    letter.paragraph("Tunniste: SALAINEN-SISÄLTÖ-4711")
    path = tmp_path_factory.mktemp("scan") / "alkuhaastattelu.pdf"
    path.write_bytes(letter.to_bytes())
    return path


class Job:
    """The people of the job, each at an own browser window."""

    def __init__(self, chromium: Browser, server: Server) -> None:
        self.chromium = chromium
        self.server = server
        self.pages: dict[str, Page] = {}

    def at(self, username: str, path: str) -> Page:
        """The person's window, on a page."""
        if username not in self.pages:
            context = new_context(self.chromium, accept_downloads=True)
            self.pages[username] = sign_in(context, self.server, username).page
        page = self.pages[username]
        answer = page.goto(self.server.address + path)
        assert answer is not None
        assert answer.status == 200, f"{answer.status}: {path}"
        return page


def test_the_main_job(chromium: Browser, fresh: Server, scan: Path) -> None:
    job = Job(chromium, fresh)
    publish_the_register(job)
    client = enter_a_client(job)
    document = log_a_document(job, client, scan)
    hand_over_the_paper(job, client)
    answer_an_access_request(job)
    end_the_service(job, client)
    destroy_what_is_due(job, document)
    check_the_log(job, fresh)


def publish_the_register(job: Job) -> None:
    page = job.at("omistaja", "/registers/1/versions/1")
    assert page.locator("tbody tr").count() == 32
    press(page, "Esitä julkaistavaksi")
    page = job.at("tietosuoja", "/registers/1/versions/1")
    page.fill("#in_force_from", "1.1.2010")
    page.check("#acknowledged")
    press(page, "Julkaise versio")
    assert "voimassa" in page.inner_text("h1")
    press(page, "Tietosuojaseloste")
    assert "Rekisterinpitäjä" in pdf_text(download(page, "Tallenna PDF"))


def enter_a_client(job: Job) -> int:
    place = job.at("arkisto", "/locations/new?register=1")
    place.fill("#name", "Hallinnon arkisto")
    place.check("input[name=kind][value=room]")
    place.check("#is_locked")
    submit(place)
    page = job.at("ohjaaja", "/clients/new")
    page.fill("#last_name", "Esimerkki")
    page.fill("#first_names", "Aino-Testi")
    page.fill("#identity_code", CODE)
    page.fill("#email", "aino@example.invalid")
    press(page, "Tallenna ja aloita palvelu")
    page.check("input[name=service][value=tyovalmennus]")
    page.fill("#started_on", "12.1.2011")
    page.select_option("#worker", label="Ohjaaja")
    press(page, "Aloita palvelu")
    found = re.search(r"/clients/(\d+)", page.url)
    assert found, page.url
    assert CODE not in page.content()
    return int(found[1])


def log_a_document(job: Job, client: int, scan: Path) -> str:
    page = job.at("ohjaaja", f"/clients/{client}/documents/new")
    press(page, "Loppulausunto")
    page.fill("#dated_on", "3.2.2012")
    for medium in ("atk", "man"):
        page.check(f"input[name=media][value={medium}]")
    page.set_input_files("input[type=file]", scan)
    page.check("#holder_id")
    page.fill("#sheets", "4")
    press(page, "Tallenna")
    page = job.at("ohjaaja", f"/clients/{client}")
    page.get_by_role("link", name="Loppulausunto").first.click()
    page.wait_for_load_state()
    assert "alkuhaastattelu.pdf" in page.content()
    return page.url


def hand_over_the_paper(job: Job, client: int) -> None:
    page = job.at("ohjaaja", f"/hand-overs/new?client={client}")
    page.locator("input[name=items]").first.check()
    page.select_option("#to_user_id", label="Arkisto")
    page.select_option("#to_location_id", index=1)
    page.fill("#purpose", "Arkistoon")
    submit(page)
    slip = re.search(r"/hand-overs/\d+", page.url)
    assert slip, page.inner_text("main")
    press(job.at("arkisto", slip[0]), "Kuittaa")


def answer_an_access_request(job: Job) -> None:
    page = job.at("pyynnot", "/requests/new/client")
    page.fill("main #q", CODE)
    press(page, "Hae")
    assert CODE not in page.url
    page.locator("main a[href*='/requests/new?']").first.click()
    page.wait_for_load_state()
    page.check("input[name=kind][value=access]")
    page.select_option("#channel", "letter")
    submit(page)
    request = re.search(r"/requests/\d+", page.url)
    assert request, page.inner_text("main")
    page = job.at("pyynnot", f"{request[0]}/identity")
    page.check("input[name=method][value=identity_document]")
    press(page, "Kirjaa todennetuksi")
    press(page, "Kokoa vastaus")
    with page.expect_download() as waiting:
        page.locator(f"main a[href$='{request[0]}/package']").first.click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"PK")
    page = job.at("pyynnot", f"{request[0]}/hand-over")
    page.check("input[name=channel][value=in_person]")
    page.fill("#proof", "Allekirjoitti vastaanottaneensa toimistossa.")
    press(page, "Kirjaa vastauksen antaminen")
    page = job.at("pyynnot", f"{request[0]}/close")
    page.locator("input[name=outcome]").first.check()
    press(page, "Päätä pyyntö")


def end_the_service(job: Job, client: int) -> None:
    page = job.at("ohjaaja", f"/clients/{client}")
    page.locator("main a[href$='/end']").first.click()
    page.wait_for_load_state()
    page.fill("#ended_on", "14.3.2015")
    submit(page)


def destroy_what_is_due(job: Job, document: str) -> None:
    page = job.at("arkisto", "/disposal")
    page.locator("input[name=documents]").first.check()
    press(page, "Esitä valitut hävitettäviksi")
    address = re.search(r"/disposal/lists/\d+", page.url)
    assert address, page.inner_text("main")
    page = job.at("tietosuoja", f"{address[0]}/approve")
    page.fill("#password", PASSWORD)
    press(page, "Hyväksy lista")
    page = job.at("arkisto", f"{address[0]}/paper")
    for box in page.locator("input[name=item_ids]").all():
        box.check()
    page.locator("input[name=method]").first.check()
    page.select_option("#witness_id", label="Todistaja")
    submit(page)
    page = job.at("arkisto", f"{address[0]}/execute")
    page.fill("#reference", "H-1")
    submit(page)
    certificate = job.pages["arkisto"].request.get(
        f"{job.server.address}{address[0]}/certificate.pdf"
    )
    text = pdf_text(certificate.body())
    assert "Loppulausunto" in text
    assert CODE not in text
    assert "Esimerkki, Aino" not in text
    gone = job.at("tietosuoja", document.removeprefix(job.server.address))
    assert "hävitetty" in gone.inner_text("main").lower()


def check_the_log(job: Job, server: Server) -> None:
    page = job.at("tarkastaja", "/access-log")
    assert page.locator("tbody tr").count() > 20
    done = server.run("audit", "verify", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)
    instance = Path(server.environment["SELOSTE_INSTANCE_PATH"])
    for path in instance.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"SALAINEN" not in content, path
            assert CODE.encode() not in content, path
            assert PASSWORD.encode() not in content, path
