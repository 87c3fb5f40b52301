"""My desk and the access log."""

from typing import Any

from flask import Blueprint, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from app import clock
from app.accounts.permissions import Role, access, current_actor, signed_in
from app.audit.events import Event
from app.audit.labels import problem_label, status_label
from app.audit.queries import LogFilter
from app.audit.services import record_view, sequence_pending
from app.destruction.explain import STATE_TAGS, STATE_WORDS
from app.reports import services
from app.reports.desk import desk_of
from app.reports.forms import LogFilterForm
from app.reports.queries import log
from app.web.forms import database_id
from app.web.problems import InputError

blueprint = Blueprint("reports", __name__)

Page = str | tuple[str, int]


@blueprint.get("/")
@signed_in
def desk() -> str:
    """What waits for this person today. Names no client, so it leaves no entry of its own."""
    actor = current_actor()
    return render_template(
        "reports/desk.html",
        desk=desk_of(actor),
        reads_log=actor.has(*log.READERS),
        state_words=STATE_WORDS,
        state_tags=STATE_TAGS,
    )


@blueprint.get("/access-log")
@access(*log.READERS, client_data=True)
def access_log() -> Page:
    """The entries of the log, newest first, and how far it is signed for."""
    actor = current_actor()
    sequence_pending()
    form = LogFilterForm(request.args)
    form.offer(log.persons(), log.registers(actor))
    wanted = _wanted(form)
    page = log.log_page(wanted, request.args.get("before", type=database_id)) if wanted else None
    record_view(
        Event.LOG_VIEWED,
        actor_id=actor.user_id,
        details={"shown": page.client_ids if page else []},
    )
    answer = render_template(
        "reports/access_log.html",
        form=form,
        page=page,
        coverage=log.coverage(),
        checkpoint=log.newest_checkpoint(),
        vkey=log.vkey(),
        may_export=log.may_export(actor),
        **_links(form, page),
    )
    return answer, 422 if form.errors else 200


@blueprint.post("/access-log/verify")
@access(*log.READERS)
def verify_log() -> str:
    """Recompute the log and show what was found."""
    report = services.verify(current_actor())
    return render_template(
        "reports/verification.html",
        report=report,
        status=status_label(report.status),
        problem=problem_label(report.problem) if report.problem else "",
    )


@blueprint.post("/access-log/export")
@access(Role.AUDITOR)
def export_log() -> Response:
    """The whole log with its checkpoint and key, for verification elsewhere."""
    archive = services.export(current_actor())
    name = f"seloste-log-{clock.today().isoformat()}.zip"
    return send_file(archive, "application/zip", as_attachment=True, download_name=name)


def _wanted(form: LogFilterForm) -> LogFilter | None:
    """What the form asks for; None when it cannot be read, with the reason beside the field."""
    if not form.validate():
        return None
    try:
        return log.log_filter(
            current_actor(),
            person=_number(form.person.data),
            event=form.event.data,
            register_id=_number(form.register.data),
            client_number=_number(form.client.data),
            since=form.since.data,
            until=form.until.data,
        )
    except InputError as problem:
        form.attach(problem)
        return None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.strip() else None


def _links(form: LogFilterForm, page: log.LogPage | None) -> dict[str, object]:
    """The ways on from a page of the log: without one of its filters, to older entries, to all."""
    active = form.active()
    asked: dict[str, Any] = {name: typed for name, (typed, _words) in active.items()}
    here = url_for(".access_log", **asked)
    chips = [
        (words, url_for(".access_log", **{key: asked[key] for key in asked if key != name}))
        for name, (_typed, words) in active.items()
    ]
    older = url_for(".access_log", **asked, before=page.older) if page and page.older else None
    return {
        "active": chips,
        "newest_url": here if "before" in request.args else None,
        "older_url": older,
    }
