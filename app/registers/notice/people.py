"""Who answers for the data, and what people may ask of them."""

from collections.abc import Iterator

from app.registers.definitions import DisclosureBasis, LegalBasis, RegisterDefinition, Right, words
from app.registers.definitions.parts import Controller, RightOffered
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
    rows = [row for controller in definition.controllers for row in _controller(controller)]
    rows += [
        (_("Responsible for the register"), contact_words(definition.owner)),
        (_("Who to contact"), contact_words(definition.contact)),
    ]
    shown = tuple((label, value) for label, value in rows if value)
    return Section(
        _("Who is responsible for your data?"), "13(1)(a), 14(1)(a)", tuple(said), rows=shown
    )


def _controller(controller: Controller) -> Iterator[tuple[str, str]]:
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


def rights(definition: RegisterDefinition) -> Section:
    """Art. 13(2)(b): the rights as the register offers them, and that the law may give more."""
    offered = definition.rights or ()
    lines = tuple(_right(right) for right in offered if right.right not in _ELSEWHERE)
    law = (
        _("The law may give you other rights as well. You can read about them at tietosuoja.fi.")
        if lines
        else _(
            "The law gives you rights over your data. This notice does not list them yet. You can "
            "read about them at tietosuoja.fi, or ask us."
        )
    )
    return Section(_("What rights do you have?"), "13(2)(b), 14(2)(c)", (law,), lines)


# Told in sections of their own.
_ELSEWHERE = (Right.WITHDRAW_CONSENT, Right.COMPLAINT)


def _right(offered: RightOffered) -> str:
    parts = [pick(offered.text)] if offered.text is not None else []
    if offered.form is not None:
        parts.append(_("Make the request %(form)s.", form=words(offered.form)))
    if offered.addressed_to:
        to_whom = ", ".join(pick(role) for role in offered.addressed_to)
        parts.append(_("Send it to: %(to_whom)s.", to_whom=to_whom))
    name = sentence(words(offered.right))
    return f"{name}: {' '.join(parts)}" if parts else name


def withdrawal(definition: RegisterDefinition) -> Section:
    """Art. 13(2)(c): wherever something rests on consent, it may be withdrawn."""
    heading, point = _("Can you withdraw your consent?"), "13(2)(c), 14(2)(d)"
    offered = definition.right(Right.WITHDRAW_CONSENT)
    if not (_rests_on_consent(definition) or offered):
        return Section(heading, point, optional=True)
    said = [_("Yes, at any time. What we did before stays lawful.")]
    if offered is not None and offered.text is not None:
        said.append(pick(offered.text))
    return Section(heading, point, tuple(said), optional=True)


def _rests_on_consent(definition: RegisterDefinition) -> bool:
    purposes = any(LegalBasis.CONSENT in purpose.legal_bases for purpose in definition.purposes)
    disclosures = any(d.basis is DisclosureBasis.CONSENT for d in definition.disclosures or ())
    return purposes or disclosures or any(s.consent_required for s in definition.services)


def complaint(definition: RegisterDefinition) -> Section:
    """Art. 13(2)(d): the law gives the right, whether the register mentions it or not."""
    offered = definition.right(Right.COMPLAINT)
    said = [
        _(
            "You may complain to the Office of the Data Protection Ombudsman if you think that we "
            "use your data against the law."
        ),
        _("Its address is tietosuoja.fi. You may also ask us first."),
    ]
    if offered is not None and offered.text is not None:
        said.append(pick(offered.text))
    return Section(_("Where can you complain?"), "13(2)(d), 14(2)(e)", tuple(said))


def marketing(definition: RegisterDefinition) -> Section:
    """Art. 21(2)–(3): direct marketing may always be forbidden."""
    found = definition.direct_marketing
    heading = _("Do we use your data for marketing?")
    if found is None:
        return Section(heading, "21(2)", optional=True)
    lines = []
    if found.own is not None:
        channels = ", ".join(words(channel) for channel in found.own.channels)
        lines += [
            pick(found.own.about),
            _("Ways of sending: %(channels)s.", channels=channels),
            _("You may forbid marketing at any time, and then we stop it."),
        ]
    if found.prohibited_purposes:
        purposes = ", ".join(pick(purpose.name) for purpose in found.prohibited_purposes)
        lines.append(_("You may forbid the use of your data for: %(purposes)s.", purposes=purposes))
    if found.disclosed_outside is False:
        lines.append(_("Data is not given to others for these."))
    return Section(heading, "21(2)", tuple(lines), optional=True)
