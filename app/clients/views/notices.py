"""Privacy notices given to clients: recorded for one client, and who has still to be told."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from app import clock
from app.accounts.permissions import Actor, Role, access, current_actor
from app.audit.events import Event
from app.audit.services import record_view
from app.clients import forms, queries, services
from app.clients.explain import NOTICE_CHANNELS
from app.clients.queries import ClientCard, NoticeStanding
from app.clients.services import EDITORS
from app.clients.views.common import Page, blueprint, viewed
from app.registers import editions
from app.registers.queries import latest_definition
from app.registers.services import edition_line
from app.web.acts import done, key, status
from app.web.i18n import LANGUAGES
from app.web.i18n import gettext as _

recipients_blueprint = Blueprint("recipients", __name__, url_prefix="/registers")


@blueprint.app_template_global()
def notice_standing(client_id: int, register_id: int) -> NoticeStanding:
    """Which notice the client has been given, for pages that show the client."""
    return queries.notice_standing(client_id, register_id)


@blueprint.app_template_global()
def notice_recipient_count(register_id: int) -> int:
    """How many clients of a register have to be told of its notice."""
    actor = g.get("actor")
    return queries.recipient_count(actor, register_id) if isinstance(actor, Actor) else 0


@blueprint.app_template_filter("notice_channel")
def notice_channel(channel: str) -> str:
    """How a notice was given, in words."""
    return {str(known): str(words) for known, words in NOTICE_CHANNELS.items()}[channel]


@blueprint.route("/<int:client_id>/notices", methods=["GET", "POST"])
@access(*EDITORS, client_data=True)
def given_notices(client_id: int) -> Page:
    """The notices that a client has been given, and a new one recorded."""
    client = viewed(client_id)
    offered = editions.editions_for(client.register_id, clock.today())
    form = _form(client, offered)
    given = done(
        form,
        lambda: services.give_notice(
            current_actor(),
            client_id,
            form.edition.data,
            form.language.data,
            form.channel.data,
            form.given_on.data,
        ),
    )
    if given is not None:
        flash(_("It was recorded that the client was given the notice."), "success")
        return redirect(url_for("clients.given_notices", client_id=client_id), code=303)
    page = render_template(
        "clients/notices.html",
        form=form,
        client=client,
        lines=queries.notice_lines(client_id),
        offered=offered,
        names=LANGUAGES,
    )
    return page, status(form)


@recipients_blueprint.get("/<int:register_id>/notice-recipients")
@access(Role.DATA_PROTECTION_OFFICER, Role.REGISTER_OWNER, Role.STAFF, client_data=True)
def notice_recipients(register_id: int) -> str:
    """Clients who have not been given what the register's notice tells now."""
    actor = current_actor()
    definition = latest_definition(register_id)
    page = queries.recipients(actor, register_id, after_id=key("after"))
    record_view(
        Event.NOTICE_RECIPIENTS_LISTED,
        actor_id=actor.user_id,
        register_id=register_id,
        details={"shown": [client.id for client in page.clients]},
    )
    return render_template(
        "clients/notice_recipients.html",
        page=page,
        definition=definition,
        register_id=register_id,
        count=queries.recipient_count(actor, register_id),
        may_record=actor.has(*EDITORS, register_id=register_id),
        first="after" not in request.args,
    )


def _form(client: ClientCard, offered: Sequence[editions.Edition]) -> forms.NoticeForm:
    """The form with the edition in force and the client's language chosen already."""
    form = forms.NoticeForm()
    form.edition.choices = forms.options((each.id, _edition_words(each)) for each in offered)
    made = {code for each in offered for code, _kind, _hash in each.files}
    form.language.choices = forms.options(
        (code, name) for code, name in LANGUAGES.items() if code in made or not offered
    )
    if not form.is_submitted():
        current = editions.current_edition(offered, clock.today())
        form.edition.data = current.id if current is not None else None
        form.language.data = client.language if client.language in made else None
    return form


def _edition_words(edition: editions.Edition) -> str:
    return edition_line(edition.number, edition.in_force_from)
