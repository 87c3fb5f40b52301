"""The findings of a version: what is to be settled, why, how; and what people have accepted."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Role, access, current_actor, signed_in
from app.registers import services
from app.registers.findings import Severity, explain
from app.registers.findings.places import place_words
from app.registers.forms import AcceptFindingForm
from app.registers.pages import VersionPage
from app.registers.services import Shown
from app.registers.views.common import Page, blueprint, record_view_of, version_page_of
from app.web.i18n import gettext as _
from app.web.problems import Conflict, InputError

# Parts that the matrix of a version shows; the notice shows the others.
_OF_THE_MATRIX = {"services", "document_types", "storage_rules", "storage_places"}


@blueprint.get("/<int:register_id>/versions/<int:number>/findings")
@signed_in
def findings(register_id: int, number: int) -> str:
    """The findings of a version by severity, open or accepted."""
    page = version_page_of(register_id, number)
    record_view_of(page)
    accepted = request.args.get("show") == "accepted"
    return render_template("registers/findings.html", accepted=accepted, **_context(page))


@blueprint.get("/<int:register_id>/versions/<int:number>/findings/<string:facts>")
@access(Role.REGISTER_OWNER, Role.DATA_PROTECTION_OFFICER)
def finding(register_id: int, number: int, facts: str) -> Page:
    """One open finding, and the form to accept it."""
    page = version_page_of(register_id, number)
    current_actor().require(register_id, *services.SETTLERS)
    record_view_of(page)
    if page.settled.find(facts) is None:
        flash(_("This finding is not there any more; there is nothing to accept."), "warning")
        return redirect(_list_url(page), code=303)
    return _form_page(page, facts, AcceptFindingForm())


@blueprint.post("/<int:register_id>/versions/<int:number>/findings/<string:facts>")
@access(Role.REGISTER_OWNER, Role.DATA_PROTECTION_OFFICER)
def accept_finding(register_id: int, number: int, facts: str) -> Page:
    """Accept a finding with a reason."""
    page = version_page_of(register_id, number)
    form = AcceptFindingForm()
    shown = Shown(form.code.data or "", form.place.data or "", facts)
    if form.validate():
        try:
            services.accept_finding(current_actor(), page.version.id, shown, form.reason.data)
        except InputError as problem:
            form.attach(problem)
        except Conflict as problem:
            form.form_errors.append(problem.message)
        else:
            flash(_("The finding is accepted. It comes back when its facts change."), "success")
            return redirect(_list_url(page), code=303)
    return _form_page(page, facts, form), 422


@blueprint.post("/<int:register_id>/versions/<int:number>/findings/<string:facts>/revoke")
@access(Role.REGISTER_OWNER, Role.DATA_PROTECTION_OFFICER)
def revoke_acceptance(register_id: int, number: int, facts: str) -> Response:
    """Take an acceptance back."""
    services.revoke_acceptance(current_actor(), register_id, facts)
    flash(_("The acceptance is taken back, and the finding is open again."), "success")
    page = version_page_of(register_id, number)
    return redirect(_list_url(page), code=303)


def _context(page: VersionPage) -> dict[str, object]:
    """What the templates of findings need beside their own."""

    def place(where: tuple[str, ...]) -> str:
        return place_words(page.definition, dict(page.policies), where)

    return {
        "page": page,
        "severities": list(Severity),
        "may_settle": current_actor().has(*services.SETTLERS, register_id=page.register_id),
        "explain": explain,
        "place": place,
        "place_url": lambda where: _place_url(page, where),
    }


def _form_page(page: VersionPage, fingerprint: str, form: AcceptFindingForm) -> str:
    found = page.settled.find(fingerprint)
    if found is not None:
        form.code.data, form.place.data = str(found.code), found.place
    return render_template("registers/finding.html", finding=found, form=form, **_context(page))


def _place_url(page: VersionPage, where: tuple[str, ...]) -> str:
    """The page that shows the part of the register where a finding stands."""
    part, *keys = where
    if part == "retention_rules":
        return url_for("retention.show", key=keys[0])
    if part in _OF_THE_MATRIX:
        return url_for(
            "registers.version", register_id=page.register_id, number=page.version.number
        )
    return url_for("registers.notice", register_id=page.register_id, number=page.version.number)


def _list_url(page: VersionPage) -> str:
    return url_for("registers.findings", register_id=page.register_id, number=page.version.number)
