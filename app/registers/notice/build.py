"""The privacy notice of a register version: what GDPR Arts. 13 and 14 ask to be told, in order.

Built once as plain sections, from which the page, the PDF and the archived files are made. It holds
only what is meant for the people it tells of: never instructions for staff, key holders, storage
places, contracts, findings, remarks or numbers of a printed form. Where the register is silent the
notice says so; it never fills in what the organisation has not written.
"""

from collections.abc import Callable, Iterable, Sequence

from app.registers.definitions import RegisterDefinition
from app.registers.definitions.sharing import with_shared
from app.registers.notice import data, people, purposes, rights
from app.registers.notice.foreign import foreign
from app.registers.notice.model import Notice, Part, Section
from app.registers.notice.retention import retention
from app.retention.policies import Policies
from app.web.i18n import gettext as _
from app.web.i18n import listed, pick

_BUILDERS: tuple[Callable[[RegisterDefinition, Policies], Section], ...] = (
    lambda definition, _policies: people.controllers(definition),
    lambda definition, _policies: people.protection_officer(definition),
    lambda definition, _policies: purposes.purposes(definition),
    lambda definition, _policies: data.categories(definition),
    lambda definition, _policies: data.sources(definition),
    lambda definition, _policies: data.recipients(definition),
    lambda definition, _policies: data.transfers(definition),
    retention,
    lambda definition, _policies: rights.objection(definition),
    lambda definition, _policies: rights.rights(definition),
    lambda definition, _policies: rights.denied(definition),
    lambda definition, _policies: rights.withdrawal(definition),
    lambda definition, _policies: rights.complaint(definition),
    lambda definition, _policies: purposes.obligation(definition),
    lambda definition, _policies: purposes.automated(definition),
    lambda definition, _policies: data.safeguards(definition),
    lambda definition, _policies: rights.marketing(definition),
)

# Of the sections that are the same for all registers of a notice, those that come before the rest.
_FIRST = 2


def build_notice(
    definition: RegisterDefinition,
    policies: Policies,
    covered: Sequence[RegisterDefinition] = (),
) -> Notice:
    """The notice of a definition in the language in use.

    `policies`: retention rules by key. `covered`: the other registers of which it tells, each under
    a heading of its own; what is the same for all of them is said once.
    """
    texts = (definition.notice.introduction, definition.notice.informing)
    introduction = tuple(pick(text) for text in texts if text is not None)
    parts: tuple[Part, ...]
    if not covered:
        about = (pick(definition.description),) if definition.description is not None else ()
        sections = _told(_sections(definition, policies))
        parts = (Part(None, (), sections),)
        told = (*about, *introduction)
        return Notice(pick(definition.name), told, parts, silent(), foreign([definition]))
    registers = (definition, *(with_shared(each, definition) for each in covered))
    names = listed(pick(register.name) for register in registers)
    introduction = (*introduction, _("This notice tells of: %(names)s.", names=names))
    parts = _parts(registers, policies)
    return Notice(pick(definition.name), introduction, parts, silent(), foreign(registers))


def _parts(registers: Sequence[RegisterDefinition], policies: Policies) -> tuple[Part, ...]:
    """The parts of a notice of several registers: what they share once, then each one's own."""
    columns = [_sections(register, policies) for register in registers]
    shared = [len(set(places)) == 1 for places in zip(*columns, strict=True)]
    first = [section for section, same in zip(columns[0][:_FIRST], shared, strict=False) if same]
    last = [s for s, same in zip(columns[0][_FIRST:], shared[_FIRST:], strict=True) if same]
    own = [
        Part(
            pick(register.name),
            (pick(register.description),) if register.description is not None else (),
            _told(section for section, same in zip(column, shared, strict=True) if not same),
        )
        for register, column in zip(registers, columns, strict=True)
    ]
    common = (
        Part(None, (), _told(first)),
        *own,
        Part(_("What is the same for all of these"), (), _told(last)),
    )
    return tuple(part for part in common if part.sections or part.introduction)


def _sections(definition: RegisterDefinition, policies: Policies) -> list[Section]:
    return [build(definition, policies) for build in _BUILDERS]


def _told(sections: Iterable[Section]) -> tuple[Section, ...]:
    return tuple(s for s in sections if not (s.optional and s.is_missing))


def silent() -> str:
    """The sentence where the register says nothing of what the law asks for."""
    return _("This notice does not tell that yet. You can ask us about it.")
