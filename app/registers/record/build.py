"""The record of processing: what Art. 30(1) asks of a controller, and Art. 30(2) of a processor.

It is for the organisation and the supervisory authority, never for publication: it names key
holders, storage places, contracts and what is still uncertain, which the privacy notice leaves out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.registers import phrases
from app.registers.definitions import RegisterDefinition, words
from app.registers.definitions.citations import statute_words
from app.registers.definitions.parts import RightOffered
from app.registers.definitions.vocabulary import Capacity
from app.registers.record import parts
from app.retention.policies import Policies
from app.web.i18n import format_date, pick
from app.web.i18n import gettext as _

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RecordSection:
    """One letter of the article: its heading and its rows of label and lines; none: not stated."""

    article: str
    heading: str
    rows: Rows

    @property
    def is_missing(self) -> bool:
        """Whether the register says nothing on the matter."""
        return not self.rows


@dataclass(frozen=True)
class Record:
    """A whole record in the language in which it was built."""

    title: str
    article: str
    sections: tuple[RecordSection, ...]


def build_record(definition: RegisterDefinition, policies: Policies, open_findings: int) -> Record:
    """The record of a register version. `open_findings`: how many nobody has settled."""
    if definition.capacity is Capacity.PROCESSOR:
        sections = _of_processor(definition)
        article = "30(2)"
    else:
        sections = _of_controller(definition, policies)
        article = "30(1)"
    rest = RecordSection("5(2)", _("Also on record"), _also(definition, open_findings))
    return Record(pick(definition.name), article, (*sections, rest))


def _of_controller(definition: RegisterDefinition, policies: Policies) -> tuple[RecordSection, ...]:
    def section(letter: str, heading: str, rows: Iterable[tuple[str, str]]) -> RecordSection:
        return RecordSection(f"30(1)({letter})", heading, tuple(rows))

    return (
        section("a", _("Controllers and contacts"), _controllers(definition)),
        section("b", _("Purposes"), parts.purposes(definition)),
        section("c", _("Data subjects and categories of data"), parts.data(definition)),
        section("d", _("Recipients and processors"), parts.recipients(definition)),
        section("e", _("Transfers"), parts.transfers(definition)),
        section("f", _("Time limits"), parts.limits(definition, policies)),
        section("g", _("Safeguards"), parts.safeguards(definition)),
    )


def _of_processor(definition: RegisterDefinition) -> tuple[RecordSection, ...]:
    def section(letter: str, heading: str, rows: Iterable[tuple[str, str]]) -> RecordSection:
        return RecordSection(f"30(2)({letter})", heading, tuple(rows))

    carried_out = "\n".join(map(pick, definition.processing_for_others))
    rows = ((_("Carried out for the controllers"), carried_out),) if carried_out else ()
    who = [*parts.processors(definition), *_controllers(definition)]
    return (
        section("a", _("Processors, controllers and contacts"), who),
        section("b", _("Categories of processing"), rows),
        section("c", _("Transfers"), parts.transfers(definition)),
        section("d", _("Safeguards"), parts.safeguards(definition)),
    )


def _controllers(definition: RegisterDefinition) -> Iterator[tuple[str, str]]:
    for controller in definition.controllers:
        details = phrases.joined(pick(controller.name), controller.business_id, controller.contact)
        representative = phrases.role(controller.representative)
        yield (
            _("Controller"),
            phrases.lines(
                (
                    details,
                    pick(controller.responsibilities),
                    _("Representative in the EU: %(who)s", who=representative)
                    if representative
                    else "",
                )
            ),
        )
    if definition.joint_arrangement is not None:
        yield _("Joint arrangement"), pick(definition.joint_arrangement)
    officer = phrases.officer(definition)
    if officer:
        yield _("Data protection officer"), officer
    for label, person in (
        (_("Responsible for the register"), definition.owner),
        (_("Contact"), definition.contact),
    ):
        if person is not None:
            yield label, phrases.role(person)


def _rights(rights: Sequence[RightOffered]) -> Rows:
    offered = ", ".join(words(each.right) for each in rights if each.not_applicable is None)
    denied = [
        f"{words(each.right)}: {pick(each.not_applicable)}"
        for each in rights
        if each.not_applicable is not None
    ]
    said = (_("Rights offered"), offered or _("none"))
    return (said, (_("Rights that do not apply"), phrases.lines(denied))) if denied else (said,)


def _also(definition: RegisterDefinition, open_findings: int) -> Rows:
    version = definition.version
    stated = definition.impact_assessment
    rows = [
        (_("Open findings"), str(open_findings)),
        (_("Remarks to be settled"), str(len(definition.remarks))),
    ]
    if version is not None:
        day = format_date(version.adopted_on)
        rows.append((_("Written description"), phrases.joined(version.label, day)))
    if definition.statutes:
        laws = phrases.lines(statute_words(law) for law in definition.statutes)
        rows.append((_("Law"), laws))
    if stated is not None:
        rows.append((_("Impact assessment"), phrases.assessment(stated)))
    if definition.automated_decisions is not None:
        rows.append((_("Automated decisions"), phrases.automated(definition)))
    if definition.rights is not None:
        rows += _rights(definition.rights)
    if definition.staff_instructions is not None:
        rows.append((_("Instructions for staff"), pick(definition.staff_instructions)))
    return tuple(rows)
