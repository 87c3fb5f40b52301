"""What is done to the access log on its page: it is verified, and handed out for verification."""

from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from app.accounts.permissions import Actor, NotPermitted
from app.audit.events import Event
from app.audit.services import (
    LogRolledBack,
    export_log,
    record,
    sequence_pending,
    verify_log,
)
from app.audit.services.exporting import checkpoint_file
from app.audit.verification import VerifyReport
from app.db import transaction
from app.reports.queries.log import may_export, vkey
from app.web.i18n import gettext as _
from app.web.problems import Conflict


def verify(actor: Actor) -> VerifyReport:
    """Recompute the whole log and compare it with all that was signed; the act is logged."""
    sequence_pending()
    report = verify_log()
    with transaction():
        record(
            Event.LOG_VERIFIED,
            actor_id=actor.user_id,
            details={"status": str(report.status), "size": report.size},
        )
    return report


def export(actor: Actor) -> IO[bytes]:
    """The whole log with its signed checkpoint and its key, as a ZIP file; the caller closes it.

    Raises `NotPermitted` for an auditor of single registers, because the log is exported whole, and
    `Conflict` for a log that does not continue what was signed.
    """
    if not may_export(actor):
        raise NotPermitted
    with TemporaryDirectory() as folder:
        log = Path(folder) / "seloste-log.jsonl"
        try:
            export_log(log, actor_id=actor.user_id)
        except LogRolledBack as problem:
            raise Conflict(
                _("The log does not continue what was signed for, so it is not handed out.")
            ) from problem
        archive = TemporaryFile()  # noqa: SIM115  # handed to the caller, who sends and closes it
        with ZipFile(archive, "w", ZIP_DEFLATED) as packed:
            for file in (log, checkpoint_file(log)):
                packed.write(file, file.name)
            packed.writestr("vkey.txt", f"{vkey()}\n")
    archive.seek(0)
    return archive
