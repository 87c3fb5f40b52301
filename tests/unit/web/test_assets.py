"""Third-party assets: as recorded, with their licences, nothing from outside; readable colours."""

import importlib.util
import itertools
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]
STATIC = ROOT / "app" / "static"
STYLES = sorted(STATIC.rglob("*.css"))
TOKENS = STATIC / "css" / "tokens.css"

TEXT_ON_GROUND = [
    *itertools.product(
        ("ink", "ink-2", "brand", "link", "link-hover", "bad", "warn", "paper-item", "atk-item"),
        ("paper", "card"),
    ),
    *((f"{state}", f"{state}-bg") for state in ("ok", "warn", "bad", "info")),
    *itertools.product(
        ("ink", "ink-2", "link"), ("ok-bg", "warn-bg", "bad-bg", "info-bg", "neutral-bg")
    ),
    ("brand", "brand-2"),
    ("ink", "brand-2"),
    ("bad", "brand-2"),
    ("on-header", "header"),
    ("on-header-2", "header"),
    ("on-header", "header-box"),
    ("white", "button"),
    ("white", "button-hover"),
    ("white", "button-bad"),
    ("white", "button-bad-hover"),
    ("on-focus", "focus"),
]
# Edges that carry meaning need 3:1 (WCAG 1.4.11).
EDGE_ON_GROUND = [
    *itertools.product(("control", "brand", "accent", "bad", "warn"), ("card", "paper")),
]


@pytest.fixture(scope="module")
def assets() -> ModuleType:
    spec = importlib.util.spec_from_file_location("assets", ROOT / "scripts" / "assets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def colours() -> dict[str, tuple[str, str]]:
    """Name → light and dark value."""
    found = {"white": ("#ffffff", "#ffffff")}
    source = TOKENS.read_text("utf-8")
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)", source
    ):
        found[name] = (light, dark)
    for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]+);", source):
        found[name] = (value, value)
    return found


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    shares = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "ground", "least"),
    [(*pair, 4.5) for pair in TEXT_ON_GROUND] + [(*pair, 3.0) for pair in EDGE_ON_GROUND],
)
def test_colours_can_be_told_apart(front: str, ground: str, least: float, theme: int) -> None:
    values = colours()

    assert contrast(values[front][theme], values[ground][theme]) >= least


def test_the_served_files_are_the_recorded_ones(assets: ModuleType) -> None:
    assert assets.deviations() == []


def test_a_changed_file_is_noticed(
    assets: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = tmp_path / "vendor"
    served.mkdir()
    (served / "font.css").write_text("a", "utf-8")
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    monkeypatch.setattr(assets, "SERVED", served)
    monkeypatch.setattr(assets, "FOR_TESTS", tmp_path / "none")
    monkeypatch.setattr(assets, "HASHES", tmp_path / "hashes")
    [(path, value)] = assets.produced().items()
    assets.HASHES.write_text(f"{value}  {path}\n{'0' * 64}  vendor/missing.css\n", "utf-8")
    assert assets.deviations() == ["vendor/missing.css"]

    (served / "font.css").write_text("b", "utf-8")

    assert assets.deviations() == ["vendor/font.css", "vendor/missing.css"]


def test_what_belongs_to_gov_uk_is_taken_out(assets: ModuleType) -> None:
    css = (
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/x.woff2)}"
        ".a{font-family:GDS Transport,arial,sans-serif;color:red}"
        ".b{top:0;background-image:url(/assets/images/govuk-crest.svg);left:0}"
        "/*# sourceMappingURL=x.map */"
    )

    assert assets.without_govuk_identity(css) == (
        ".a{font-family:var(--font);color:red}.b{top:0;left:0}"
    )


def test_an_address_the_edits_do_not_know_stops_the_build(assets: ModuleType) -> None:
    with pytest.raises(SystemExit, match=r"url\("):
        assets.without_govuk_identity(".a{background:url(https://example.invalid/x.png)}")


def test_versions_are_exact_and_the_lock_file_names_no_address() -> None:
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    lock = (ROOT / "package-lock.json").read_text("utf-8")

    for version in {**package["dependencies"], **package["devDependencies"]}.values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert "://" not in lock
    assert lock.count('"integrity": "sha512-') == len(json.loads(lock)["packages"]) - 1


def test_every_folder_of_a_package_carries_its_licence(assets: ModuleType) -> None:
    folders = [path for path in (STATIC / "vendor").iterdir() if path.is_dir()]

    assert folders
    for folder in folders:
        assert list(folder.glob("LICENSE*")), folder.name


def test_the_page_links_style_sheets_that_exist() -> None:
    source = (ROOT / "app/templates/layout/skeleton.html").read_text("utf-8")
    named = re.findall(r'"((?:vendor|css|js)/[^"]+|favicon\.svg)"', source)

    assert len(named) >= 8
    for name in named:
        assert (STATIC / name).is_file(), name


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_sheet_reaches_for_nothing_outside(path: Path) -> None:
    source = path.read_text("utf-8")

    assert not re.search(r"@import|https?://|data:", re.sub(r"\[href\^=\"[^\"]*\"\]", "", source))
    for address in re.findall(r"url\(([^)]*)\)", source):
        assert (path.parent / address).is_file(), address


def test_the_script_is_small_enough_to_read() -> None:
    source = (STATIC / "js" / "app.js").read_text("utf-8")

    assert source.splitlines()[0] == 'document.documentElement.classList.add("js-enabled");'
    assert len(source.splitlines()) <= 150
    assert not re.search(r"\beval\b|innerHTML|document\.write|\.style\b", source)
