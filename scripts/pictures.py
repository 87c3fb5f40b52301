"""Take the pictures of the README and the tour from the running program (needs Chromium).

    .venv/bin/python scripts/pictures.py

Builds a demo in a temporary folder, serves it, signs in as the people of the tour and photographs
the pages, in Finnish, 1440 px wide.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SELOSTE = Path(sys.executable).parent / "seloste"
PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}"

# Name of the picture: who looks, at what page.
SHOTS = {
    "desk": ("tietosuoja", "/"),
    "register": ("tietosuoja", "/registers/1/versions/1"),
    "notice": ("tietosuoja", "/registers/1/versions/1/notice"),
    "client": ("tietosuoja", "/clients/1"),
    "document": ("tietosuoja", "/documents/1"),
    "hand-over": ("arkisto", "/hand-overs/1"),
    "request": ("pyynnot", "/requests/1"),
    "due": ("arkisto", "/disposal"),
    "list": ("tietosuoja", "/disposal/lists/1"),
    "access-log": ("tarkastaja", "/access-log"),
}


def wait() -> None:
    """Until the server answers."""
    for _attempt in range(200):
        try:
            urlopen(f"{ADDRESS}/readyz", timeout=2).close()  # noqa: S310  # our own server
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return
    sys.exit("the server did not start")


def sign_in(browser: Browser, username: str, password: str) -> Page:
    """A window of one of the demo's people."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="fi-FI")
    page = context.new_page()
    page.goto(f"{ADDRESS}/sign-in")
    page.fill("#username", username)
    page.fill("#password", password)
    page.press("#password", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def main() -> None:
    """Build, serve, photograph."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        environment = {
            **os.environ,
            "SELOSTE_INSTANCE_PATH": folder,
            "SELOSTE_DEMO": "true",
            "SELOSTE_DISPOSAL_WAITING_DAYS": "0",
        }
        built = subprocess.run(
            [SELOSTE, "demo", "--json"], env=environment, check=True, capture_output=True
        )
        passwords = {row["username"]: row["password"] for row in json.loads(built.stdout)}
        server = subprocess.Popen(
            [SELOSTE, "serve", "--port", str(PORT)], env=environment, stdout=subprocess.DEVNULL
        )
        try:
            wait()
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
            )
            windows: dict[str, Page] = {}
            for name, (username, path) in SHOTS.items():
                if username not in windows:
                    windows[username] = sign_in(browser, username, passwords[username])
                windows[username].goto(ADDRESS + path)
                windows[username].screenshot(path=PICTURES / f"{name}.png")
                print(f"docs/pictures/{name}.png")
            browser.close()
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
