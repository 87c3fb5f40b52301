"""The internal record of processing activities (GDPR Art. 30): by letter, as page and PDF."""

from app.registers.record.build import Record, RecordSection, build_record
from app.registers.record.pdf import record_pdf

__all__ = ["Record", "RecordSection", "build_record", "record_pdf"]
