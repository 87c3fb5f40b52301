"""Hand-overs: lists, a new one, its slip, and the receiver's answer."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import CLIENT_ROLES, access, current_actor
from app.clients.forms import options
from app.documents import queries, services
from app.documents.forms import NONE, HandOverForm, RefusalForm, place_choices
from app.documents.queries import DocumentRow, HandOverRow, ItemRow
from app.documents.rules import RefusalReason
from app.documents.views.common import Page, blueprint, keys, listed
from app.documents.words import HAND_OVER_WORDS, ITEM_KIND_WORDS, REFUSAL_WORDS
from app.web.acts import done, key, status
from app.web.i18n import format_date
from app.web.i18n import gettext as _

Papers = list[tuple[DocumentRow, ItemRow]]


@blueprint.get("/hand-overs")
@access(*CLIENT_ROLES)
def hand_overs() -> str:
    """What waits for the person, what the person has given, and all of the registers."""
    actor = current_actor()
    asked = request.args.get("view", "waiting")
    view = asked if asked in ("given", "all") else "waiting"
    rows, older = queries.hand_over_list(actor, view, key("before"))
    return render_template(
        "documents/hand_overs.html",
        rows=rows,
        view=view,
        waiting=len(queries.open_hand_overs(actor)),
        states=HAND_OVER_WORDS,
        older_url=url_for("documents.hand_overs", view=view, before=older) if older else None,
    )


@blueprint.route("/hand-overs/new", methods=["GET", "POST"])
@access(*CLIENT_ROLES, client_data=True)
def new_hand_over() -> Page:
    """Choose papers, the receiver and what for."""
    actor = current_actor()
    papers = queries.papers_to_hand_over(actor, client_id=key("client"), item_ids=keys("item"))
    listed(document.client_id for document, _item in papers)
    if not papers:
        return render_template("documents/no_papers.html", client_id=key("client"))
    form = _hand_over_form(papers)
    given = done(
        form,
        lambda: services.hand_over(
            actor,
            form.items.data,
            form.to_user_id.data or 0,
            form.purpose.data,
            form.to_location_id.data,
        ),
    )
    if given is not None:
        flash(
            _("Handed over as %(slip)s; it waits for the answer.", slip=given.reference), "success"
        )
        return redirect(url_for("documents.hand_over", hand_over_id=given.id), code=303)
    hints = {item.id: item.place or _("with you") for _document, item in papers}
    page = render_template(
        "documents/new_hand_over.html", form=form, hints=hints, client_id=key("client")
    )
    return page, status(form)


def _hand_over_form(papers: Papers) -> HandOverForm:
    actor = current_actor()
    form = HandOverForm()
    register_id = papers[0][0].register_id
    form.items.choices = options(
        (item.id, f"{document.title} {format_date(document.dated_on)} · {document.client}")
        for document, item in papers
    )
    form.to_user_id.choices = options([NONE, *queries.receivers(actor, register_id)])
    form.to_location_id.choices = place_choices(queries.locations(actor, register_id))
    if not form.is_submitted():
        only = [item.id for _document, item in papers] if len(papers) == 1 else []
        form.items.data = keys("item") or only
    return form


@blueprint.get("/hand-overs/<int:hand_over_id>")
@access(*CLIENT_ROLES, client_data=True)
def hand_over(hand_over_id: int) -> Page:
    """The slip, with the receiver's two answers."""
    return _slip(hand_over_id, RefusalForm())


def _slip(hand_over_id: int, form: RefusalForm) -> Page:
    actor = current_actor()
    slip = queries.slip(actor, hand_over_id)
    listed(slip.client_ids, slip.row.register_id)
    page = render_template(
        "documents/hand_over.html",
        form=form,
        slip=slip,
        row=slip.row,
        state=HAND_OVER_WORDS[slip.row.state],
        refusal=_refusal(slip.row),
        item_kinds=ITEM_KIND_WORDS,
        may_answer=slip.row.state == "open" and slip.row.to_user_id == actor.user_id,
    )
    return page, status(form)


def _refusal(row: HandOverRow) -> str | None:
    reason = row.refusal_reason
    return str(REFUSAL_WORDS[RefusalReason(reason)]) if reason else None


@blueprint.post("/hand-overs/<int:hand_over_id>/acknowledge")
@access(*CLIENT_ROLES)
def acknowledge(hand_over_id: int) -> Response:
    """The receiver has the papers."""
    services.acknowledge(current_actor(), hand_over_id)
    flash(_("Acknowledged: you now answer for the papers."), "success")
    return redirect(url_for("documents.hand_over", hand_over_id=hand_over_id), code=303)


@blueprint.post("/hand-overs/<int:hand_over_id>/refuse")
@access(*CLIENT_ROLES, client_data=True)
def refuse(hand_over_id: int) -> Page:
    """The receiver does not take the papers, and says why."""
    form = RefusalForm()
    refused = done(
        form,
        lambda: services.refuse_hand_over(current_actor(), hand_over_id, form.reason.data),
    )
    if refused is None:
        return _slip(hand_over_id, form)
    flash(_("The papers were not taken; the giver still answers for them."), "success")
    return redirect(url_for("documents.hand_over", hand_over_id=hand_over_id), code=303)
