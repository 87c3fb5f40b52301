"""Pages of retention rules: the list, one rule with all it governs, and its confirmation."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Role, access, current_actor, signed_in
from app.reports.forms import RuleFilterForm
from app.reports.queries import retention_rules as queries
from app.retention import services
from app.retention.explain import ACTION_WORDS, period_in_words
from app.retention.forms import ConfirmForm
from app.retention.queries import open_proposals
from app.retention.words import (
    CUT_OFF_WORDS,
    certainty_words,
    further_words,
    length_words,
    standing,
)
from app.web.i18n import gettext as _
from app.web.problems import InputError

blueprint = Blueprint("retention", __name__, url_prefix="/retention-rules")

WORDS = {
    "action_words": ACTION_WORDS,
    "certainty_words": certainty_words,
    "cut_off_words": CUT_OFF_WORDS,
    "further_words": further_words,
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
        proposals=open_proposals(),
        proposers=services.PROPOSERS,
        active=[
            (words, url_for(".index", **{key: asked[key] for key in asked if key != name}))
            for name, (_typed, words) in active.items()
        ],
        **WORDS,
    )


@blueprint.get("/<string:key>")
@signed_in
def show(key: str) -> str:
    """One rule: its facts, its versions with what each changed, its uses and documents."""
    page = queries.rule_page(current_actor(), key)
    return render_template(
        "retention/show.html",
        page=page,
        policy=page.policy,
        proposers=services.PROPOSERS,
        **WORDS,
    )


@blueprint.route("/<string:key>/confirm", methods=["GET", "POST"])
@access(Role.DATA_PROTECTION_OFFICER)
def confirm(key: str) -> str | tuple[str, int] | Response:
    """Confirm that the rule, as it is shown, was checked in its source."""
    page = queries.rule_page(current_actor(), key)
    form = ConfirmForm()
    if not form.is_submitted():
        form.seen.data = str(page.newest.number)
    elif form.validate():
        try:
            services.confirm(
                current_actor(),
                key,
                seen=form.seen_number,
                confirmed_by=form.confirmed_by.data,
                confirmed_on=form.confirmed_on.data,
                source=form.source.data,
            )
        except InputError as problem:
            form.attach(problem)
            # The page shows the newest version, so that the next answer is about that one.
            page = queries.rule_page(current_actor(), key)
            form.seen.data = str(page.newest.number)
        else:
            flash(_("The rule is confirmed."), "success")
            return redirect(url_for(".show", key=key), code=303)
    answer = render_template(
        "retention/confirm.html", page=page, policy=page.policy, form=form, **WORDS
    )
    return answer, 422 if form.errors else 200
