"""Merging two document types of a draft: choose, see what changes, do it."""

import json

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from app.accounts.permissions import access, current_actor
from app.registers import services
from app.registers.editor.labels import page_label
from app.registers.editor.merging import merge
from app.registers.pages import VersionPage
from app.registers.services import EDITORS
from app.registers.views.common import blueprint
from app.registers.views.drafts import DRAFT, draft_of, saved_to
from app.web.i18n import pick

_MERGE = f"{DRAFT}/document-types/<string:member>/merge"


@blueprint.get(_MERGE)
@access(*EDITORS)
def merge_type(register_id: int, number: int, member: str) -> str:
    """Choose the type that stays; then see what the merge does."""
    page = draft_of(register_id, number)
    into = request.args.get("into", "")
    choices = _choices(page, member)
    plan = merge(json.loads(page.version.content), member, into) if into in choices else None
    definition = page.definition
    return render_template(
        "registers/edit_merge.html",
        page=page,
        member=member,
        label=page_label("document_types"),
        title=pick(definition.document_type(member).name),
        choices=choices,
        into=into,
        plan=plan,
        services={each.key: pick(each.name) for each in definition.services},
        categories={each.key: pick(each.name) for each in definition.data_categories},
    )


@blueprint.post(_MERGE)
@access(*EDITORS)
def merge_types(register_id: int, number: int, member: str) -> Response:
    """Merge as was shown."""
    page = draft_of(register_id, number)
    into = request.form.get("into", "")
    if into not in _choices(page, member):
        abort(404)
    seen = request.form.get("content_hash", "")
    services.merge_types(current_actor(), page.version.id, member, into, seen)
    return saved_to(page, ".edit_part", part="document_types")


def _choices(page: VersionPage, member: str) -> dict[str, str]:
    """The types in use into which a type in use can be merged."""
    names = {kind.key: pick(kind.name) for kind in page.definition.offered_types()}
    if names.pop(member, None) is None:
        abort(404)
    return names
