"""What the pages of a draft share: who opens it, how its forms are made, where saving leads."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import current_actor
from app.registers import queries
from app.registers.editor.inputs import Builder
from app.registers.editor.names import targets
from app.registers.pages import VersionPage
from app.registers.services import EDITORS
from app.registers.views.common import record_view_of, version_page_of
from app.web.forms import without_control_characters
from app.web.i18n import gettext as _
from app.web.i18n import pick
from app.web.problems import Conflict

DRAFT = "/<int:register_id>/versions/<int:number>/edit"
# Where a page says what was done.
TOLD = "told"


@dataclass(frozen=True)
class FormProblems:
    """What the layout asks of a form: all that is wrong in it, by the id of the control."""

    errors: list[tuple[str, str]]


def draft_of(register_id: int, number: int) -> VersionPage:
    """A draft that the person may edit; the log says that it was opened.

    What is sent to a version that is not a draft any more goes on to the service, which refuses it:
    the page that sent it then shows again what was typed.
    """
    current_actor().require(register_id, *EDITORS)
    page = version_page_of(register_id, number)
    if page.version.state != "draft" and request.method != "POST":
        raise Conflict(_("This version is not a draft any more, so it cannot be edited."))
    record_view_of(page)
    return page


def closed_words(closed: Conflict) -> str:
    """Why a version cannot be edited any more, and where what was typed is."""
    kept = _(
        "What you typed is still on this page: copy it from here, or save it when the version has "
        "been returned for changes."
    )
    return f"{closed.message} {kept}"


def builder_for(page: VersionPage, *, typed: bool, spare: int = 1) -> Builder:
    """Makes inputs for a version: of what the form that came says, or of what is stored."""
    rules = [(key, pick(policy.name)) for key, policy in page.policies.items()]
    names = queries.register_names()
    registers = {key: names[id_] for id_, key in queries.register_keys().items()}
    form = {
        # Browsers end the lines of a text with two characters.
        name: [without_control_characters(v).replace("\r\n", "\n") for v in values]
        for name, values in request.form.lists()
    }
    known = targets(page.definition, rules, registers)
    more = request.form.get("more", "") if typed else ""
    return Builder(known, form if typed else None, max(spare, 1), more)


def saved_to(
    page: VersionPage, endpoint: str, anchor: str = TOLD, *, merged: bool = False, **values: Any
) -> Response:
    """Say that the draft was saved, and go to a page of it.

    `merged`: somebody else had changed another place meanwhile.
    """
    if merged:
        flash(_("Somebody else had changed another part meanwhile; both changes are kept."), "info")
    flash(_("The draft was saved."), "success")
    number = page.version.number
    where = url_for(endpoint, register_id=page.register_id, number=number, _anchor=anchor, **values)
    return redirect(where, code=303)
