"""Pages that belong to no domain: choice of language, and what a monitor asks."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, redirect, request, session
from sqlalchemy import text
from werkzeug.wrappers import Response as AnyResponse

from app.db import db
from app.web.i18n import LANGUAGES

blueprint = Blueprint("web", __name__)


def local_path(target: str | None) -> str:
    """`target` when it is a path of this site, else the front page (no open redirects)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return "/"
    parts = urlsplit(target)
    safe = not parts.scheme and not parts.netloc and target.isprintable() and "\\" not in target
    return target if safe else "/"


@blueprint.post("/language")
def set_language() -> AnyResponse:
    """Keep the chosen language for the session and return to the page."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    session["language"] = chosen
    return redirect(local_path(request.form.get("next")), code=303)


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def readyz() -> Response:
    """The database answers as well."""
    db.session.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")


for _open in (set_language, healthz, readyz):
    _open.public = True  # type: ignore[attr-defined]  # read by app.accounts.permissions
