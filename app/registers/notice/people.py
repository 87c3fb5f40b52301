"""Who answers for the data, and who is asked about its protection."""

from collections.abc import Iterator

from app.registers.definitions import RegisterDefinition
from app.registers.definitions.parts import Controller
from app.registers.notice.model import Section
from app.registers.notice.words import contact_words, sentence
from app.web.i18n import gettext as _
from app.web.i18n import pick


def controllers(definition: RegisterDefinition) -> Section:
    """Art. 13(1)(a): the controllers, with the essence of a joint arrangement (Art. 26(2))."""
    joint = definition.has_joint_controllers
    said = []
    if joint:
        said.append(_("We decide together how your data is used: we are joint controllers."))
        if definition.joint_arrangement is not None:
            said.append(pick(definition.joint_arrangement))
        said.append(_("You may turn to any of us when you use your rights."))
    rows = [row for controller in definition.controllers for row in controller_rows(controller)]
    rows += [
        (_("Responsible for the register"), contact_words(definition.owner)),
        (_("Who to contact"), contact_words(definition.contact)),
    ]
    if not _is_reachable(definition):
        rows.append((_("How to reach us"), f"{sentence(_('not stated yet'))}."))
    shown = tuple((label, value) for label, value in rows if value)
    return Section(
        _("Who is responsible for your data?"), "13(1)(a), 14(1)(a)", tuple(said), rows=shown
    )


def _is_reachable(definition: RegisterDefinition) -> bool:
    """Whether the register tells any way to reach those who answer for the data."""
    people = (definition.owner, definition.contact)
    ways = [person.contact for person in people if person is not None]
    return any([*ways, *(controller.contact for controller in definition.controllers)])


def controller_rows(controller: Controller) -> Iterator[tuple[str, str]]:
    """A controller as rows of the notice."""
    number = f"{_('Business ID')} {controller.business_id}" if controller.business_id else ""
    lines = [", ".join(part for part in (number, controller.contact) if part)]
    if controller.responsibilities is not None:
        lines.append(pick(controller.responsibilities))
    if controller.representative is not None:
        who = contact_words(controller.representative)
        lines.append(_("Representative in the EU: %(who)s", who=who))
    details = [line for line in lines if line]
    yield _("Controller"), "\n".join([pick(controller.name), *details])


def protection_officer(definition: RegisterDefinition) -> Section:
    """Art. 13(1)(b)."""
    heading, law = _("Who can you ask about data protection?"), "13(1)(b), 14(1)(b)"
    stated = definition.data_protection_officer
    if stated is not None and stated.not_designated is not None:
        said = (
            _("We have not designated a data protection officer."),
            pick(stated.not_designated),
            _("You can ask the controller or the contact person named above."),
        )
        return Section(heading, law, said)
    who = contact_words(definition.officer)
    rows = ((_("Data protection officer"), who),) if who else ()
    return Section(heading, law, rows=rows)
