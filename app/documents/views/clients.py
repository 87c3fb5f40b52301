"""The client's page, logging a document for the client, and the end of an episode."""

from flask import flash, redirect, render_template, request, url_for

from app import clock
from app.accounts.permissions import CLIENT_ROLES, Role, access, current_actor
from app.clients.queries import ClientCard, EpisodeLine, ReasonNeeded, client_card
from app.clients.services import EDITORS
from app.documents import queries, services
from app.documents.forms import EndForm, LogForm
from app.documents.models import Document
from app.documents.queries import AllowedType
from app.documents.views.common import Page, blueprint, viewed
from app.documents.words import period_and_trigger
from app.registers.models import RegisterVersion
from app.registers.queries import definition_of, version_in_force
from app.retention.queries import rules_in_force
from app.web.acts import done, status
from app.web.forms import database_id
from app.web.i18n import gettext as _
from app.web.i18n import pick
from app.web.problems import Conflict, NotFound


@blueprint.get("/clients/<int:client_id>")
@access(*CLIENT_ROLES, client_data=True)
def client_page(client_id: int) -> str:
    """The client: documents with their items, services, and what has happened."""
    actor = current_actor()
    client = viewed(client_id)
    documents = queries.documents_of_client(actor, client_id)
    return render_template(
        "documents/client.html",
        client=client,
        documents=documents,
        pieces=sum(len(document.items) for document in documents),
        timeline=queries.timeline(actor, client_id),
        may_log=actor.has(Role.STAFF, register_id=client.register_id),
        may_edit=actor.has(*EDITORS, register_id=client.register_id),
    )


@blueprint.route("/clients/<int:client_id>/documents/new", methods=["GET", "POST"])
@access(Role.STAFF, client_data=True)
def new(client_id: int) -> Page:
    """Choose a service and a type; then the form with what the register lets that pair have."""
    client = viewed(client_id)
    version = _version(client)
    definition = definition_of(version.id)
    episode = _episode(client)
    if episode is None:
        return _choose(client, version)
    allowed = queries.allowed_type(definition, episode.service_key, request.args.get("type", ""))
    if allowed is None:
        return _choose(client, version)
    return _log(client, episode, allowed, version)


def _choose(client: ClientCard, version: RegisterVersion) -> str:
    definition = definition_of(version.id)
    running = {episode.id for episode in client.running}
    offered = [
        (episode, queries.allowed_types(definition, episode.service_key))
        for episode in sorted(client.episodes, key=lambda each: each.id not in running)
    ]
    return render_template(
        "documents/choose.html",
        client=client,
        version=version,
        offered=offered,
        kept={rule.policy.key: period_and_trigger(rule.policy) for rule in rules_in_force()},
    )


def _log(
    client: ClientCard, episode: EpisodeLine, allowed: AllowedType, version: RegisterVersion
) -> Page:
    actor = current_actor()
    form = LogForm()
    form.offer(allowed, queries.locations(actor, client.register_id))
    document = done(
        form,
        lambda: services.log_document(
            actor,
            episode_id=episode.id,
            document_type_key=allowed.key,
            **form.details(actor.user_id),
        ),
    )
    if document is not None:
        return redirect(_after_logging(document, allowed), code=303)
    rules = {rule.policy.key: rule.policy for rule in rules_in_force()}
    page = render_template(
        "documents/log.html",
        form=form,
        client=client,
        episode=episode,
        allowed=allowed,
        version=version,
        rule=rules.get(allowed.rule.retention_rule or ""),
        period_and_trigger=period_and_trigger,
    )
    return page, status(form)


def _after_logging(document: Document, allowed: AllowedType) -> str:
    """Where to go on: to the client, or to the next document of the same client."""
    flash(_("Logged: %(title)s.", title=pick(allowed.document_type.name)), "success")
    page = "documents.new" if request.form.get("then") == "next" else "documents.client_page"
    return url_for(page, client_id=document.client_id)


@blueprint.route("/episodes/<int:episode_id>/end", methods=["GET", "POST"])
@access(*EDITORS, client_data=True)
def end_episode(episode_id: int) -> Page:
    """End a client's time in a service; the clocks that wait for it start."""
    actor = current_actor()
    client = viewed(queries.client_of_episode(episode_id))
    episode = next(each for each in client.episodes if each.id == episode_id)
    if episode.ended_on is not None and request.method == "GET":
        raise Conflict(_("This episode has ended already."))
    form = EndForm()
    ended = done(form, lambda: services.end_episode(actor, episode_id, form.ended_on.data))
    if ended is not None:
        flash(_("The service was ended; the clocks that waited for it have started."), "success")
        return redirect(_page_after_end(client), code=303)
    documents = queries.documents_of_client(actor, client.id)
    waiting = sum(each.kept.state == "waiting" for each in documents)
    page = render_template(
        "documents/end_episode.html", form=form, client=client, episode=episode, waiting=waiting
    )
    return page, status(form)


def _page_after_end(client: ClientCard) -> str:
    """The client's page, unless the end lies so far back that it would ask for a reason now."""
    try:
        client_card(current_actor(), client.id)
    except ReasonNeeded:
        return url_for("clients.index")
    return url_for("documents.client_page", client_id=client.id)


def _version(client: ClientCard) -> RegisterVersion:
    version = version_in_force(client.register_id, clock.today())
    if version is None:
        raise NotFound(client.register_id)
    return version


def _episode(client: ClientCard) -> EpisodeLine | None:
    """The episode named in the address, if it is this client's."""
    wanted = request.args.get("episode", type=database_id)
    return next((each for each in client.episodes if each.id == wanted), None)
