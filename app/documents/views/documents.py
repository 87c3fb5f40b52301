"""The list of documents, one document, and its items."""

from io import BytesIO
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import CLIENT_ROLES, access, current_actor
from app.audit.events import Event, ObjectType
from app.audit.services import record_view
from app.documents import queries, services
from app.documents.forms import FilterForm, MoveForm, place_choices
from app.documents.views.common import Page, blueprint, listed
from app.documents.words import ITEM_KIND_WORDS
from app.registers.queries import register_choices
from app.web.acts import done, key, status
from app.web.i18n import gettext as _


@blueprint.get("/documents")
@access(*CLIENT_ROLES, client_data=True)
def index() -> str:
    """The documents that the person may see without giving a reason."""
    actor = current_actor()
    form = _filter_form()
    page = queries.document_list(actor, form.filters(), key("before"))
    listed(document.client_id for document in page.documents)
    chosen = {
        name: value
        for name, value in request.args.items()
        if value and name in form and form[name].data and name not in form.errors
    }
    return render_template(
        "documents/index.html",
        form=form,
        documents=page.documents,
        active=_active(form, chosen),
        older_url=_address(chosen, before=page.older_than) if page.older_than else None,
        first_url=_address(chosen) if key("before") else None,
        several=len(form.register.choices) > 2,
    )


def _filter_form() -> FilterForm:
    form = FilterForm(request.args)
    actor = current_actor()
    registers = register_choices(actor, *CLIENT_ROLES)
    services_, types = queries.filter_choices([id_ for id_, _name in registers])
    form.offer(registers, services_, types, queries.locations(actor))
    form.validate()
    return form


def _active(form: FilterForm, chosen: dict[str, str]) -> list[tuple[str, str]]:
    """Each filter in use with the address of the list without it."""
    active = []
    for name, value in chosen.items():
        field = form[name]
        choices = getattr(field, "choices", None) or []
        labels = {str(choice.value): choice.label for choice in choices}
        without = {other: each for other, each in chosen.items() if other != name}
        text = f"{field.label.text}: {labels.get(value, value)}"
        active.append((text, _address(without)))
    return active


def _address(chosen: dict[str, str], **more: Any) -> str:
    """The list with these filters."""
    parameters: dict[str, Any] = {**chosen, **more}
    return url_for("documents.index", **parameters)


@blueprint.get("/documents/<int:document_id>")
@access(*CLIENT_ROLES, client_data=True)
def show(document_id: int) -> str:
    """One document: why it is kept until its day, where its items are, what has happened."""
    actor = current_actor()
    view = queries.document_page(actor, document_id)
    record_view(
        Event.DOCUMENT_VIEWED,
        actor_id=actor.user_id,
        register_id=view.row.register_id,
        client_id=view.row.client_id,
        object_type=ObjectType.DOCUMENT,
        object_id=document_id,
    )
    return render_template(
        "documents/show.html", view=view, row=view.row, item_kinds=ITEM_KIND_WORDS
    )


@blueprint.get("/items/<int:item_id>/content")
@access(*CLIENT_ROLES, client_data=True)
def content(item_id: int) -> Response:
    """The file of an item, as a download; the service logs it before a byte leaves."""
    name, media_type, pieces = services.open_item(current_actor(), item_id)
    file = BytesIO(b"".join(pieces))
    return send_file(file, mimetype=media_type, as_attachment=True, download_name=name)


@blueprint.route("/items/<int:item_id>/location", methods=["GET", "POST"])
@access(*CLIENT_ROLES, client_data=True)
def move(item_id: int) -> Page:
    """Put a piece of paper into another place."""
    actor = current_actor()
    view, item = queries.item_page(actor, item_id)
    listed([view.row.client_id], view.row.register_id)
    form = MoveForm()
    places = queries.locations(actor, view.row.register_id)
    form.location_id.choices = place_choices(places)
    moved = done(form, lambda: services.move_item(actor, item_id, form.location_id.data))
    if moved is not None:
        flash(_("The new place was recorded."), "success")
        return redirect(url_for("documents.show", document_id=view.row.id), code=303)
    page = render_template("documents/move.html", form=form, view=view, row=view.row, item=item)
    return page, status(form)
