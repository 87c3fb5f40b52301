"""A real browser against the real server, on a demo instance that is built once."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
AXE = next((Path(__file__).resolve().parents[1] / "vendor").glob("axe-core-*/axe.min.js"))
AXE_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SELOSTE = Path(sys.executable).parent / "seloste"
NOTE_VIOLATIONS = """
window.stopped = [];
document.addEventListener("securitypolicyviolation", (e) => stopped.push(e.effectiveDirective));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A machine without Chromium still runs everything else; the build installs it."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(
                pytest.mark.skipif(not CHROMIUM.exists(), reason="needs /usr/bin/chromium")
            )


@dataclass(frozen=True)
class Server:
    """A running server and the passwords of its people."""

    address: str
    passwords: dict[str, str]
    environment: dict[str, str]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the program on the server's instance."""
        return subprocess.run(
            [SELOSTE, *arguments], env=self.environment, text=True, capture_output=True, check=False
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert isinstance(port, int)
    return port


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urlopen(f"{address}/readyz", timeout=2).close()  # noqa: S310  # our own address
        except (URLError, OSError):
            assert process.poll() is None, "the server stopped"
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server did not start")


@contextmanager
def serving(instance: Path, environment: dict[str, str]) -> Iterator[str]:
    """Run `seloste serve` on an instance; gives its address."""
    port = free_port()
    with (instance / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [SELOSTE, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def demo_instance(shared: Path) -> tuple[Path, dict[str, str]]:
    """The instance that `seloste demo` fills, built by the first worker that asks, for all."""
    instance, people = shared / "demo", shared / "demo.json"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not people.exists():
            environment = {
                **os.environ,
                "SELOSTE_INSTANCE_PATH": str(instance),
                "SELOSTE_DEMO": "true",
            }
            built = subprocess.run(
                [SELOSTE, "demo", "--json"],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert built.returncode == 0, built.stderr
            people.write_text(built.stdout, "utf-8")
    passwords = {row["username"]: row["password"] for row in json.loads(people.read_text("utf-8"))}
    return instance, passwords


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Server]:
    """`seloste demo` and `seloste serve`, as `make run` starts them."""
    own = tmp_path_factory.getbasetemp()
    template, passwords = demo_instance(own if worker_id == "master" else own.parent)
    instance = tmp_path_factory.mktemp("demo") / "instance"
    shutil.copytree(template, instance)
    environment = {
        **os.environ,
        "SELOSTE_INSTANCE_PATH": str(instance),
        "SELOSTE_DEMO": "true",
    }
    with serving(instance, environment) as address:
        yield Server(address, passwords, environment)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Person:
    """Somebody at a browser, signed in."""

    page: Page
    server: Server

    def open(self, path: str) -> Page:
        """Go to a page of the program."""
        answer = self.page.goto(self.server.address + path)
        assert answer is not None
        assert answer.status == 200, f"{answer.status}: {path}"
        return self.page


def new_context(chromium: Browser, **options: Any) -> BrowserContext:
    """A browser profile of its own that notes what the content security policy stopped."""
    context = chromium.new_context(
        **{"viewport": {"width": 1440, "height": 900}, "locale": "fi-FI", **options}
    )
    context.set_default_timeout(15_000)
    context.add_init_script(NOTE_VIOLATIONS)
    return context


def sign_in(context: BrowserContext, server: Server, username: str) -> Person:
    """Sign in as one of the demo's people."""
    page = context.new_page()
    page.goto(f"{server.address}/sign-in")
    page.fill("#username", username)
    page.fill("#password", server.passwords[username])
    page.press("#password", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return Person(page, server)


def barriers(page: Page, *more_rules: str) -> list[tuple[str, list[Any]]]:
    """The rules of axe that the page breaks (WCAG 2.2 AA and those named), with three places."""
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate(
        # Without the lists of what is in order, axe spends half the time.
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})",
        [*AXE_RULES, *more_rules],
    )
    return [
        (found["id"], [node["target"] for node in found["nodes"]][:3])
        for found in result["violations"]
    ]
