"""The privacy notice as a printed page. The same notice gives the same bytes."""

from app.registers.notice.model import Changes, Notice, Section
from app.web.i18n import gettext as _
from app.web.pdf import Letter


def notice_pdf(
    notice: Notice, *, version: str, organisation: str, changes: Changes | None = None
) -> bytes:
    """The PDF of a notice in the language in which it was built. `version` is the line below."""
    letter = Letter(
        _("Privacy notice: %(name)s", name=notice.title),
        subtitle=version,
        reference=_("GDPR Articles 13 and 14"),
        organisation=organisation,
        foreign=notice.foreign,
    )
    for text in notice.introduction:
        letter.paragraph(text)
    if changes is not None:
        letter.heading(changes.heading)
        letter.bullets(changes.lines)
    for part in notice.parts:
        if part.heading is not None:
            letter.heading(part.heading)
        for text in part.introduction:
            letter.paragraph(text)
        for section in part.sections:
            (letter.heading if part.heading is None else letter.subheading)(section.heading)
            _write(letter, section, notice.silent)
    return letter.to_bytes()


def _write(letter: Letter, section: Section, silent: str) -> None:
    if section.is_missing:
        letter.paragraph(silent)
    for text in section.paragraphs:
        letter.paragraph(text)
    if section.rows:
        letter.facts(section.rows, labels_above=section.labels_above)
    if section.bullets:
        letter.bullets(section.bullets)
