"""`seloste check`: whether definitions are valid, and what in them a person should settle.

Needs no installation and no database.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from app import clock
from app.cli.files import definition_files
from app.cli.options import json_option, language_option
from app.config import Settings
from app.registers.definitions import RegisterDefinition, load_registers
from app.registers.definitions.files import SortedFiles
from app.registers.findings import Finding, Severity, check_policies, check_register, explain
from app.retention.definition_files import DefinitionError, DefinitionProblem
from app.retention.policies import PolicySet, load_policies
from app.web.i18n import gettext as _
from app.web.i18n import language
from app.web.i18n import ngettext as _n


@dataclass(frozen=True)
class Outcome:
    """What the check of some files gave. With problems there are no findings."""

    problems: tuple[DefinitionProblem, ...]
    rules: int = 0
    registers: tuple[tuple[RegisterDefinition, tuple[Finding, ...]], ...] = ()
    rule_findings: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings."""
        return sum((found for _register, found in self.registers), ()) + self.rule_findings


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--strict", is_flag=True, help="Fail on findings as well, but for remarks (info).")
@json_option
@language_option
def check(paths: tuple[Path, ...], code: str, *, strict: bool, as_json: bool) -> None:
    """Check register definitions and retention rules.

    PATH is a file or a folder of either kind; without one, the folders of the settings. The key
    “kind” of a file says what it defines. Registers are checked against the retention rules among
    the paths or, where there are none, against those of the settings.

    Exit codes: 0 valid, 1 a definition cannot be used (with --strict: or there are findings), 2 a
    path cannot be used.
    """
    settings = Settings()
    with language(code):
        try:
            files = definition_files(paths or (settings.registers_path, settings.policies_path))
            outcome = _check(files, settings.policies_path)
        except DefinitionError as error:
            outcome = Outcome(error.problems)
        if as_json:
            click.echo(json.dumps(_as_data(outcome), ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join(_as_text(outcome)))
    failing = strict and any(f.severity is not Severity.INFO for f in outcome.findings)
    sys.exit(1 if outcome.problems or failing else 0)


def _check(files: SortedFiles, policies_path: Path) -> Outcome:
    problems = list(files.problems)
    policies = registers = None
    try:
        # No rules among the paths: those of the installation, so that no reference dangles.
        policies = load_policies(*(files.rules or [policies_path]))
    except DefinitionError as error:
        problems.extend(error.problems)
    try:
        # With rules missing, every reference to them would dangle: check the rest only.
        registers = load_registers(*files.registers, policies=None if problems else policies)
    except DefinitionError as error:
        problems.extend(error.problems)
    if problems or policies is None or registers is None:
        return Outcome(tuple(sorted(problems, key=lambda problem: (problem.file, problem.line))))
    return _findings(registers, policies, with_rules=bool(files.rules))


def _findings(
    registers: Iterable[RegisterDefinition], policies: PolicySet, *, with_rules: bool
) -> Outcome:
    today = clock.today()
    registers = tuple(registers)
    covering = {key: each for each in registers for key in each.notice.covers}
    found = tuple(
        (each, check_register(each, policies, today, covering.get(each.key))) for each in registers
    )
    told = {finding.where for _register, findings in found for finding in findings}
    of_rules = check_policies(policies, today) if with_rules else ()
    # A rule that a register uses is told of there already.
    unused = tuple(finding for finding in of_rules if finding.where not in told)
    return Outcome((), len(policies) if with_rules else 0, found, unused)


def _as_text(outcome: Outcome) -> Iterable[str]:
    yield from map(str, outcome.problems)
    if outcome.problems:
        count = len(outcome.problems)
        yield _n(
            "%(num)s problem: nothing was loaded.", "%(num)s problems: nothing was loaded.", count
        )
        return
    if not outcome.registers and not outcome.rules:
        yield _("The files define nothing: their lists of rules are empty.")
    for register, findings in outcome.registers:
        yield _("Register %(key)s: valid. %(counts)s", key=register.key, counts=_counts(findings))
        yield from map(_line, findings)
    if outcome.rules:
        counts = _counts(outcome.rule_findings)
        number = outcome.rules
        rules = _n("%(num)s retention rule: valid.", "%(num)s retention rules: valid.", number)
        yield f"{rules} {counts}"
        yield from map(_line, outcome.rule_findings)


def _counts(findings: Sequence[Finding]) -> str:
    number = {s: sum(1 for f in findings if f.severity is s) for s in Severity}
    return _(
        "Findings: %(errors)s serious, %(warnings)s to settle, %(infos)s remarks.",
        errors=number[Severity.ERROR],
        warnings=number[Severity.WARNING],
        infos=number[Severity.INFO],
    )


def _line(finding: Finding) -> str:
    words = explain(finding)
    place = ".".join(finding.where) or "–"
    field = f" [{words.field}]" if words.field else ""
    return f"  {finding.severity}: {place}: {words.title} → {words.body}{field}"


def _as_data(outcome: Outcome) -> dict[str, Any]:
    return {
        "problems": [asdict(problem) for problem in outcome.problems],
        "registers": [
            {
                "key": register.key,
                "content_hash": register.content_hash,
                "findings": [_finding_data(finding) for finding in findings],
            }
            for register, findings in outcome.registers
        ],
        "retention_rules": {
            "count": outcome.rules,
            "findings": [_finding_data(finding) for finding in outcome.rule_findings],
        },
    }


def _finding_data(finding: Finding) -> dict[str, str | list[str]]:
    words = explain(finding)
    return {
        "code": finding.code.value,
        "severity": finding.severity.value,
        "where": list(finding.where),
        "title": words.title,
        "explanation": words.why,
        "remedy": words.remedy,
        "field": words.field,
        "law": words.law,
        "fingerprint": finding.fingerprint,
    }
