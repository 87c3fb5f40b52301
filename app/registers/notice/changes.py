"""What an edition of a notice tells people that the one before it did not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.registers.definitions import RegisterDefinition
from app.registers.differences import Audience, difference, for_audience
from app.registers.notice.model import Changes
from app.registers.notice.news import told
from app.retention.policies import PolicySet
from app.web.i18n import gettext as _
from app.web.i18n import pick


@dataclass(frozen=True)
class Told:
    """What a notice rests on: the registers it tells of by key, its own first, and the rules."""

    registers: Mapping[str, RegisterDefinition]
    policies: PolicySet


def changes_between(before: Told | None, now: Told) -> Changes | None:
    """The change list of an edition in the language in use; None when people hear nothing new."""
    if before is None:
        return None
    languages = [code.value for code in next(iter(now.registers.values())).languages]
    lines = [line for key in now.registers for line in _of_register(key, before, now, languages)]
    lines += [
        _("This notice does not tell of the register “%(name)s” any more.", name=pick(gone.name))
        for key, gone in before.registers.items()
        if key not in now.registers
    ]
    if not lines:
        return None
    return Changes(_("What has changed since the notice before this one?"), tuple(lines))


def _of_register(key: str, before: Told, now: Told, languages: Sequence[str]) -> list[str]:
    register = now.registers[key]
    old = before.registers.get(key)
    if old is None:
        name = pick(register.name)
        return [_("New: this notice also tells of the register “%(name)s”.", name=name)]
    found = difference(old, register, before.policies, now.policies)
    sentences = list(told(for_audience(found, Audience.CLIENTS), old, register, languages))
    if len(now.registers) > 1:
        return [f"{pick(register.name)}: {sentence}" for sentence in sentences]
    return sentences
