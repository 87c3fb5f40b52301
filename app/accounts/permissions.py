"""Who may do what: roles, grants per register, and the declaration each view carries.

Everything is refused that is not declared.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import ParamSpec, TypeVar

from flask import g

from app.web.i18n import lazy_gettext as _l

P = ParamSpec("P")
R = TypeVar("R")


class Role(StrEnum):
    """The roles of the product; each is granted for one register or for all."""

    DATA_PROTECTION_OFFICER = "data_protection_officer"
    REGISTER_OWNER = "register_owner"
    STAFF = "staff"
    REQUEST_HANDLER = "request_handler"
    RECORDS_MANAGER = "records_manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ROLE_LABELS = {
    Role.DATA_PROTECTION_OFFICER: _l("data protection officer"),
    Role.REGISTER_OWNER: _l("register owner"),
    Role.STAFF: _l("staff"),
    Role.REQUEST_HANDLER: _l("request handler"),
    Role.RECORDS_MANAGER: _l("records manager"),
    Role.AUDITOR: _l("auditor"),
    Role.ADMINISTRATOR: _l("administrator"),
}

# The roles whose work is with client data; an administrator and an auditor read none.
CLIENT_ROLES = (
    Role.STAFF,
    Role.REQUEST_HANDLER,
    Role.RECORDS_MANAGER,
    Role.REGISTER_OWNER,
    Role.DATA_PROTECTION_OFFICER,
)


class NotPermitted(Exception):
    """This person may not do this. The refusal is written to the log."""


@dataclass(frozen=True)
class Actor:
    """The person who acts, with the roles granted; `None` as register means every register."""

    user_id: int
    display_name: str
    grants: frozenset[tuple[Role, int | None]]

    def has(self, *roles: Role, register_id: int | None = None) -> bool:
        """Whether one of `roles` is granted in the register (in any register when not given)."""
        return any(
            role in roles and (register_id is None or scope is None or scope == register_id)
            for role, scope in self.grants
        )

    def require(self, register_id: int, *roles: Role) -> None:
        """Raise `NotPermitted` unless one of `roles` is granted in the register."""
        if not self.has(*roles, register_id=register_id):
            raise NotPermitted(register_id)

    def registers(self, *roles: Role) -> frozenset[int] | None:
        """The registers in which one of `roles` is granted; None when it is all of them."""
        scopes = {scope for role, scope in self.grants if role in roles}
        if None in scopes:
            return None
        return frozenset(scope for scope in scopes if scope is not None)


def access(*roles: Role, client_data: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare that a view is for people with one of `roles` in some register.

    `client_data`: the answer shows client data and leaves only with its access-log entry.
    """

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        view.roles = frozenset(roles)  # type: ignore[attr-defined]  # read by the guard
        view.client_data = client_data  # type: ignore[attr-defined]  # read by app.web.security
        return view

    return declare


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that a view is for everyone who is signed in."""
    return access(*Role)(view)


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that a view is open to everyone."""
    view.public = True  # type: ignore[attr-defined]  # read by the guard
    return view


def current_actor() -> Actor:
    """The signed-in person of this request."""
    actor = g.get("actor")
    if not isinstance(actor, Actor):
        raise NotPermitted
    return actor
