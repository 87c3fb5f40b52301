"""Registers as a fides manifest: YAML that Ethyca's fideslang reads (version 3.1)."""

from app.registers.exports.fides.manifest import fides_file

__all__ = ["fides_file"]
