"""The difference between two versions of a register, as a person understands it.

Pure: computed from two definitions and the retention rules that go with them, in the language in
use. Whatever changed is told to somebody; nothing is left out because no sentence was foreseen.
"""

from collections.abc import Iterable

from app.registers.definitions import RegisterDefinition
from app.registers.differences.model import Audience, Change, ChangeKind
from app.registers.differences.parts import part_changes
from app.registers.differences.storage import storage_changes
from app.registers.differences.texts import explain_change
from app.registers.differences.values import names_in
from app.retention.policies import PolicySet

__all__ = [
    "Audience",
    "Change",
    "ChangeKind",
    "difference",
    "explain_change",
    "for_audience",
    "tells_clients",
]


def difference(
    old: RegisterDefinition | None,
    new: RegisterDefinition,
    old_policies: PolicySet,
    new_policies: PolicySet,
) -> tuple[Change, ...]:
    """Every change from `old` to `new`, those that matter to clients first.

    `old` None is a register that was not there: the whole is new, and nothing is listed.
    """
    if old is None:
        return ()
    names = {**names_in(old, old_policies), **names_in(new, new_policies)}
    found = [
        *part_changes(old, new, names),
        *storage_changes(old, new, old_policies, new_policies, names),
    ]
    order = list(Audience)
    return tuple(sorted(found, key=lambda change: order.index(change.audience)))


def for_audience(changes: Iterable[Change], audience: Audience) -> tuple[Change, ...]:
    """The changes that matter to one circle."""
    return tuple(change for change in changes if change.audience is audience)


def tells_clients(changes: Iterable[Change]) -> bool:
    """Whether clients must hear of it: GDPR Arts. 5(1)(a), 13(3) and 14(4)."""
    return any(change.audience is Audience.CLIENTS for change in changes)
