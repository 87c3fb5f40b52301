"""The internal record of processing of a version, as a page and as a PDF."""

import io

from flask import render_template, send_file
from werkzeug.wrappers import Response

from app.accounts.permissions import current_actor, signed_in
from app.audit.events import Event, ObjectType
from app.audit.services import record_view
from app.config import settings
from app.registers.pages import VersionPage
from app.registers.record import Record, build_record, record_pdf
from app.registers.views.common import (
    blueprint,
    language_asked,
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
    record_view(
        Event.RECORD_PRODUCED,
        actor_id=current_actor().user_id,
        register_id=register_id,
        object_type=ObjectType.REGISTER_VERSION,
        object_id=page.version.id,
        details={"version": number, "language": chosen},
    )
    filename = f"{name}-{page.definition.key}-v{number}-{chosen}.pdf"
    return send_file(
        io.BytesIO(content), "application/pdf", as_attachment=True, download_name=filename
    )


def _record(page: VersionPage) -> Record:
    return build_record(page.whole, page.policies, len(page.findings))
