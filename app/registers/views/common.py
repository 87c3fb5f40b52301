"""What the pages of registers share: their blueprint, the version they show, its log entry."""

import io

from flask import Blueprint, request, send_file
from werkzeug.wrappers import Response

from app import clock
from app.accounts.permissions import current_actor
from app.audit.events import Event, ObjectType
from app.audit.services import record_view
from app.registers import phrases
from app.registers.pages import VersionPage, version_page
from app.web.i18n import LANGUAGES, current_language

blueprint = Blueprint("registers", __name__, url_prefix="/registers")

Page = str | tuple[str, int] | Response


def version_page_of(register_id: int, number: int | None) -> VersionPage:
    """A version of a register with all that its pages show; without a number the one in force."""
    return version_page(register_id, number, clock.today())


def record_view_of(page: VersionPage) -> None:
    """Log that the person saw a version."""
    record_view(
        Event.REGISTER_VIEWED,
        actor_id=current_actor().user_id,
        register_id=page.register_id,
        object_type=ObjectType.REGISTER_VERSION,
        object_id=page.version.id,
        details={"version": page.version.number},
    )


def language_asked() -> str:
    """The language of an output: the one in the address, or that of the pages."""
    chosen = request.args.get("language", "")
    return chosen if chosen in LANGUAGES else current_language()


def version_line(page: VersionPage) -> str:
    """Which version an output is of, in the language in use."""
    return phrases.version(page.version.number, page.version.in_force_from)


def pdf_answer(
    page: VersionPage, content: bytes, *, name: str, chosen: str, event: Event
) -> Response:
    """A document of a version as a file to keep, and its log entry.

    `name` is what the document is called in `chosen`, its language.
    """
    number = page.version.number
    record_view(
        event,
        actor_id=current_actor().user_id,
        register_id=page.register_id,
        object_type=ObjectType.REGISTER_VERSION,
        object_id=page.version.id,
        details={"version": number, "language": chosen},
    )
    filename = f"{name}-{page.definition.key}-v{number}-{chosen}.pdf"
    return send_file(
        io.BytesIO(content), "application/pdf", as_attachment=True, download_name=filename
    )
