"""Registers in the Data Privacy Vocabulary (DPV) 2.3 of the W3C community group, as JSON-LD."""

from app.registers.exports.dpv.document import dpv_file

__all__ = ["dpv_file"]
