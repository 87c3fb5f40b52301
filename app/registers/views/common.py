"""What the pages of registers share: their blueprint, the version they show, its log entry."""

from flask import Blueprint
from werkzeug.wrappers import Response

from app import clock
from app.accounts.permissions import current_actor
from app.audit.events import Event
from app.audit.services import record_view
from app.registers import queries
from app.registers.pages import VersionPage, version_page

blueprint = Blueprint("registers", __name__, url_prefix="/registers")

Page = str | tuple[str, int] | Response


def version_page_of(register_id: int, number: int | None) -> VersionPage:
    """A version of a register with all that its pages show; without a number the one in force."""
    today = clock.today()
    in_force = queries.version_in_force(register_id, today)
    return version_page(register_id, number, in_force, today)


def record_view_of(page: VersionPage) -> None:
    """Log that the person saw a version."""
    record_view(
        Event.REGISTER_VIEWED,
        actor_id=current_actor().user_id,
        register_id=page.register_id,
        object_type="register_version",
        object_id=page.version.id,
        details={"version": page.version.number},
    )
