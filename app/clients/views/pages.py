"""Pages of clients: lists and search, details, episodes, consents, and what is asked first."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from app import clock
from app.accounts.permissions import CLIENT_ROLES, Role, access, current_actor
from app.audit.events import Event
from app.audit.services import record_view
from app.clients import explain, forms, queries, rules, services
from app.clients.queries import ClientCard
from app.clients.services import EDITORS
from app.clients.views.common import Page, blueprint, viewed
from app.registers.definitions import ServiceType
from app.registers.queries import current_definition, register_choices
from app.web.acts import done, key, status
from app.web.i18n import gettext as _
from app.web.i18n import pick
from app.web.views import local_path


@blueprint.app_template_global()
def client_url(client_id: int) -> str:
    """The client's page, which shows documents and therefore belongs to their package."""
    return url_for("documents.client_page", client_id=client_id)


@blueprint.app_errorhandler(queries.ReasonNeeded)
def ask_reason(needed: queries.ReasonNeeded) -> Response:
    """Ask for a reason, then lead back to where it was needed."""
    methods = request.url_rule.methods if request.url_rule else None
    if request.method == "GET":
        target = request.full_path.rstrip("?")
    else:
        target = request.path if "GET" in (methods or ()) else client_url(needed.client_id)
    page = url_for("clients.give_reason", client_id=needed.client_id, next=target)
    return redirect(page, code=303)


@blueprint.get("")
@access(*CLIENT_ROLES, client_data=True)
def index() -> str:
    """The own caseload, or all clients of the person's registers."""
    actor = current_actor()
    own = actor.has(Role.STAFF) and request.args.get("tab") != "all"
    page = queries.client_list(actor, own=own, before_id=key("before"), after_id=key("after"))
    shown = [hit.id for hit in page.clients]
    record_view(Event.CLIENT_LISTED, actor_id=actor.user_id, details={"shown": shown})
    return render_template(
        "clients/index.html",
        page=page,
        tab="own" if own else "all",
        registers=dict(register_choices(actor, *CLIENT_ROLES)),
        may_add=actor.has(*EDITORS),
    )


@blueprint.get("/search")
@access(*CLIENT_ROLES)
def search_form() -> Response:
    """A search leaves nothing in its address, so there is nothing to repeat."""
    return redirect(url_for("clients.index"), code=303)


@blueprint.post("/search")
@access(*CLIENT_ROLES, client_data=True)
def search() -> str:
    """Clients by name, client number or identity code."""
    actor = current_actor()
    typed = request.form.get("q", "")[:100].strip()
    hits = queries.search(actor, typed)
    kind = rules.search_kind(typed)
    record_view(
        Event.CLIENT_SEARCHED,
        actor_id=actor.user_id,
        details={"kind": str(kind), "shown": [hit.id for hit in hits]},
    )
    return render_template(
        "clients/search.html",
        typed=typed,
        hits=hits,
        full=len(hits) == queries.SEARCH_LIMIT,
        refused=_code_refusal(typed) if kind is rules.SearchKind.CODE else None,
        code_fault=explain.code_fault,
        registers=dict(register_choices(actor, *CLIENT_ROLES)),
        may_add=actor.has(*EDITORS),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@access(*EDITORS)
def new() -> Page:
    """Enter a client, then go on to the first episode."""
    actor = current_actor()
    registers = register_choices(actor, *EDITORS)
    form = forms.NewClientForm()
    form.register_id.choices = forms.options(registers)
    if len(registers) == 1:
        del form.register_id
    client = done(
        form,
        lambda: services.create_client(
            actor,
            form.register_id.data if "register_id" in form else registers[0][0],
            **form.details(),
        ),
    )
    if client is not None:
        flash(_("The client was saved with number %(number)s.", number=client.number), "success")
        return redirect(url_for("clients.new_episode", client_id=client.id), code=303)
    page = render_template("clients/new.html", form=form, registers=registers)
    return page, status(form)


@blueprint.route("/<int:client_id>/edit", methods=["GET", "POST"])
@access(*EDITORS, Role.REQUEST_HANDLER, client_data=True)
def edit(client_id: int) -> Page:
    """Change a client's details."""
    actor = current_actor()
    form = forms.EditClientForm()
    saved = done(
        form,
        lambda: services.change_client(
            actor,
            client_id,
            **form.details(),
            remove_identity_code=form.remove_identity_code.data,
        ),
    )
    if saved is not None:
        flash(_("The client's details were saved."), "success")
        return redirect(client_url(client_id), code=303)
    client = viewed(client_id)
    if not form.is_submitted():
        form.show(client)
    return render_template("clients/edit.html", form=form, client=client), status(form)


@blueprint.route("/<int:client_id>/reason", methods=["GET", "POST"])
@access(Role.STAFF)
def give_reason(client_id: int) -> Page:
    """Why a client outside the caseload is opened; then back to what was being opened."""
    actor = current_actor()
    number = queries.client_number(actor, client_id)
    form = forms.ReasonForm()
    target = local_path(request.values.get("next") or client_url(client_id))
    given = done(form, lambda: services.open_outside_caseload(actor, client_id, form.reason.data))
    if given is not None:
        return redirect(target, code=303)
    page = render_template("clients/reason.html", form=form, number=number, target=target)
    return page, status(form)


@blueprint.route("/<int:client_id>/identity-code", methods=["GET", "POST"])
@access(*CLIENT_ROLES, client_data=True)
def identity_code(client_id: int) -> Page:
    """Ask why, then show the whole identity code once."""
    actor = current_actor()
    form = forms.RevealForm()
    code = done(form, lambda: services.reveal_identity_code(actor, client_id, form.reason.data))
    client = viewed(client_id)
    page = render_template("clients/identity_code.html", form=form, client=client, code=code)
    return page, status(form)


@blueprint.route("/<int:client_id>/episodes/new", methods=["GET", "POST"])
@access(*EDITORS, client_data=True)
def new_episode(client_id: int) -> Page:
    """Start an episode in a service of the register."""
    actor = current_actor()
    client = viewed(client_id)
    offered = current_definition(client.register_id).services
    form = forms.EpisodeForm()
    form.service.choices = _service_options(offered)
    form.worker.choices = forms.options(queries.staff_of(client.register_id))
    started = done(
        form,
        lambda: services.start_episode(
            actor,
            client_id,
            form.service.data,
            form.started_on.data,
            form.worker.data,
            coaching_number=form.coaching_number.data,
        ),
    )
    if started is not None:
        flash(_("The service was started."), "success")
        return redirect(client_url(client_id), code=303)
    if not form.is_submitted():
        form.worker.data = actor.user_id
    waiting = [service.key for service in _without_consent(client, offered)]
    page = render_template("clients/episode.html", form=form, client=client, waiting=waiting)
    return page, status(form)


@blueprint.route("/<int:client_id>/consents", methods=["GET", "POST"])
@access(*EDITORS, Role.REQUEST_HANDLER, client_data=True)
def consents(client_id: int) -> Page:
    """The client's consents, and a new one recorded."""
    actor = current_actor()
    client = viewed(client_id)
    missing = _without_consent(client, current_definition(client.register_id).services)
    form = forms.ConsentForm()
    form.service.choices = _service_options(missing)
    if len(missing) == 1 and not form.is_submitted():
        form.service.data = missing[0].key
    given = done(
        form,
        lambda: services.give_consent(actor, client_id, form.service.data, form.given_on.data),
    )
    if given is not None:
        flash(_("The consent was recorded."), "success")
        return redirect(url_for("clients.consents", client_id=client_id), code=303)
    page = render_template(
        "clients/consents.html",
        form=form,
        client=client,
        consents=queries.consent_lines(client),
        texts={service.key: pick(service.consent_text) for service in missing},
        may_give=actor.has(*EDITORS, register_id=client.register_id),
    )
    return page, status(form)


@blueprint.route("/consents/<int:consent_id>/withdraw", methods=["GET", "POST"])
@access(*EDITORS, Role.REQUEST_HANDLER, client_data=True)
def withdraw(consent_id: int) -> Page:
    """Record that a client has withdrawn a consent."""
    actor = current_actor()
    client = viewed(queries.client_of_consent(consent_id))
    (consent,) = (line for line in queries.consent_lines(client) if line.id == consent_id)
    form = forms.WithdrawalForm()
    withdrawn = done(
        form, lambda: services.withdraw_consent(actor, consent_id, form.withdrawn_on.data)
    )
    if withdrawn is not None:
        flash(_("The withdrawal was recorded."), "success")
        return redirect(url_for("clients.consents", client_id=client.id), code=303)
    page = render_template("clients/withdraw.html", form=form, client=client, consent=consent)
    return page, status(form)


def _service_options(offered: tuple[ServiceType, ...]) -> list[SelectChoice]:
    return forms.options((service.key, pick(service.name)) for service in offered)


def _without_consent(
    client: ClientCard, offered: tuple[ServiceType, ...]
) -> tuple[ServiceType, ...]:
    """The services that need a separate consent which the client has not given."""
    return tuple(
        service
        for service in offered
        if service.consent_required and not queries.has_consent(client.id, service.key)
    )


def _code_refusal(typed: str) -> rules.CodeRefused | None:
    try:
        rules.read_identity_code(typed, artificial_allowed=True, as_of=clock.today())
    except rules.CodeRefused as refused:
        return refused
    return None
