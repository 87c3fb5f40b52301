"""Which data there is, from where, who gets it, and how it is protected."""

from collections.abc import Iterator

from app.registers.definitions import DataCategory, Disclosure, RegisterDefinition, words
from app.registers.definitions.parts import Processor, Source, SubjectGroup, Transfer
from app.registers.definitions.vocabulary import Deliverer, Presence
from app.registers.notice.model import Section
from app.registers.notice.words import cited, disclosure_words, law_words
from app.web.i18n import gettext as _
from app.web.i18n import listed, pick


def categories(definition: RegisterDefinition) -> Section:
    """Art. 14(1)(d): the categories of data, the sensitive and those of some people marked."""
    lines = tuple(category_words(definition, category) for category in definition.data_categories)
    subjects = "\n".join(_subjects(definition))
    rows = ((_("Whose data"), subjects),) if subjects else ()
    return Section(_("What data do we have about you?"), "14(1)(d)", (), lines, rows)


def _subjects(definition: RegisterDefinition) -> Iterator[str]:
    """The groups of people; one line for all where nothing more is said of any."""
    groups = definition.data_subjects
    if not any(group.minors or group.represented_by for group in groups):
        yield listed(pick(group.name) for group in groups)
        return
    yield from map(group_words, groups)


def group_words(group: SubjectGroup) -> str:
    """A group of people, with what is particular to them."""
    marks = [_("under 18 years of age")] if group.minors else []
    if group.represented_by is not None:
        marks.append(_("represented by: %(who)s", who=pick(group.represented_by)))
    return " — ".join([pick(group.name), *(["; ".join(marks)] if marks else [])])


def category_words(definition: RegisterDefinition, category: DataCategory) -> str:
    """A category of data, with whom it concerns and how sensitive it is."""
    marks = []
    if category.data_subjects:
        groups = [g for g in definition.data_subjects if g.key in category.data_subjects]
        concerns = _("Concerns: %(whom)s", whom=listed(pick(g.name) for g in groups))
        marks.append(f"{concerns[:1].lower()}{concerns[1:]}")
    for presence, message in (
        (Presence.ALWAYS, _("special category of personal data: %(kind)s")),
        (Presence.POSSIBLE, _("may also tell of: %(kind)s")),
    ):
        kinds = [words(s.category) for s in category.special if s.presence is presence]
        if kinds:
            marks.append(message % {"kind": listed(kinds)})
    if category.criminal:
        marks.append(_("data on criminal convictions and offences"))
    if category.documents and category.retention is None and category.retention_rule is None:
        # Periods are told by document, so this is how people find that of their data.
        kinds = [pick(definition.merged_type(key).name) for key in category.documents]
        marks.append(_("in the documents: %(documents)s", documents=listed(dict.fromkeys(kinds))))
    return " — ".join([pick(category.name), *(["; ".join(marks)] if marks else [])])


def sources(definition: RegisterDefinition) -> Section:
    """Art. 14(2)(f): where the data comes from, and whether from a public source."""
    lines = tuple(source_words(source) for source in definition.sources or ())
    return Section(_("Where do we get your data?"), "14(2)(f)", (), lines)


def source_words(source: Source) -> str:
    """A source, with what comes from it and how."""
    details = [pick(text) for text in (source.what, source.channel) if text is not None]
    if source.public is not None and not source.data_subject:
        details.append(
            _("the source is open to everyone")
            if source.public
            else _("the source is not open to everyone")
        )
    return f"{pick(source.name)}: {'; '.join(details)}" if details else pick(source.name)


def recipients(definition: RegisterDefinition) -> Section:
    """Art. 13(1)(e): who gets the data, what allows it, and who processes it for us."""
    disclosures = definition.disclosures
    told = [(d, "\n".join(disclosure_lines(definition, d))) for d in disclosures or ()]
    rows = tuple((pick(d.recipient), details) for d, details in told if details)
    bullets = [pick(d.recipient) for d, details in told if not details]
    said = []
    if disclosures is not None and not disclosures:
        said.append(_("We do not give your data to others."))
    if definition.processors == ():
        said.append(_("Nobody processes your data on our behalf."))
    if disclosures is None and definition.processors is not None:
        said.append(
            _(
                "This notice does not tell yet whether we give your data to others. You can ask us "
                "about it."
            )
        )
    if definition.processors:
        said.append(_("Those listed as helpers use your data only for us and as we tell them."))
    bullets += [processor_words(processor) for processor in definition.processors or ()]
    heading = _("Who do we give your data to?")
    return Section(heading, "13(1)(e), 14(1)(e)", tuple(said), tuple(bullets), rows)


def processor_words(processor: Processor) -> str:
    """Who processes data for us, and what they do."""
    name = _("%(name)s (helper)", name=pick(processor.name))
    return f"{name}: {pick(processor.task)}" if processor.task is not None else name


def disclosure_lines(definition: RegisterDefinition, disclosure: Disclosure) -> Iterator[str]:
    """What a recipient gets, what for, what allows it and how, line by line."""
    yield from _what_and_why(definition, disclosure)
    yield from _how(definition, disclosure)


def _what_and_why(definition: RegisterDefinition, disclosure: Disclosure) -> Iterator[str]:
    what = _disclosed(definition, disclosure)
    if what:
        yield _("What: %(what)s", what=what)
    if disclosure.purpose is not None:
        yield _("For what: %(purpose)s", purpose=pick(disclosure.purpose))
    if disclosure.condition is not None:
        yield _("When: %(condition)s", condition=pick(disclosure.condition))
    if disclosure.decided_by is not None:
        yield _("Only by decision of: %(whom)s", whom=pick(disclosure.decided_by))
    allowed = _allowed(disclosure)
    if allowed:
        yield _("What allows it: %(basis)s", basis=allowed)


def _how(definition: RegisterDefinition, disclosure: Disclosure) -> Iterator[str]:
    if disclosure.services:
        services = listed(pick(definition.service(key).name) for key in disclosure.services)
        yield _("In these services: %(services)s", services=services)
    if disclosure.channel is not None:
        yield _("How: %(channel)s", channel=pick(disclosure.channel))
    if disclosure.published:
        yield _("This is published: anyone can see it.")
    if disclosure.delivered_by is Deliverer.DATA_SUBJECT:
        yield _("You take it there yourself; we do not send it.")
    if disclosure.refusal is not None:
        yield _("You may refuse this. %(how)s", how=pick(disclosure.refusal))


def _disclosed(definition: RegisterDefinition, disclosure: Disclosure) -> str:
    what = pick(disclosure.what)
    names = [
        pick(category.name)
        for category in definition.data_categories
        if category.key in disclosure.data_categories
    ]
    unsaid = [name for name in names if name.casefold() not in what.casefold()]
    return "; ".join(text for text in (what, listed(unsaid)) if text)


def _allowed(disclosure: Disclosure) -> str:
    parts = []
    if disclosure.basis is not None:
        parts.append(disclosure_words(disclosure.basis, disclosure.consent_form))
    if disclosure.statute is not None:
        parts.append(law_words(disclosure.statute))
    return ": ".join(parts)


def transfers(definition: RegisterDefinition) -> Section:
    """Art. 13(1)(f): transfers with what protects them, and where to get a copy of it."""
    heading = _("Does your data leave the EU and the EEA?")
    law = "13(1)(f), 14(1)(f)"
    if definition.transfers is None:
        return Section(heading, law)
    if not definition.transfers.made:
        return Section(
            heading, law, (_("No. We do not transfer data outside the EU and the EEA."),)
        )
    rows = tuple(
        (f"{pick(item.recipient)}, {pick(item.destination)}", "\n".join(_transfer(item)))
        for item in definition.transfers.items
    )
    return Section(heading, law, (_("Yes. Data goes to those below."),), rows=rows)


def _transfer(item: Transfer) -> Iterator[str]:
    if item.mechanism:
        ground = "; ".join(cited(words(each), each) for each in item.mechanism)
        yield _("What allows it: %(basis)s", basis=ground)
    if item.safeguard is not None:
        yield pick(item.safeguard)
    if not item.mechanism and item.safeguard is None:
        yield _("What protects the data there is not stated yet.")
    if item.copy_from is not None:
        yield _("Where to get a copy of the safeguards: %(where)s", where=pick(item.copy_from))


def safeguards(definition: RegisterDefinition) -> Section:
    """The measures in general (Art. 32).

    Who has the keys, where papers are, and that a measure rests on one person, is internal.
    """
    lines = tuple(pick(safeguard.text) for safeguard in definition.safeguards)
    return Section(_("How do we protect your data?"), "32", (), lines, optional=True)
