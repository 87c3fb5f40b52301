"""One table from what went wrong to the page a person sees. Nothing else catches exceptions."""

from types import TracebackType

import structlog
from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.web.i18n import gettext as _
from app.web.problems import Conflict, NotFound

log = structlog.get_logger()

Answer = tuple[str, int]
ExcInfo = tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]


def error_page(status: int, message: str | None = None) -> Answer:
    """The error page of an HTTP status: what happened and what to do next."""
    heading, advice = _words(status)
    page = render_template(
        "errors/error.html", status=status, heading=heading, message=message, advice=advice
    )
    return page, status


def _words(status: int) -> tuple[str, str]:
    again = _("Go back, check what you did, and try again.")
    return {
        400: (_("The request could not be understood"), again),
        401: (_("Sign in first"), _("Your session has ended. Sign in and open the page again.")),
        403: (
            _("You do not have access to this"),
            _("Your roles do not include it. If your work needs it, ask the administrator."),
        ),
        404: (
            _("Page not found"),
            _("It may have been removed, or it belongs to a register you have no access to."),
        ),
        405: (_("This cannot be done this way"), again),
        409: (_("The situation has changed"), _("Open the page again to see how it stands now.")),
        413: (_("The file is too large"), _("Make the file smaller, or save it in parts.")),
        429: (_("Too many attempts"), _("Wait for a few minutes before you try again.")),
    }.get(
        status,
        (
            _("Something went wrong"),
            _("Nothing was saved. Try again; if it goes on, tell the administrator the time."),
        ),
    )


def init_errors(app: Flask) -> None:
    """Attach the table to `app`."""

    @app.errorhandler(NotFound)
    def not_found(_error: NotFound) -> Answer:
        return error_page(404)

    @app.errorhandler(Conflict)
    def conflict(error: Conflict) -> Answer:
        return error_page(409, error.message)

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> Answer:
        return error_page(400, _("The form had expired, so nothing was saved."))

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Answer:
        return error_page(error.code or 500)

    app.log_exception = _log_exception  # type: ignore[method-assign]  # instead of a traceback


def _log_exception(exc_info: ExcInfo) -> None:
    """The kind and the place of an unexpected error: its message might quote personal data."""
    error = exc_info[1] if exc_info else None
    if error is not None:
        log.error("unexpected_error", error=type(error).__name__, place=_place(error))


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
