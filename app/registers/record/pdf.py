"""The record of processing as a printed page, marked as internal on every page."""

from app.registers.record.build import Record
from app.web.i18n import gettext as _
from app.web.pdf import Letter


def record_pdf(record: Record, *, version: str, organisation: str) -> bytes:
    """The PDF of a record in the language in which it was built. `version` is the line below."""
    letter = Letter(
        _("Record of processing: %(name)s", name=record.title),
        subtitle=version,
        reference=_("INTERNAL, not for publication · GDPR %(article)s", article=record.article),
        organisation=organisation,
    )
    for section in record.sections:
        letter.heading(section.heading)
        letter.note(f"GDPR {section.article}")
        if section.is_missing:
            letter.paragraph(_("The register does not state this."))
        else:
            letter.facts(section.rows)
    return letter.to_bytes()
