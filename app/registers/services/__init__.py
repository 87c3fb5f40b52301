"""What people do with registers: load, publish, settle findings, export. The only writers."""

from app.registers.services.accepting import SETTLERS, Shown, accept_finding, revoke_acceptance
from app.registers.services.editing import (
    EDITORS,
    Overtaken,
    Refused,
    create_register,
    merge_types,
    move,
    open_draft,
    remove,
    save,
    say_none,
    uses,
)
from app.registers.services.editions import edition_line, make_missing_editions, renew_editions
from app.registers.services.exporting import EXPORTERS, export
from app.registers.services.loading import Loaded, LoadedFiles, load, load_files
from app.registers.services.matrix import RowsOvertaken, save_matrix
from app.registers.services.versions import propose, publish, return_to_draft

__all__ = [
    "EDITORS",
    "EXPORTERS",
    "SETTLERS",
    "Loaded",
    "LoadedFiles",
    "Overtaken",
    "Refused",
    "RowsOvertaken",
    "Shown",
    "accept_finding",
    "create_register",
    "edition_line",
    "export",
    "load",
    "load_files",
    "make_missing_editions",
    "merge_types",
    "move",
    "open_draft",
    "propose",
    "publish",
    "remove",
    "renew_editions",
    "return_to_draft",
    "revoke_acceptance",
    "save",
    "save_matrix",
    "say_none",
    "uses",
]
