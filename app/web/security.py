"""HTTP headers of every answer, and the rule that client data never leaves unlogged."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Flask, Response, g, request

View = TypeVar("View", bound=Callable[..., Any])

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A downloaded document is shown by its own program, never with the rights of this site.
DOWNLOAD_POLICY = "default-src 'none'; sandbox"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


class UnloggedAnswer(RuntimeError):
    """A page with client data was about to leave without its entry in the access log."""


def cacheable(view: View) -> View:
    """Declare that a view answers the same to everybody and says itself how long it may be kept."""
    view.cacheable = True  # type: ignore[attr-defined]  # read below
    return view


def init_security(app: Flask) -> None:
    """Attach the headers and the log guard to `app`."""

    @app.after_request
    def refuse_unlogged(response: Response) -> Response:
        view = app.view_functions.get(request.endpoint or "")
        shows_clients = getattr(view, "client_data", False)
        answers = response.status_code < HTTPStatus.MULTIPLE_CHOICES
        if shows_clients and answers and not g.get("access_recorded", False):
            raise UnloggedAnswer(request.endpoint)
        return response

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        attached = response.headers.get("Content-Disposition", "").startswith("attachment")
        response.headers.setdefault(
            "Content-Security-Policy", DOWNLOAD_POLICY if attached else POLICY
        )
        if app.config["SELOSTE"].https_only:
            response.headers.setdefault(
                "Strict-Transport-Security", "max-age=31536000; includeSubDomains"
            )
        view = app.view_functions.get(request.endpoint or "")
        kept = request.endpoint == "static" or getattr(view, "cacheable", False)
        if not kept or response.status_code >= HTTPStatus.BAD_REQUEST:
            response.headers["Cache-Control"] = "no-store"
        return response
