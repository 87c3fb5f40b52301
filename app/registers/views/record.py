"""The internal record of processing of a version, as a page and as a PDF."""

from flask import render_template
from werkzeug.wrappers import Response

from app.accounts.permissions import signed_in
from app.audit.events import Event
from app.config import settings
from app.registers.pages import VersionPage
from app.registers.record import Record, build_record, record_pdf
from app.registers.views.common import (
    blueprint,
    language_asked,
    pdf_answer,
    record_view_of,
    version_line,
    version_page_of,
)
from app.web.i18n import gettext as _
from app.web.i18n import language


@blueprint.get("/<int:register_id>/versions/<int:number>/record")
@signed_in
def record(register_id: int, number: int) -> str:
    """The record of processing of a version, by letter."""
    page = version_page_of(register_id, number)
    record_view_of(page)
    return render_template(
        "registers/record.html", page=page, record=_record(page), version_line=version_line(page)
    )


@blueprint.get("/<int:register_id>/versions/<int:number>/record.pdf")
@signed_in
def record_file(register_id: int, number: int) -> Response:
    """The record as a PDF in the language asked for."""
    page = version_page_of(register_id, number)
    chosen = language_asked()
    with language(chosen):
        content = record_pdf(
            _record(page), version=version_line(page), organisation=settings().organisation
        )
        name = _("record-of-processing")
    return pdf_answer(page, content, name=name, chosen=chosen, event=Event.RECORD_PRODUCED)


def _record(page: VersionPage) -> Record:
    return build_record(page.whole, page.policies, len(page.findings))
