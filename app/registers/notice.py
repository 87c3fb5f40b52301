"""The privacy notice of a register version: what GDPR Art. 13 and 14 ask to be told, in order.

Built once as plain sections, from which both the page and the PDF are made. Where the register is
silent the notice says so; it never fills in what the organisation has not written.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.registers.definitions import RegisterDefinition, words
from app.registers.definitions.parts import Disclosure, Purpose, RightOffered, RoleContact, Source
from app.retention.policies import RetentionPolicy
from app.retention.words import retention_words
from app.web.i18n import gettext as _
from app.web.i18n import pick

Policies = Mapping[str, RetentionPolicy]


@dataclass(frozen=True)
class Section:
    """A part of the notice. `law` is the point of GDPR it answers."""

    heading: str
    law: str
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether the register says nothing on the matter."""
        return not (self.paragraphs or self.bullets or self.rows)


@dataclass(frozen=True)
class Notice:
    """A whole notice in the language in which it was built."""

    title: str
    introduction: tuple[str, ...]
    sections: tuple[Section, ...]
    silent: str
    """The sentence that stands where a section is missing."""


def build_notice(definition: RegisterDefinition, policies: Policies) -> Notice:
    """The notice of a definition in the language in use. `policies`: retention rules by key."""
    builders: tuple[Callable[[RegisterDefinition], Section], ...] = (
        _controllers,
        _protection_officer,
        _purposes,
        _categories,
        _sources,
        _recipients,
        _transfers,
    )
    after: tuple[Callable[[RegisterDefinition], Section], ...] = (
        _rights,
        _obligation,
        _automated,
        _safeguards,
        _marketing,
    )
    sections = [build(definition) for build in builders]
    sections.append(_retention(definition, policies))
    sections += [build(definition) for build in after]
    optional = {_("Direct marketing"), _("Protection of the data")}
    kept = tuple(s for s in sections if not (s.is_missing and s.heading in optional))
    texts = (definition.description, definition.notice.introduction, definition.notice.informing)
    introduction = tuple(pick(text) for text in texts if text is not None)
    return Notice(pick(definition.name), introduction, kept, _silent())


def _contact(person: RoleContact | None) -> Iterable[str]:
    if person is not None:
        yield ", ".join(part for part in (pick(person.role), person.contact) if part)


def _controllers(definition: RegisterDefinition) -> Section:
    lines = [
        ", ".join(part for part in (pick(c.name), c.business_id, c.contact) if part)
        for c in definition.controllers
    ]
    if definition.joint_arrangement is not None:
        lines.append(pick(definition.joint_arrangement))
    rows = [
        (_("Responsible for the register"), "".join(_contact(definition.owner))),
        (_("Contact"), "".join(_contact(definition.contact))),
    ]
    shown = tuple((label, value) for label, value in rows if value)
    return Section(_("Controller"), "13(1)(a), 14(1)(a)", tuple(lines), rows=shown)


def _protection_officer(definition: RegisterDefinition) -> Section:
    lines = tuple(_contact(definition.data_protection_officer))
    return Section(_("Data protection officer"), "13(1)(b), 14(1)(b)", lines)


def _purposes(definition: RegisterDefinition) -> Section:
    rows = tuple(row for purpose in definition.purposes for row in _purpose_rows(purpose))
    return Section(
        _("Purposes and legal basis"),
        "13(1)(c)–(d), 14(1)(c)",
        tuple(pick(statute.name) for statute in definition.statutes),
        rows=rows,
    )


def _purpose_rows(purpose: Purpose) -> Iterable[tuple[str, str]]:
    yield _("Purpose"), pick(purpose.text)
    if purpose.legal_bases:
        listed = [f"{words(basis)} (GDPR {basis})" for basis in purpose.legal_bases]
        yield _("Legal basis"), "; ".join(listed)
    else:
        yield _("Legal basis"), _silent()
    if purpose.statutes:
        cited = [
            " ".join(part for part in (pick(s.name), s.number, s.section) if part)
            for s in purpose.statutes
        ]
        yield _("Law"), "; ".join(cited)
    if purpose.legitimate_interest is not None:
        yield _("Legitimate interest"), pick(purpose.legitimate_interest)
    optional: tuple[tuple[str, StrEnum | None], ...] = (
        (_("Ground for special categories of data"), purpose.article_9_condition),
        (_("Ground for the identity code"), purpose.identity_code_ground),
    )
    for label, ground in optional:
        if ground is not None:
            yield label, words(ground)


def _categories(definition: RegisterDefinition) -> Section:
    lines = []
    for category in definition.data_categories:
        line = pick(category.name)
        if category.special:
            kind = ", ".join(words(special.category) for special in category.special)
            line += " — " + _("special category of personal data: %(kind)s", kind=kind)
        lines.append(line)
    subjects = ", ".join(pick(group.name) for group in definition.data_subjects)
    rows = ((_("Data subjects"), subjects),) if subjects else ()
    return Section(_("Personal data that is kept"), "14(1)(d)", (), tuple(lines), rows)


def _sources(definition: RegisterDefinition) -> Section:
    lines = tuple(_source_line(source) for source in definition.sources or ())
    return Section(_("Where the data comes from"), "14(2)(f)", (), lines)


def _source_line(source: Source) -> str:
    details = "; ".join(pick(text) for text in (source.what, source.channel) if text is not None)
    return f"{pick(source.name)}: {details}" if details else pick(source.name)


def _recipients(definition: RegisterDefinition) -> Section:
    lines = [_recipient_line(disclosure) for disclosure in definition.disclosures or ()]
    lines += [
        _("%(name)s, processes data on our behalf", name=pick(processor.name))
        for processor in definition.processors or ()
    ]
    said = () if definition.disclosures is None or lines else (_("Data is not disclosed."),)
    return Section(_("Recipients of the data"), "13(1)(e), 14(1)(e)", said, tuple(lines))


def _recipient_line(disclosure: Disclosure) -> str:
    parts = [pick(text) for text in (disclosure.what, disclosure.condition) if text is not None]
    if disclosure.basis is not None:
        parts.append(_("basis: %(basis)s", basis=words(disclosure.basis)))
    if disclosure.channel is not None:
        parts.append(pick(disclosure.channel))
    name = pick(disclosure.recipient)
    return f"{name}: {'; '.join(parts)}" if parts else name


def _transfers(definition: RegisterDefinition) -> Section:
    heading, law = _("Transfers outside the EU and the EEA"), "13(1)(f), 14(1)(f)"
    if definition.transfers is None:
        return Section(heading, law)
    if not definition.transfers.made:
        return Section(heading, law, (_("Data is not transferred outside the EU and the EEA."),))
    lines = tuple(
        ", ".join(pick(t) for t in (item.recipient, item.country, item.safeguard) if t is not None)
        for item in definition.transfers.items
    )
    return Section(heading, law, (), lines)


def _retention(definition: RegisterDefinition, policies: Policies) -> Section:
    said = (pick(definition.retention),) if definition.retention is not None else ()
    services: dict[str, dict[str, list[str]]] = {}
    for rule in definition.storage_rules:
        policy = policies.get(rule.retention_rule or "")
        if policy is not None:
            kinds = services.setdefault(retention_words(policy), {})
            kinds.setdefault(rule.document_type, []).append(rule.service)
    spread = Counter(kind for kinds in services.values() for kind in kinds)
    rows = tuple(
        (words, "\n".join(_kept(definition, kind, kinds[kind], spread[kind]) for kind in kinds))
        for words, kinds in services.items()
    )
    return Section(_("How long the data is kept"), "13(2)(a), 14(2)(a)", said, rows=rows)


def _kept(definition: RegisterDefinition, kind: str, services: list[str], periods: int) -> str:
    """A document type; with its services when the period differs between them."""
    name = pick(definition.document_type(kind).name)
    if periods == 1:
        return name
    listed = ", ".join(pick(definition.service(key).name) for key in services)
    return f"{name} ({listed})"


def _rights(definition: RegisterDefinition) -> Section:
    lines = tuple(_right_line(offered) for offered in definition.rights or ())
    return Section(_("Your rights"), "13(2)(b)–(d), 14(2)(c)–(e)", (), lines)


def _right_line(offered: RightOffered) -> str:
    parts = [pick(offered.text)] if offered.text is not None else []
    if offered.form is not None:
        parts.append(_("request %(form)s", form=words(offered.form)))
    if offered.addressed_to:
        to_whom = ", ".join(pick(role) for role in offered.addressed_to)
        parts.append(_("addressed to: %(to_whom)s", to_whom=to_whom))
    name = words(offered.right)
    return f"{name[0].upper()}{name[1:]}: {'; '.join(parts)}" if parts else name


def _obligation(definition: RegisterDefinition) -> Section:
    lines = []
    for purpose in definition.purposes:
        if purpose.data_obligation is not None:
            parts = [words(purpose.data_obligation.obligation)]
            if purpose.data_obligation.consequences is not None:
                parts.append(pick(purpose.data_obligation.consequences))
            lines.append(": ".join(parts))
    return Section(_("Must you give the data"), "13(2)(e)", tuple(lines))


def _automated(definition: RegisterDefinition) -> Section:
    heading, law = _("Automated decisions"), "13(2)(f), 14(2)(g)"
    stated = definition.automated_decisions
    if stated is None:
        return Section(heading, law)
    if stated.text is not None:
        return Section(heading, law, (pick(stated.text),))
    answer = (
        _("Decisions are also made without a person.")
        if stated.made
        else _("No decision is made without a person, and there is no profiling.")
    )
    return Section(heading, law, (answer,))


def _safeguards(definition: RegisterDefinition) -> Section:
    lines = tuple(pick(safeguard.text) for safeguard in definition.safeguards)
    return Section(_("Protection of the data"), "32", (), lines)


def _marketing(definition: RegisterDefinition) -> Section:
    marketing = definition.direct_marketing
    heading = _("Direct marketing")
    if marketing is None:
        return Section(heading, "21(2)")
    lines = []
    if marketing.prohibited_purposes:
        purposes = ", ".join(pick(purpose.name) for purpose in marketing.prohibited_purposes)
        lines.append(_("You may forbid the use of your data for: %(purposes)s.", purposes=purposes))
    if marketing.disclosed_outside is False:
        lines.append(_("Data is not given to others for these."))
    if marketing.own is not None:
        channels = ", ".join(words(channel) for channel in marketing.own.channels)
        lines.append(f"{pick(marketing.own.about)} ({channels})")
    return Section(heading, "21(2)", tuple(lines))


def _silent() -> str:
    return _("The register does not state this.")
