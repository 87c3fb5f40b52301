"""The formats by name: how each file is made, and what it is called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.registers.exports.csv_file import csv_file
from app.registers.exports.dpv import dpv_file
from app.registers.exports.fides import fides_file
from app.registers.exports.losses import ExportFormat
from app.registers.exports.source import ExportSource
from app.registers.exports.workbook import workbook
from app.web.i18n import language


@dataclass(frozen=True)
class ExportFile:
    """A file ready to be handed out."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class _Way:
    make: Callable[[ExportSource], bytes]
    media_type: str
    ending: str


_WAYS: Mapping[ExportFormat, _Way] = {
    ExportFormat.WORKBOOK: _Way(
        workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
    ),
    ExportFormat.CSV: _Way(csv_file, "text/csv; charset=utf-8", "csv"),
    ExportFormat.DPV: _Way(dpv_file, "application/ld+json", "jsonld"),
    ExportFormat.FIDES: _Way(fides_file, "application/yaml", "yml"),
}


def make_file(kind: ExportFormat, source: ExportSource, code: str) -> ExportFile:
    """The file of a format in a language."""
    way = _WAYS[kind]
    with language(code):
        content = way.make(source)
    of_what = source.registers[0].definition.key if len(source.registers) == 1 else "registers"
    name = f"{of_what}-{source.day.isoformat()}-{code}.{way.ending}"
    return ExportFile(name, way.media_type, content)
