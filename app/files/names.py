"""Names for files that people download: safe in a header, in a ZIP file and on every system."""

import re
import unicodedata

MAX_BYTES = 200
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def clean_file_name(name: str, fallback: str = "file") -> str:
    """A harmless version of `name`; `fallback` when nothing is left of it.

    Takes the last part of a path, drops control and formatting characters (line breaks, NUL, marks
    that turn the writing direction), replaces what Windows does not allow, and keeps the ending
    when it shortens to 200 bytes.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(" " if char.isspace() else char for char in last if _is_visible(char))
    cleaned = _FORBIDDEN.sub("_", re.sub(r" +", " ", visible)).strip(" .")
    if _RESERVED.fullmatch(cleaned):
        cleaned = f"_{cleaned}"
    return _shorten(cleaned) or fallback


def _is_visible(char: str) -> bool:
    # C*: control, format, surrogate, private use, unassigned. Zl, Zp: line and paragraph breaks.
    category = unicodedata.category(char)
    return char == "\t" or not (category.startswith("C") or category in {"Zl", "Zp"})


def _shorten(name: str) -> str:
    if len(name.encode()) <= MAX_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > 16:
        stem, dot, ending = name, "", ""
    room = MAX_BYTES - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + dot + ending
