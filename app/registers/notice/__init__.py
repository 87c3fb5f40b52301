"""The privacy notice (GDPR Arts. 13 and 14): built from a definition, as page, PDF and print."""

from app.registers.notice.build import build_notice
from app.registers.notice.changes import Told, changes_between
from app.registers.notice.model import Changes, Notice, Part, Section
from app.registers.notice.page import notice_html, public_page
from app.registers.notice.pdf import notice_pdf

__all__ = [
    "Changes",
    "Notice",
    "Part",
    "Section",
    "Told",
    "build_notice",
    "changes_between",
    "notice_html",
    "notice_pdf",
    "public_page",
]
