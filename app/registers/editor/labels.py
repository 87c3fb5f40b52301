"""What people call the pages of the editor: a part each, or fields that belong together."""

from typing import Any

from app.registers.definitions.names import part_label
from app.web.i18n import lazy_gettext as _l

_PAGES: dict[str, Any] = {
    "basics": _l("Name and description"),
    "people": _l("Responsible people"),
    "retention": _l("Retention and instructions"),
}


def page_label(page: str) -> str:
    """What people call a page of the editor. Raises KeyError."""
    return str(_PAGES[page]) if page in _PAGES else part_label(page)
