"""Pages of registers: all of them, one of them, a version of it and its way to publication."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app import clock
from app.accounts.permissions import Role, access, current_actor, signed_in
from app.registers import queries, services
from app.registers.findings import explain
from app.registers.forms import PublishForm
from app.registers.pages import VersionPage
from app.registers.views.common import Page, blueprint, record_view_of, version_page_of
from app.web.i18n import gettext as _
from app.web.problems import InputError


@blueprint.get("")
@signed_in
def index() -> str:
    """All registers with their versions and how many findings wait."""
    pages = [version_page_of(summary.id, None) for summary in queries.overview()]
    return render_template("registers/index.html", pages=pages)


@blueprint.get("/<int:register_id>")
@signed_in
def register(register_id: int) -> str:
    """A register: what is kept, why, where it goes; its versions and findings."""
    page = version_page_of(register_id, None)
    record_view_of(page)
    versions = queries.versions(register_id)
    return render_template("registers/register.html", page=page, versions=versions, explain=explain)


@blueprint.get("/<int:register_id>/versions/<int:number>")
@signed_in
def version(register_id: int, number: int) -> str:
    """The matrix of a version: service types, document types, media; findings beside it."""
    page = version_page_of(register_id, number)
    record_view_of(page)
    return render_template(
        "registers/version.html", page=page, form=_publish_form(page), explain=explain
    )


@blueprint.post("/<int:register_id>/versions/<int:number>/propose")
@access(*services.EDITORS)
def propose(register_id: int, number: int) -> Response:
    """Put the draft up for publication."""
    services.propose(current_actor(), version_page_of(register_id, number).version.id)
    flash(_("The version now waits for another person to publish it."), "success")
    return redirect(url_for(".version", register_id=register_id, number=number), code=303)


@blueprint.post("/<int:register_id>/versions/<int:number>/return")
@access(*services.EDITORS)
def return_to_draft(register_id: int, number: int) -> Response:
    """Take a proposed version back for changes."""
    services.return_to_draft(current_actor(), version_page_of(register_id, number).version.id)
    flash(_("The version is a draft again."), "success")
    return redirect(url_for(".version", register_id=register_id, number=number), code=303)


@blueprint.post("/<int:register_id>/versions/<int:number>/publish")
@access(Role.DATA_PROTECTION_OFFICER)
def publish(register_id: int, number: int) -> Page:
    """Publish a version that somebody else proposed."""
    page = version_page_of(register_id, number)
    form, shown = _publish_form(page), page.version.content_hash
    if form.validate():
        try:
            services.publish(
                current_actor(),
                page.version.id,
                form.in_force_from.data,
                acknowledged=form.acknowledged.data or 0,
                seen=form.seen.data or "",
            )
        except InputError as problem:
            form.attach(problem)
            form.seen.data = shown
        else:
            flash(_("The version is published and drives the work from its day on."), "success")
            return redirect(url_for(".version", register_id=register_id, number=number), code=303)
    answer = render_template("registers/version.html", page=page, form=form, explain=explain)
    return answer, 422


def _publish_form(page: VersionPage) -> PublishForm:
    form = PublishForm()
    if not form.is_submitted():
        form.seen.data = page.version.content_hash
        earliest = page.before.in_force_from if page.before is not None else None
        form.in_force_from.data = max(filter(None, (clock.today(), earliest)))
    return form
