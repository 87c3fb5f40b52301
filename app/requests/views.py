"""Pages of data-subject requests: the queue, a new request, one request, and each act on it."""

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.accounts.permissions import access, current_actor
from app.audit.events import Event, ObjectType
from app.audit.services import record_view
from app.clients import queries as clients
from app.clients.rules import search_kind
from app.requests import forms, queries, services
from app.requests.progress import Act, kind_of
from app.requests.queries import HANDLERS, READERS, RequestPage, Tab
from app.requests.services import Download
from app.requests.vocabulary import Outcome, package_parts, refusal_grounds
from app.web.acts import done, status
from app.web.forms import Form, database_id
from app.web.i18n import format_date
from app.web.i18n import gettext as _
from app.web.problems import Conflict

blueprint = Blueprint("requests", __name__, url_prefix="/requests")

Page = str | tuple[str, int] | AnyResponse


@blueprint.get("")
@access(*READERS, client_data=True)
def index() -> str:
    """The queue: open requests by deadline, those that are due soon, closed ones."""
    actor = current_actor()
    asked = request.args.get("tab", "")
    tab = Tab(asked) if asked in set(Tab) else Tab.OPEN
    after_id = request.args.get("after", type=database_id)
    found = queries.request_list(actor, tab, after_id)
    record_view(Event.REQUEST_LISTED, actor_id=actor.user_id, details={"shown": found.shown})
    return render_template(
        "requests/index.html", found=found, may_handle=actor.has(*HANDLERS), Tab=Tab
    )


@blueprint.route("/new", methods=["GET", "POST"])
@access(*HANDLERS, client_data=True)
def new() -> Page:
    """Register a request of a client; without a client, look for one first."""
    actor = current_actor()
    client_id = request.args.get("client", type=database_id)
    if client_id is None:
        return redirect(url_for(".find"), code=303)
    client = clients.client_card(actor, client_id)
    actor.require(client.register_id, *HANDLERS)
    form = forms.RequestForm()
    made = done(
        form,
        lambda: services.register_request(actor, client.register_id, client.id, **form.facts()),
    )
    if made is not None:
        page = queries.request_page(actor, made.id)
        flash(
            _(
                "Request %(reference)s was registered. The last day to answer is %(day)s.",
                reference=made.reference,
                day=format_date(page.row.due_on),
            ),
            "success",
        )
        return redirect(url_for(".show", request_id=made.id), code=303)
    _record_client(client)
    return render_template("requests/new.html", form=form, client=client), status(form)


@blueprint.get("/new/client")
@access(*HANDLERS)
def find() -> str:
    """Ask whose request it is."""
    return render_template("requests/find.html", typed="", hits=None)


@blueprint.post("/new/client")
@access(*HANDLERS, client_data=True)
def found_clients() -> str:
    """Clients by name, number or identity code, in the registers whose requests one handles."""
    actor = current_actor()
    typed = request.form.get("q", "")[:100].strip()
    within = actor.registers(*HANDLERS)
    hits = [
        hit for hit in clients.search(actor, typed) if within is None or hit.register_id in within
    ]
    record_view(
        Event.CLIENT_SEARCHED,
        actor_id=actor.user_id,
        details={"kind": str(search_kind(typed)), "shown": [hit.id for hit in hits]},
    )
    return render_template("requests/find.html", typed=typed, hits=hits)


@blueprint.get("/<int:request_id>")
@access(*HANDLERS, client_data=True)
def show(request_id: int) -> str:
    """One request: where it stands, why its deadline is what it is, what comes next."""
    page = _viewed(request_id)
    parts = package_parts(kind_of(page.request))
    return render_template("requests/request.html", page=page, parts=parts, Act=Act)


@blueprint.route("/<int:request_id>/identity", methods=["GET", "POST"])
@access(*HANDLERS, client_data=True)
def verify_identity(request_id: int) -> Page:
    """Record how it was made sure who asks."""
    form = forms.IdentityForm()
    return _act_page(
        request_id,
        Act.VERIFY,
        form,
        lambda: services.verify_identity(
            current_actor(), request_id, form.method.data, form.answered_on.data
        ),
        _("The identity was recorded as verified."),
    )


@blueprint.route("/<int:request_id>/suspend", methods=["GET", "POST"])
@access(*HANDLERS, client_data=True)
def suspend(request_id: int) -> Page:
    """Record that the person was asked for more."""
    form = forms.SuspensionForm()
    return _act_page(
        request_id,
        Act.SUSPEND,
        form,
        lambda: services.suspend(
            current_actor(),
            request_id,
            form.reason.data,
            form.asked_on.data,
            asked_late=form.asked_late.data,
        ),
        _("The question to the person was recorded."),
    )


@blueprint.route("/<int:request_id>/resume", methods=["GET", "POST"])
@access(*HANDLERS, client_data=True)
def resume(request_id: int) -> Page:
    """Record the person's answer."""
    form = forms.ResumptionForm()
    return _act_page(
        request_id,
        Act.RESUME,
        form,
        lambda: services.resume(current_actor(), request_id, form.answered_on.data),
        _("The person's answer was recorded, and the clock runs on."),
    )


@blueprint.route("/<int:request_id>/extend", methods=["GET", "POST"])
@access(*HANDLERS, client_data=True)
def extend(request_id: int) -> Page:
    """Record that the person was told of two further months."""
    form = forms.ExtensionForm()
    return _act_page(
        request_id,
        Act.EXTEND,
        form,
        lambda: services.extend(
            current_actor(), request_id, form.reason.data or "", form.told_on.data
        ),
        _("The extension was recorded."),
    )


@blueprint.route("/<int:request_id>/hand-over", methods=["GET", "POST"])
@access(*HANDLERS, client_data=True)
def hand_over(request_id: int) -> Page:
    """Record that the answer was given to the person."""
    form = forms.HandOverForm()
    return _act_page(
        request_id,
        Act.HAND_OVER,
        form,
        lambda: services.hand_over(
            current_actor(),
            request_id,
            form.channel.data,
            form.proof.data,
            form.handed_over_on.data,
        ),
        _("The hand-over was recorded. Close the request when the answer has arrived."),
    )


@blueprint.route("/<int:request_id>/close", methods=["GET", "POST"])
@access(*HANDLERS, client_data=True)
def close(request_id: int) -> Page:
    """End the request."""
    found = queries.request_page(current_actor(), request_id).request
    handed_over = found.handed_over_on is not None
    outcomes = (Outcome.ANSWERED,) if handed_over else (Outcome.REFUSED, Outcome.WITHDRAWN)
    form = forms.ClosingForm(outcomes, refusal_grounds(kind_of(found)))
    if handed_over and not form.is_submitted():
        form.outcome.data = Outcome.ANSWERED.value
    return _act_page(
        request_id,
        Act.CLOSE,
        form,
        lambda: services.close(
            current_actor(),
            request_id,
            form.outcome.data,
            ground=form.ground.data,
            closed_on=form.closed_on.data,
        ),
        _("The request was closed."),
    )


@blueprint.post("/<int:request_id>/package")
@access(*HANDLERS)
def build_package(request_id: int) -> AnyResponse:
    """Assemble the answer."""
    package = services.build_package(current_actor(), request_id)
    if package.omitted:
        flash(_("The package was assembled, but not all files could be put in."), "warning")
    else:
        flash(_("The package was assembled."), "success")
    return redirect(url_for(".show", request_id=request_id), code=303)


@blueprint.get("/<int:request_id>/package")
@access(*HANDLERS, client_data=True)
def open_package(request_id: int) -> Response:
    """The package as a file."""
    return _download(services.open_package(current_actor(), request_id))


@blueprint.get("/<int:request_id>/pick-list")
@access(*HANDLERS, client_data=True)
def pick_list(request_id: int) -> Response:
    """The list of papers to copy, as a PDF for staff."""
    return _download(services.pick_list(current_actor(), request_id))


def _act_page(
    request_id: int, act: Act, form: Form, do: Callable[[], object], message: str
) -> Page:
    """The form of an act, or the request again when it has been done."""
    if done(form, do) is not None:
        flash(message, "success")
        return redirect(url_for(".show", request_id=request_id), code=303)
    page = _viewed(request_id)
    if act not in page.acts:
        raise Conflict(_("This cannot be done to the request as it stands now."))
    today = clock.today()
    return render_template(f"requests/{act.value}.html", form=form, page=page, today=today), status(
        form
    )


def _viewed(request_id: int) -> RequestPage:
    """The request; that it is seen is written to the log."""
    actor = current_actor()
    page = queries.request_page(actor, request_id)
    record_view(
        Event.REQUEST_VIEWED,
        actor_id=actor.user_id,
        register_id=page.row.register_id,
        client_id=page.row.client_id,
        object_type=ObjectType.DATA_SUBJECT_REQUEST,
        object_id=request_id,
    )
    return page


def _record_client(client: clients.ClientCard) -> None:
    record_view(
        Event.CLIENT_VIEWED,
        actor_id=current_actor().user_id,
        register_id=client.register_id,
        client_id=client.id,
    )


def _download(found: Download) -> Response:
    answer = Response(found.pieces, mimetype=found.media_type)
    answer.content_length = found.size
    answer.headers.set("Content-Disposition", "attachment", filename=found.name)
    return answer
