"""The privacy notice as a printed page."""

from app.registers.notice import Notice
from app.web.i18n import gettext as _
from app.web.pdf import Letter


def notice_pdf(notice: Notice, *, version: str, organisation: str) -> bytes:
    """The PDF of a notice in the language in which it was built. `version` is the line below."""
    letter = Letter(
        _("Privacy notice: %(name)s", name=notice.title),
        subtitle=version,
        reference=_("GDPR Articles 13 and 14"),
        organisation=organisation,
    )
    for text in notice.introduction:
        letter.paragraph(text)
    for section in notice.sections:
        letter.heading(section.heading)
        if section.is_missing:
            letter.paragraph(notice.silent)
        for text in section.paragraphs:
            letter.paragraph(text)
        if section.rows:
            letter.facts(section.rows)
        if section.bullets:
            letter.bullets(section.bullets)
        letter.note(f"GDPR {section.law}")
    return letter.to_bytes()
