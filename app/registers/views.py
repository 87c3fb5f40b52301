"""Pages of registers: the record, its matrix, findings, versions and the privacy notice."""

import io

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from app import clock
from app.accounts.permissions import Role, access, current_actor, signed_in
from app.audit.events import Event
from app.audit.services import record_view
from app.config import settings
from app.registers import queries, services
from app.registers.findings import explain
from app.registers.forms import PublishForm
from app.registers.notice_pdf import notice_pdf
from app.registers.pages import VersionPage, version_page
from app.web.i18n import LANGUAGES, current_language, format_date, language
from app.web.i18n import gettext as _
from app.web.problems import InputError

blueprint = Blueprint("registers", __name__, url_prefix="/registers")

Page = str | tuple[str, int] | Response


@blueprint.get("")
@signed_in
def index() -> str:
    """All registers with their versions and how many findings wait."""
    pages = [_page(summary.id, None) for summary in queries.overview()]
    return render_template("registers/index.html", pages=pages)


@blueprint.get("/<int:register_id>")
@signed_in
def register(register_id: int) -> str:
    """A register: what is kept, why, where it goes; its versions and findings."""
    page = _page(register_id, None)
    _record_view(page)
    versions = queries.versions(register_id)
    return render_template("registers/register.html", page=page, versions=versions, explain=explain)


@blueprint.get("/<int:register_id>/versions/<int:number>")
@signed_in
def version(register_id: int, number: int) -> str:
    """The matrix of a version: service types, document types, media; findings beside it."""
    page = _page(register_id, number)
    _record_view(page)
    return render_template(
        "registers/version.html", page=page, form=_publish_form(), explain=explain
    )


@blueprint.post("/<int:register_id>/versions/<int:number>/propose")
@access(Role.REGISTER_OWNER, Role.DATA_PROTECTION_OFFICER)
def propose(register_id: int, number: int) -> Response:
    """Put the draft up for publication."""
    services.propose(current_actor(), _page(register_id, number).version.id)
    flash(_("The version now waits for another person to publish it."), "success")
    return redirect(url_for(".version", register_id=register_id, number=number), code=303)


@blueprint.post("/<int:register_id>/versions/<int:number>/return")
@access(Role.REGISTER_OWNER, Role.DATA_PROTECTION_OFFICER)
def return_to_draft(register_id: int, number: int) -> Response:
    """Take a proposed version back for changes."""
    services.return_to_draft(current_actor(), _page(register_id, number).version.id)
    flash(_("The version is a draft again."), "success")
    return redirect(url_for(".version", register_id=register_id, number=number), code=303)


@blueprint.post("/<int:register_id>/versions/<int:number>/publish")
@access(Role.DATA_PROTECTION_OFFICER)
def publish(register_id: int, number: int) -> Page:
    """Publish a version that somebody else proposed."""
    page = _page(register_id, number)
    form = _publish_form()
    if form.validate():
        try:
            services.publish(current_actor(), page.version.id, form.in_force_from.data)
        except InputError as problem:
            form.attach(problem)
        else:
            flash(_("The version is published and drives the work from its day on."), "success")
            return redirect(url_for(".version", register_id=register_id, number=number), code=303)
    answer = render_template("registers/version.html", page=page, form=form, explain=explain)
    return answer, 422


@blueprint.get("/<int:register_id>/versions/<int:number>/notice")
@signed_in
def notice(register_id: int, number: int) -> str:
    """The privacy notice of a version, in the language asked for."""
    page = _page(register_id, number)
    chosen = _notice_language()
    _record_view(page)
    with language(chosen):
        built = page.notice()
        version_line = _version_line(page)
    return render_template(
        "registers/notice.html", page=page, notice=built, chosen=chosen, version_line=version_line
    )


@blueprint.get("/<int:register_id>/versions/<int:number>/notice.pdf")
@signed_in
def notice_file(register_id: int, number: int) -> Response:
    """The privacy notice as a PDF in the language asked for."""
    page = _page(register_id, number)
    chosen = _notice_language()
    with language(chosen):
        content = notice_pdf(
            page.notice(), version=_version_line(page), organisation=settings().organisation
        )
        name = _("privacy-notice")
    record_view(
        Event.NOTICE_PRODUCED,
        actor_id=current_actor().user_id,
        register_id=register_id,
        object_type="register_version",
        object_id=page.version.id,
        details={"version": number, "language": chosen},
    )
    filename = f"{name}-{page.definition.key}-v{number}-{chosen}.pdf"
    return send_file(
        io.BytesIO(content), "application/pdf", as_attachment=True, download_name=filename
    )


def _page(register_id: int, number: int | None) -> VersionPage:
    in_force = queries.version_in_force(register_id, clock.today())
    return version_page(register_id, number, in_force)


def _publish_form() -> PublishForm:
    form = PublishForm()
    if not form.is_submitted():
        form.in_force_from.data = clock.today()
    return form


def _notice_language() -> str:
    chosen = request.args.get("language", "")
    return chosen if chosen in LANGUAGES else current_language()


def _version_line(page: VersionPage) -> str:
    number = page.version.number
    if page.version.in_force_from is None:
        return _("Version %(number)s, draft", number=number)
    day = format_date(page.version.in_force_from)
    return _("Version %(number)s, in force from %(day)s", number=number, day=day)


def _record_view(page: VersionPage) -> None:
    record_view(
        Event.REGISTER_VIEWED,
        actor_id=current_actor().user_id,
        register_id=page.register_id,
        object_type="register_version",
        object_id=page.version.id,
        details={"version": page.version.number},
    )
