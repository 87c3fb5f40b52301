"""Pages of registers. Importing the modules puts their routes on the blueprint."""

from app.registers.views import (
    differences,
    editing,
    exports,
    findings,
    matrix,
    merging,
    notice,
    record,
    versions,
)
from app.registers.views.common import blueprint
from app.registers.views.public import blueprint as public_blueprint

__all__ = [
    "blueprint",
    "differences",
    "editing",
    "exports",
    "findings",
    "matrix",
    "merging",
    "notice",
    "public_blueprint",
    "record",
    "versions",
]
