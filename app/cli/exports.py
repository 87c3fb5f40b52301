"""Commands that write registers in the formats of others."""

from pathlib import Path

import click

from app.cli.run import installation
from app.cli.telling import refuse
from app.registers.exports.losses import ExportFormat, losses
from app.registers.queries import register_id_of
from app.registers.services import export
from app.web.i18n import DEFAULT_LANGUAGE, LANGUAGES, language
from app.web.problems import NotFound


@click.group("export")
def export_group() -> None:
    """Registers in the formats of others: record of processing, DPV, fides."""


def _command(kind: ExportFormat, text: str) -> click.Command:
    @click.command(kind.value, help=text)
    @click.option("--register", "key", help="Key of one register; all in force when absent.")
    @click.option("--version", "number", type=int, help="A version; the one in force when absent.")
    @click.option(
        "--language",
        "code",
        type=click.Choice(list(LANGUAGES)),
        default=DEFAULT_LANGUAGE,
        show_default=True,
        help="Language of the texts.",
    )
    @click.option(
        "--output",
        required=True,
        type=click.Path(dir_okay=False, path_type=Path),
        help="The file to write; an existing one is replaced.",
    )
    def write(key: str | None, number: int | None, code: str, output: Path) -> None:
        _write(kind, key, number, code, output)

    return write


def _write(
    kind: ExportFormat, key: str | None, number: int | None, code: str, output: Path
) -> None:
    if number is not None and key is None:
        raise click.UsageError("--version needs --register: each register has its own versions")
    with installation():
        try:
            register_id = register_id_of(key) if key else None
            file = export(None, kind, language=code, register_id=register_id, number=number)
        except NotFound:
            of_what = f"the register “{key}”" if key else "any register"
            which = f"version {number}" if number is not None else "version in force"
            refuse(f"There is no {which} of {of_what}.")
    try:
        output.write_bytes(file.content)
    except OSError as problem:
        refuse(f"{output} cannot be written: {problem.strerror}")
    click.echo(f"{output}: {len(file.content)} bytes. Not in this file:")
    with language("en"):
        for sentence in losses(kind):
            click.echo(f"- {sentence}")


_TEXTS = {
    ExportFormat.WORKBOOK: "The record of processing (GDPR, Article 30) as a workbook, XLSX.",
    ExportFormat.CSV: "The table of Article 30(1) of the GDPR as CSV, with semicolons.",
    ExportFormat.DPV: "The W3C Data Privacy Vocabulary 2.3 as JSON-LD.",
    ExportFormat.FIDES: "A manifest of fides, YAML, as fideslang reads it.",
}

for _kind, _text in _TEXTS.items():
    export_group.add_command(_command(_kind, _text))
