"""Reading JSON from anybody, with the line on which each object begins."""

import json
from json import scanner
from json.decoder import JSONObject  # type: ignore[attr-defined]  # not in the stubs
from pathlib import Path
from typing import Any

from app.retention.definition_files import DefinitionError
from app.retention.exchange.reading import problem, read_bytes
from app.web.i18n import gettext as _

MAX_BYTES = 8 * 1024 * 1024


class Lined(dict[str, Any]):
    """An object and its line."""

    line: int = 1

    def line_of(self, key: str, text: list[str]) -> int:
        """The line of a key of this object, or that of the object."""
        for number, line in enumerate(text[self.line - 1 :], self.line):
            if f'"{key}"' in line:
                return number
        return self.line


class _Decoder(json.JSONDecoder):
    """The decoder of the standard library, in its Python form, noting lines."""

    def __init__(self) -> None:
        super().__init__()
        self._line, self._at = 1, 0
        self.parse_object = self._lined
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]  # as above

    def _lined(self, where: tuple[str, int], *rest: Any) -> tuple[Lined, int]:
        text, start = where
        self._line += text.count("\n", self._at, start)
        self._at = start
        line = self._line
        content, end = JSONObject(where, *rest)
        found = Lined(content)
        found.line = line
        return found, end


def read_json(path: Path) -> tuple[Any, list[str]]:
    """The content of a JSON file and its lines. Raises `DefinitionError` with the line."""
    content = read_bytes(path, MAX_BYTES)
    line = 1
    try:
        text = content.decode("utf-8-sig")
        return _Decoder().decode(text), text.splitlines()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = _("The file is not UTF-8 text.")
    except json.JSONDecodeError as error:
        line = error.lineno
        reason = _("The file is not readable JSON: %(reason)s.", reason=error.msg)
    except (RecursionError, ValueError):
        reason = _("The file is not readable JSON: %(reason)s.", reason=_("nested too deeply"))
    remedy = _("Export it anew from the system that it comes from.")
    raise DefinitionError([problem(path, line, "not_json", "–", reason, remedy)])
