"""What people do with registers: load them, propose and publish versions. The only writers."""

from app.registers.services.exporting import EXPORTERS, export
from app.registers.services.loading import load
from app.registers.services.versions import propose, publish, return_to_draft

__all__ = ["EXPORTERS", "export", "load", "propose", "publish", "return_to_draft"]
