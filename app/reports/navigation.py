"""The rail of the pages: four groups that follow the work, with counts where work waits."""

from collections.abc import Iterable
from dataclasses import dataclass

from babel.support import LazyProxy
from flask import Flask, g, request, url_for

from app.accounts.permissions import Actor, Role
from app.reports import queries
from app.reports.queries import Waiting
from app.web.i18n import lazy_gettext as _l

_RAIL = (
    (
        _l("Work"),
        (
            ("reports.desk", _l("Desk")),
            ("clients.index", _l("Clients")),
            ("documents.index", _l("Documents")),
            ("documents.hand_overs", _l("Hand-overs and acknowledgements")),
            ("documents.locations", _l("Locations")),
        ),
    ),
    (
        _l("Rights"),
        (
            ("requests.index", _l("Requests")),
            ("reports.access_log", _l("Access log")),
        ),
    ),
    (
        _l("Life cycle"),
        (
            ("retention.index", _l("Retention rules")),
            ("destruction.due", _l("Due for disposal")),
            ("destruction.lists", _l("Destruction lists")),
            ("destruction.holds", _l("Disposal holds")),
        ),
    ),
    (
        _l("Foundation"),
        (("registers.index", _l("Registers")),),
    ),
)


@dataclass(frozen=True)
class Item:
    """A page of the rail."""

    label: str
    url: str
    count: int
    urgent: bool
    current: bool


@dataclass(frozen=True)
class Group:
    """A part of the work."""

    label: str
    items: list[Item]


def init_navigation(app: Flask) -> None:
    """Attach the rail, and the name of the register when a person has only one, to the templates.

    Both are looked up when a page shows them: error pages do not, because a failing query must not
    fail their own page as well.
    """

    @app.context_processor
    def shell() -> dict[str, object]:
        actor = g.get("actor")
        if not isinstance(actor, Actor):
            return {}
        return {
            "navigation": LazyProxy(_groups, app, actor),
            "scope_name": LazyProxy(queries.scope_name, actor),
        }


def _groups(app: Flask, actor: Actor) -> list[Group]:
    """The pages that the person's roles open, group by group."""
    waiting = queries.waiting(actor)
    counts = _counts(waiting)
    opened = [
        (label, [page for page in pages if actor.has(*_roles(app, page[0]))])
        for label, pages in _RAIL
    ]
    here = _here(endpoint for _label, pages in opened for endpoint, _words in pages)
    return [
        Group(
            str(label),
            [
                Item(
                    label=str(words),
                    url=url_for(endpoint),
                    count=counts.get(endpoint, 0),
                    urgent=endpoint == "requests.index" and waiting.urgent_requests > 0,
                    current=endpoint == here,
                )
                for endpoint, words in pages
            ],
        )
        for label, pages in opened
        if pages
    ]


def _roles(app: Flask, endpoint: str) -> frozenset[Role]:
    roles: frozenset[Role] = getattr(app.view_functions[endpoint], "roles", frozenset())
    return roles


def _counts(waiting: Waiting) -> dict[str, int]:
    """What stands beside the pages; where a deadline is near, only what is near it is counted."""
    return {
        "documents.hand_overs": waiting.hand_overs,
        "requests.index": waiting.urgent_requests or waiting.requests,
        "registers.index": waiting.versions_to_publish,
        "retention.index": waiting.rule_changes,
        "destruction.due": waiting.due_documents,
        "destruction.lists": waiting.lists,
    }


def _here(endpoints: Iterable[str]) -> str | None:
    """The page of the rail to which this page belongs: the longest address that leads here."""
    path = request.path
    urls = {endpoint: url_for(endpoint) for endpoint in endpoints}
    leading = [
        endpoint
        for endpoint, url in urls.items()
        if path == url or (url != "/" and path.startswith(f"{url}/"))
    ]
    return max(leading, key=lambda endpoint: len(urls[endpoint]), default=None)
