"""What crosses the packages: the log and the rules handed out, and a rule change approved."""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from app import clock
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
from app.documents.services import check_may_move, follow_changes
from app.registers.services import renew_editions
from app.reports.queries.log import may_export, vkey
from app.reports.records_plan import records_plan
from app.retention.exchange import Plan, Unwritable, first_language, rules_yaml
from app.retention.exchange.helerm_out import write_helerm
from app.retention.exchange.jhs191_out import write_jhs191
from app.retention.models import RetentionRuleVersion
from app.retention.queries import earlier_versions, proposal_page
from app.retention.services import approve
from app.web.i18n import gettext as _
from app.web.problems import Conflict, InputError


def _jhs191(plan: Plan, *, helsinki: bool) -> bytes:
    return write_jhs191(plan, made_on=clock.today(), helsinki=helsinki)


def _yaml(plan: Plan, *, helsinki: bool) -> bytes:
    """Each rule once, in the order of the keys; `helsinki` is about other formats."""
    del helsinki
    policies = {
        record.policy.key: record.policy for part in plan.classes for record in part.records
    }
    if first_language(policies.values()) is None:
        message = _("The rules have no language in common, so that one file cannot hold them.")
        raise InputError(None, message)
    return rules_yaml((policies[key] for key in sorted(policies)), clock.today()).encode()


RULE_WRITERS: Mapping[str, Callable[..., bytes]] = {
    "jhs191": _jhs191,
    "helerm": write_helerm,
    "yaml": _yaml,
}


def export_rules(kind: str, *, helsinki: bool = False) -> tuple[bytes, int]:
    """The retention rules in force in a format of `RULE_WRITERS`, and how many; it is logged.

    Raises `InputError` when there are none, or when one has a character that XML does not have.
    """
    plan = records_plan()
    if not plan.classes:
        raise InputError(None, _("There are no retention rules yet."))
    try:
        content = RULE_WRITERS[kind](plan, helsinki=helsinki)
    except Unwritable as error:
        message = _(
            "The rule “%(key)s” has a character that XML does not have. Correct its texts.",
            key=error.key,
        )
        raise InputError(None, message) from error
    with transaction():
        record(Event.EXPORT_MADE, actor_id=None, details={"kind": kind, "shown": []})
    return content, len({each.policy.key for part in plan.classes for each in part.records})


def approve_rule_change(actor: Actor, proposal_id: int) -> RetentionRuleVersion:
    """Approve what another person has proposed, with all that follows from it.

    Earlier documents move where that was proposed, and the privacy notices that change are
    archived; for a change that begins later both are done on its day. Raises as
    `app.retention.services.approve` and `app.documents.services.check_may_move`; then nothing is
    kept.
    """
    with transaction():
        version = approve(actor, proposal_id)
        if proposal_page(proposal_id).proposal.row.moves_earlier:
            check_may_move(actor, earlier_versions(version))
            follow_changes(clock.today())
        if version.in_force_from <= clock.today():
            renew_editions(clock.today())
    return version


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
