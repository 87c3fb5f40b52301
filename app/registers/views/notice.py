"""The privacy notice of a version, as a page and as a PDF."""

from flask import render_template
from werkzeug.wrappers import Response

from app import clock
from app.accounts.permissions import signed_in
from app.audit.events import Event
from app.config import settings
from app.registers import editions
from app.registers.notice import notice_pdf
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


@blueprint.get("/<int:register_id>/versions/<int:number>/notice")
@signed_in
def notice(register_id: int, number: int) -> str:
    """The privacy notice of a version, in the language asked for."""
    page = version_page_of(register_id, number)
    chosen = language_asked()
    record_view_of(page)
    with language(chosen):
        built = page.notice()
        line = version_line(page)
    return render_template(
        "registers/notice.html",
        page=page,
        notice=built,
        chosen=chosen,
        version_line=line,
        teller=editions.teller_of(register_id, page.version.in_force_from or clock.today()),
        archived=editions.editions(register_id),
    )


@blueprint.get("/<int:register_id>/versions/<int:number>/notice.pdf")
@signed_in
def notice_file(register_id: int, number: int) -> Response:
    """The privacy notice as a PDF in the language asked for."""
    page = version_page_of(register_id, number)
    chosen = language_asked()
    with language(chosen):
        content = notice_pdf(
            page.notice(), version=version_line(page), organisation=settings().organisation
        )
        name = _("privacy-notice")
    return pdf_answer(page, content, name=name, chosen=chosen, event=Event.NOTICE_PRODUCED)
