"""People: who they are, what they may do, and the guard before every page."""

from urllib.parse import quote

from flask import Flask, current_app, g, redirect, request, session
from werkzeug.wrappers import Response

from app.accounts import services
from app.accounts.permissions import (
    ROLE_LABELS,
    Actor,
    NotPermitted,
    Role,
)
from app.accounts.views import blueprint
from app.audit.events import Event
from app.audit.services import record
from app.db import transaction
from app.web.errors import Answer, error_page
from app.web.i18n import set_language


def init_accounts(app: Flask) -> None:
    """Attach the sign-in pages and the guard to `app`."""
    app.register_blueprint(blueprint)
    app.before_request(recognise)
    app.before_request(guard)

    @app.errorhandler(NotPermitted)
    def not_permitted(_error: NotPermitted) -> Answer:
        _record_refusal()
        return error_page(403)

    @app.errorhandler(services.Throttled)
    def throttled(_error: services.Throttled) -> Answer:
        return error_page(429)

    @app.context_processor
    def shown_person() -> dict[str, object]:
        actor = g.get("actor")
        if actor is None:
            return {}
        return {"person": {"name": actor.display_name, "role": _main_role(actor)}, "actor": actor}


def recognise() -> None:
    """Find the person of this request from the session's token."""
    token = session.get("token")
    user = services.user_of_session(token) if token and request.endpoint != "static" else None
    if user is None:
        return
    g.actor = services.actor_of(user)
    g.theme = user.theme
    if "language" not in session:
        set_language(user.language)


def guard() -> Response | None:
    """Refuse what is not declared, ask strangers to sign in, and hold people to their roles."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    view = current_app.view_functions.get(request.endpoint)
    if getattr(view, "public", False):
        return None
    actor: Actor | None = g.get("actor")
    if actor is None:
        target = request.full_path.rstrip("?") if request.method == "GET" else "/"
        return redirect(f"/sign-in?next={quote(target)}", code=303)
    roles: frozenset[Role] = getattr(view, "roles", frozenset())
    if not actor.has(*roles):
        raise NotPermitted
    return None


def _record_refusal() -> None:
    actor: Actor | None = g.get("actor")
    with transaction():
        record(
            Event.ACCESS_REFUSED,
            actor_id=actor.user_id if actor else None,
            details={"endpoint": request.endpoint or ""},
        )


def _main_role(actor: Actor) -> str:
    """The first of a person's roles, in the order of the product's role table."""
    held = {role for role, _scope in actor.grants}
    return next((str(label) for role, label in ROLE_LABELS.items() if role in held), "")
