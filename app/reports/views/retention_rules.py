"""Pages of retention rules: the list, and one rule with its versions and what it governs."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from app.accounts.permissions import current_actor, signed_in
from app.reports.forms import RuleFilterForm
from app.reports.queries import retention_rules as queries
from app.retention.explain import ACTION_WORDS, period_in_words
from app.retention.words import CUT_OFF_WORDS, certainty_words, length_words, standing

blueprint = Blueprint("retention", __name__, url_prefix="/retention-rules")

_WORDS = {
    "action_words": ACTION_WORDS,
    "certainty_words": certainty_words,
    "cut_off_words": CUT_OFF_WORDS,
    "length_words": length_words,
    "period_in_words": period_in_words,
    "standing": standing,
}


@blueprint.get("")
@signed_in
def index() -> str:
    """The rules: how long, from what, what then, by which law, how sure, and what they govern."""
    form = RuleFilterForm(request.args)
    form.offer(queries.registers_in_force())
    form.validate()
    active = form.active()
    asked: dict[str, Any] = {name: typed for name, (typed, _words) in active.items()}
    if not form.order.errors:
        asked["order"] = form.order.data
    return render_template(
        "retention/index.html",
        form=form,
        rules=queries.rule_list(current_actor(), form.wanted()),
        active=[
            (words, url_for(".index", **{key: asked[key] for key in asked if key != name}))
            for name, (_typed, words) in active.items()
        ],
        **_WORDS,
    )


@blueprint.get("/<string:key>")
@signed_in
def show(key: str) -> str:
    """One rule: its facts, its versions with what each changed, its uses and documents."""
    page = queries.rule_page(current_actor(), key)
    return render_template("retention/show.html", page=page, policy=page.policy, **_WORDS)
