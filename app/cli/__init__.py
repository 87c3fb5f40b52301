"""The `seloste` command. Exit codes: 0 fine, 1 found something wrong, 2 cannot be used so."""

import click

from app.cli.audit import audit_group
from app.cli.check import check
from app.cli.exports import export_group
from app.cli.law import deadline, retention_group
from app.cli.notices import notices_group
from app.cli.registers import registers_group
from app.cli.retention import export_rules, import_rules, load_rules_command
from app.cli.run import demo, init, serve
from app.cli.schema import schema
from app.cli.users import user_group


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="seloste", prog_name="seloste")
def main() -> None:
    """Seloste: registers, retention, requests and destruction of client documents."""


for command in (load_rules_command, export_rules, import_rules):
    retention_group.add_command(command)
for command in (
    serve,
    init,
    demo,
    user_group,
    check,
    deadline,
    retention_group,
    export_group,
    audit_group,
    notices_group,
    registers_group,
    schema,
):
    main.add_command(command)
