"""What changed between two versions of a register, said to a person."""

from flask import render_template, request

from app.accounts.permissions import signed_in
from app.registers import queries
from app.registers.differences import Audience, explain_change, for_audience
from app.registers.differences.texts import AUDIENCE_WORDS
from app.registers.pages import changes_since
from app.registers.views.common import blueprint, record_view_of, version_page_of


@blueprint.get("/<int:register_id>/versions/<int:number>/difference")
@signed_in
def difference(register_id: int, number: int) -> str:
    """What is different from the published version before it, or another: `?from=`, its number."""
    page = version_page_of(register_id, number)
    others = [each for each in queries.versions(register_id) if each.number != number]
    asked = request.args.get("from", type=int)
    before = next((each for each in others if each.number == asked), page.before)
    changes = changes_since(before, page) if before is not None else ()
    record_view_of(page)
    return render_template(
        "registers/difference.html",
        page=page,
        before=before,
        others=others,
        groups=[(AUDIENCE_WORDS[who], for_audience(changes, who)) for who in Audience],
        explain_change=explain_change,
    )
