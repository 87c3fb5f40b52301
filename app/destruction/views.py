"""Pages of destruction: due documents, lists with their steps, certificates, holds."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.accounts.permissions import access, current_actor
from app.audit.events import Event, ObjectType
from app.audit.services import record_view
from app.clients.queries import names_of
from app.destruction import explain, forms, queries, services
from app.destruction.letters import pick_letter
from app.destruction.queries import DueKey, ListPage
from app.destruction.queries.due import month_end
from app.destruction.roles import APPROVERS, EXECUTORS, HOLDERS, PROPOSERS, READERS
from app.destruction.rules import ListState
from app.registers.queries import latest_definition, register_choices
from app.web.acts import done, status
from app.web.forms import Form, database_id
from app.web.i18n import LANGUAGES, current_language, pick
from app.web.i18n import gettext as _
from app.web.i18n import ngettext as _n
from app.web.problems import Conflict

blueprint = Blueprint("destruction", __name__)

Page = str | tuple[str, int] | AnyResponse


@blueprint.context_processor
def words() -> dict[str, object]:
    """What the templates call obstacles, states and methods."""
    return {"explain": explain, "ListState": ListState, "month_end": month_end}


@blueprint.route("/disposal", methods=["GET", "POST"])
@access(*APPROVERS, client_data=True)
def due() -> Page:
    """What is due by a day, with everything in its way; the chosen ones become a list."""
    actor = current_actor()
    form = _due_form()
    made = None
    if request.method == "POST":
        chosen = None if "all" in request.form else form.documents.data or []
        made = done(form, lambda: services.propose(actor, form.register_id.data, form.day, chosen))
    if made is not None:
        flash(_("List %(reference)s now waits for approval.", reference=made.reference), "success")
        return redirect(url_for(".show_list", list_id=made.id), code=303)
    register_id = form.register_id.data
    after = DueKey.parse(request.args.get("after", ""))
    page = queries.due(actor, form.day, register_id, after=after)
    _record_shown([row.document.client_id for row in page.rows], register_id)
    return render_template(
        "destruction/due.html",
        form=form,
        page=page,
        counts=queries.due_counts(actor, form.day, register_id),
        months=queries.due_by_month(actor, clock.today(), register_id=register_id),
        may_propose=actor.has(*PROPOSERS, register_id=register_id) and form.day <= clock.today(),
    ), status(form)


@blueprint.get("/disposal/lists")
@access(*READERS)
def lists() -> str:
    """All lists, newest first."""
    actor = current_actor()
    found = queries.disposal_lists(actor, request.args.get("before", type=database_id))
    return render_template(
        "destruction/lists.html",
        lists=found[:50],
        more=len(found) > 50,
        may_see_due=actor.has(*APPROVERS),
    )


@blueprint.get("/disposal/lists/<int:list_id>")
@access(*READERS, client_data=True)
def show_list(list_id: int) -> Page:
    """One list: what it comes to, its documents, how far it has come, what comes next."""
    page = queries.disposal_list(
        current_actor(), list_id, request.args.get("after", type=database_id)
    )
    _record_shown(page.client_ids, page.confirmation.register_id, list_id)
    return _list_page("destruction/list.html", page)


@blueprint.get("/disposal/lists/<int:list_id>/pick-list.pdf")
@access(*APPROVERS, client_data=True)
def pick_list(list_id: int) -> Response:
    """The paper to be fetched, by its place, for printing."""
    actor = current_actor()
    found, lines = queries.pick_list(actor, list_id)
    clients = sorted({line.document.client_id for line in lines})
    record_view(
        Event.EXPORT_MADE,
        actor_id=actor.user_id,
        register_id=found.register_id,
        object_type=ObjectType.DISPOSAL_LIST,
        object_id=list_id,
        details={"kind": "pick_list", "shown": clients},
    )
    register = pick(latest_definition(found.register_id).name)
    content = pick_letter(found.reference, register, lines, names_of(clients))
    return _download(content, "application/pdf", _("papers-to-fetch") + f"-{found.reference}.pdf")


@blueprint.route("/disposal/lists/<int:list_id>/approve", methods=["GET", "POST"])
@access(*APPROVERS)
def approve(list_id: int) -> Page:
    """Approve a list that another person proposed, with one's own password."""
    form = forms.ApprovalForm()
    page = queries.disposal_list(current_actor(), list_id)
    approved = done(
        form,
        lambda: services.approve(
            current_actor(), list_id, form.password.data, request.remote_addr or "unknown"
        ),
    )
    if approved is not None:
        flash(_("List %(reference)s is approved.", reference=approved.reference), "success")
        return _back(list_id)
    _require(page, may=page.acts.approve)
    return _list_page("destruction/approve.html", page, form)


@blueprint.route("/disposal/lists/<int:list_id>/return", methods=["GET", "POST"])
@access(*APPROVERS)
def return_list(list_id: int) -> Page:
    """Send a proposed list back for changes."""
    form = forms.ReasonForm()
    page = queries.disposal_list(current_actor(), list_id)
    if done(form, lambda: services.return_for_change(current_actor(), list_id, form.reason.data)):
        flash(_("The list was sent back. Its documents are due again."), "success")
        return _back(list_id)
    _require(page, may=page.acts.send_back)
    return _list_page("destruction/stop.html", page, form)


@blueprint.route("/disposal/lists/<int:list_id>/cancel", methods=["GET", "POST"])
@access(*APPROVERS)
def cancel(list_id: int) -> Page:
    """Call off an approved list of which nothing has been destroyed."""
    form = forms.ReasonForm()
    page = queries.disposal_list(current_actor(), list_id)
    if done(form, lambda: services.cancel(current_actor(), list_id, form.reason.data)):
        flash(_("The list was cancelled. Its documents are due again."), "success")
        return _back(list_id)
    _require(page, may=page.acts.cancel)
    return _list_page("destruction/stop.html", page, form)


@blueprint.route("/disposal/lists/<int:list_id>/paper", methods=["GET", "POST"])
@access(*EXECUTORS, client_data=True)
def paper(list_id: int) -> Page:
    """Confirm that paper was destroyed, how, and who saw it."""
    actor = current_actor()
    form = forms.PaperForm(queries.witnesses(actor))
    count = done(
        form,
        lambda: services.confirm_paper(
            actor,
            list_id,
            form.item_ids.data or [],
            method=form.method.data,
            witness_id=form.witness_id.data,
            destroyed_on=form.destroyed_on.data,
        ),
    )
    if count is not None:
        flash(_papers_confirmed(count), "success")
        return _back(list_id)
    page = queries.disposal_list(actor, list_id)
    _require(page, may=page.acts.execute)
    _found, lines = queries.pick_list(actor, list_id)
    _record_shown([line.document.client_id for line in lines], _found.register_id, list_id)
    return _list_page("destruction/paper.html", page, form, lines=lines)


@blueprint.route("/disposal/lists/<int:list_id>/execute", methods=["GET", "POST"])
@access(*EXECUTORS)
def execute(list_id: int) -> Page:
    """Carry out an approved list, or carry on with it; the reference is the last question."""
    actor = current_actor()
    page = queries.disposal_list(actor, list_id)
    form = forms.ExecutionForm(page.confirmation.reference)
    carried_out = done(form, lambda: services.execute(actor, list_id))
    if carried_out is None:
        _require(page, may=page.acts.execute)
        return _list_page("destruction/execute.html", page, form)
    if queries.disposal_list(actor, list_id).certificate_at:
        flash(_("The list was carried out, and its certificate is signed."), "success")
    elif carried_out.state == ListState.EXECUTED:
        flash(_("The list was carried out. Its certificate cannot be signed yet."), "error")
    else:
        flash(_("Some documents could not be destroyed yet. See the list."), "error")
    return _back(list_id)


@blueprint.post("/disposal/lists/<int:list_id>/certificate")
@access(*EXECUTORS)
def issue_certificate(list_id: int) -> AnyResponse:
    """Sign the certificate that could not be signed when the list was carried out."""
    services.certify(current_actor(), list_id)
    flash(_("The certificate is signed."), "success")
    return _back(list_id)


@blueprint.get("/disposal/lists/<int:list_id>/certificate.pdf")
@access(*READERS, client_data=True)
def certificate(list_id: int) -> Response:
    """The certificate as a page, in the language asked for."""
    asked = request.args.get("language", "")
    code = asked if asked in LANGUAGES else current_language()
    found = _opened_certificate(list_id)
    content = services.certificate_page(found, code)
    return _download(content, "application/pdf", _("destruction-certificate") + f"-{list_id}.pdf")


@blueprint.get("/disposal/lists/<int:list_id>/certificate.json")
@access(*READERS, client_data=True)
def statement(list_id: int) -> Response:
    """What the certificate states, byte for byte as it was signed."""
    content = _opened_certificate(list_id).statement.encode()
    return _download(content, "application/json", _("destruction-certificate") + f"-{list_id}.json")


@blueprint.get("/disposal/lists/<int:list_id>/certificate.txt")
@access(*READERS, client_data=True)
def signature(list_id: int) -> Response:
    """The signed note that goes with the statement."""
    content = _opened_certificate(list_id).signature.encode()
    return _download(content, "text/plain", _("destruction-certificate") + f"-{list_id}.txt")


@blueprint.get("/holds")
@access(*HOLDERS, client_data=True)
def holds() -> str:
    """What must not be destroyed, and why."""
    actor = current_actor()
    lifted = request.args.get("tab") == "lifted"
    found = queries.hold_list(
        actor, lifted=lifted, before_id=request.args.get("before", type=database_id)
    )
    shown, more = found[:50], len(found) > 50
    _record_shown([hold.client_id for hold in shown])
    return render_template("destruction/holds.html", holds=shown, more=more, lifted=lifted)


@blueprint.route("/holds/new", methods=["GET", "POST"])
@access(*HOLDERS)
def new_hold() -> Page:
    """Stop the disposal of a client's documents, or of one."""
    actor = current_actor()
    form = forms.HoldForm(register_choices(actor, *HOLDERS), data=_linked_target())
    if done(form, lambda: _set_hold(form)):
        flash(_("The hold is set. It also stops lists that have been approved."), "success")
        return redirect(url_for(".holds"), code=303)
    return render_template("destruction/new_hold.html", form=form), status(form)


@blueprint.post("/holds/<int:hold_id>/lift")
@access(*HOLDERS)
def lift_hold(hold_id: int) -> AnyResponse:
    """End a hold."""
    services.lift_hold(current_actor(), hold_id)
    flash(_("The hold is lifted. What is due can be proposed again."), "success")
    return redirect(url_for(".holds"), code=303)


def _due_form() -> forms.DueForm:
    registers = register_choices(current_actor(), *APPROVERS)
    if request.method == "POST":
        return forms.DueForm(registers)
    if not request.args.get("as_of"):
        return forms.DueForm(registers, formdata=None, data=request.args.to_dict())
    form = forms.DueForm(registers, formdata=request.args, meta={"csrf": False})
    form.validate()
    return form


def _set_hold(form: forms.HoldForm) -> object:
    actor = current_actor()
    target = queries.find_target(actor, form.register_id.data, form.target.data)
    return services.set_hold(actor, reason=form.reason.data, mandate=form.mandate.data, **target)


def _linked_target() -> dict[str, object]:
    """What a link from a client's or a document's page has chosen already."""
    client_id = request.args.get("client", type=database_id)
    document_id = request.args.get("document", type=database_id)
    if client_id is None and document_id is None:
        return {}
    found = queries.target_of(current_actor(), client_id, document_id)
    return {"register_id": found[0], "target": found[1]} if found else {}


def _opened_certificate(list_id: int) -> services.Certificate:
    """The certificate; that it is opened is written to the log."""
    actor = current_actor()
    found = services.find_certificate(actor, list_id)
    record_view(
        Event.DISPOSAL_CERTIFICATE_OPENED,
        actor_id=actor.user_id,
        object_type=ObjectType.DISPOSAL_LIST,
        object_id=list_id,
    )
    return found


def _papers_confirmed(count: int) -> str:
    return _n(
        "%(num)d paper is confirmed destroyed.", "%(num)d papers are confirmed destroyed.", count
    )


def _record_shown(
    client_ids: list[int], register_id: int | None = None, list_id: int | None = None
) -> None:
    record_view(
        Event.DISPOSAL_LIST_VIEWED,
        actor_id=current_actor().user_id,
        register_id=register_id,
        object_type=ObjectType.DISPOSAL_LIST if list_id else None,
        object_id=list_id,
        details={"shown": sorted(set(client_ids))},
    )


def _list_page(template: str, page: ListPage, form: Form | None = None, **more: object) -> Page:
    register = pick(latest_definition(page.confirmation.register_id).name)
    answer = render_template(template, page=page, register=register, form=form, **more)
    return (answer, status(form)) if form is not None else answer


def _require(page: ListPage, *, may: bool) -> None:
    if not may:
        raise Conflict(
            _(
                "This cannot be done with list %(reference)s as it stands now, or not by you.",
                reference=page.confirmation.reference,
            )
        )


def _back(list_id: int) -> AnyResponse:
    return redirect(url_for(".show_list", list_id=list_id), code=303)


def _download(content: bytes, media_type: str, name: str) -> Response:
    answer = Response(content, mimetype=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
