"""Pages of retention rules."""

from flask import Blueprint, render_template

from app.accounts.permissions import signed_in
from app.retention.explain import ACTION_WORDS
from app.retention.queries import rules_in_force
from app.retention.words import length_words

blueprint = Blueprint("retention", __name__, url_prefix="/retention-rules")


@blueprint.get("")
@signed_in
def index() -> str:
    """All rules: how long, from what, what then, by which law, and how sure that is."""
    return render_template(
        "retention/index.html",
        rules=rules_in_force(),
        action_words=ACTION_WORDS,
        length_words=length_words,
    )
