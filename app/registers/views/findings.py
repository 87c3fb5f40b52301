"""The findings of a version: what is to be settled, why, how; and what people have accepted."""

import json
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import access, current_actor, signed_in
from app.registers import queries, services
from app.registers.editor.places import FORMS, place_of
from app.registers.findings import Severity, explain
from app.registers.findings.places import place_words
from app.registers.forms import AcceptFindingForm
from app.registers.pages import VersionPage
from app.registers.services import Shown
from app.registers.views.common import Page, blueprint, record_view_of, version_page_of
from app.web.i18n import gettext as _
from app.web.problems import Conflict, InputError

# Parts that the matrix of a version shows, with the place of the document type in what names them.
_OF_THE_MATRIX = {"services": 1, "document_types": 0, "storage_rules": 1, "storage_places": 1}
# Parts that only the record tells of; the notice shows the others.
_OF_THE_RECORD = {
    "impact_assessment",
    "owner",
    "processing_for_others",
    "safeguards",
    "staff_instructions",
    "version",
}


@blueprint.get("/findings")
@access(*services.SETTLERS)
def all_findings() -> str:
    """What is open in the registers that the person settles: in force, or newest before that."""
    granted = current_actor().registers(*services.SETTLERS)
    pages = [
        version_page_of(register_id, None)
        for register_id in queries.register_keys()
        if granted is None or register_id in granted
    ]
    for page in pages:
        record_view_of(page)
    return render_template("registers/all_findings.html", lists=list(map(_context, pages)))


@blueprint.get("/<int:register_id>/versions/<int:number>/findings")
@signed_in
def findings(register_id: int, number: int) -> str:
    """The findings of a version by severity, open or accepted."""
    page = version_page_of(register_id, number)
    record_view_of(page)
    accepted = request.args.get("show") == "accepted"
    return render_template("registers/findings.html", accepted=accepted, **_context(page))


@blueprint.get("/<int:register_id>/versions/<int:number>/findings/<string:facts>")
@access(*services.SETTLERS)
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
@access(*services.SETTLERS)
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
@access(*services.SETTLERS)
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
        "may_settle": _may_settle(page),
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
    """Where the matter of a finding is changed; in a version that stands, where it is shown."""
    part, *keys = where
    if part == "retention_rules":
        return url_for("retention.show", key=keys[0])
    at: dict[str, Any] = {"register_id": page.register_id, "number": page.version.number}
    if page.version.state == "draft" and _may_settle(page):
        place = place_of(where, json.loads(page.version.content))
        if place is not None and place.member is not None:
            return url_for(".edit_member", part=place.part, member=place.member, **at)
        if place is not None:
            field = part if place.part in FORMS else None
            return url_for(".edit_part", part=place.part, _anchor=field, **at)
    if part in _OF_THE_MATRIX:
        kind = keys[_OF_THE_MATRIX[part]] if len(keys) > _OF_THE_MATRIX[part] else None
        return url_for(".version", _anchor=f"type-{kind}" if kind else "matrix", **at)
    return url_for(".record" if part in _OF_THE_RECORD else ".notice", **at)


def _may_settle(page: VersionPage) -> bool:
    return current_actor().has(*services.SETTLERS, register_id=page.register_id)


def _list_url(page: VersionPage) -> str:
    return url_for("registers.findings", register_id=page.register_id, number=page.version.number)
