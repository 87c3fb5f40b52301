"""The record itself: GDPR Art. 30(1), a row for each purpose of each register, and Art. 30(2).

Where one table is all there is, a purpose has a row for each of its data categories, because the
article asks for time limits of categories.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from app.registers import phrases
from app.registers.definitions import RegisterDefinition, words
from app.registers.definitions.citations import statute_words
from app.registers.definitions.parts import Controller, DataCategory, Purpose, SubjectGroup
from app.registers.exports.source import ExportedRegister, ExportSource
from app.registers.exports.tables.model import Column, Table, build
from app.registers.phrases import lines, not_stated
from app.web.i18n import gettext as _
from app.web.i18n import pick


@dataclass(frozen=True)
class Activity:
    """One row: a register and one of its purposes; None when it names no purpose.

    `category`: the one that the row is about; None when it is about all that the purpose concerns.
    """

    source: ExportSource
    register: ExportedRegister
    purpose: Purpose | None
    category: DataCategory | None = None

    @property
    def definition(self) -> RegisterDefinition:
        """The register as it is in the version."""
        return self.register.definition

    def subjects(self) -> tuple[SubjectGroup, ...]:
        """The groups of people that the purpose concerns, and the category where there is one."""
        chosen = set(self.purpose.data_subjects if self.purpose else ())
        of_category = set(self.category.data_subjects if self.category else ())
        wanted = (chosen & of_category) or of_category or chosen
        return tuple(s for s in self.definition.data_subjects if not wanted or s.key in wanted)

    def categories(self) -> tuple[DataCategory, ...]:
        """The data that the row is about."""
        if self.category is not None:
            return (self.category,)
        chosen = self.purpose.data_categories if self.purpose else ()
        return tuple(c for c in self.definition.data_categories if not chosen or c.key in chosen)


def activities(source: ExportSource) -> Table:
    """Art. 30(1): what the organisation does as a controller, a row for each purpose."""
    return _table(_of_purposes(source))


def by_category(source: ExportSource) -> Table:
    """Art. 30(1), a row for each purpose and data category; no category is left out."""
    return _table(_of_categories(_of_purposes(source)))


def _table(rows: Iterable[Activity]) -> Table:
    columns = [*_identity_columns(), *_purpose_columns(), *_data_columns(), *_outward_columns()]
    return build("activities", _("Art. 30(1)"), columns, rows)


def _of_purposes(source: ExportSource) -> Iterator[Activity]:
    for register in source.registers:
        if not register.is_for_others:
            for purpose in register.definition.purposes or (None,):
                yield Activity(source, register, purpose)


def _of_categories(rows: Iterable[Activity]) -> Iterator[Activity]:
    for _key, of_register in groupby(rows, lambda row: row.definition.key):
        told: set[str] = set()
        for row in of_register:
            last = row
            told.update(category.key for category in row.categories())
            yield from (replace(row, category=c) for c in row.categories() or (None,))
        for category in last.definition.data_categories:
            if category.key not in told:
                yield replace(last, purpose=None, category=category)


def processing_for_others(source: ExportSource) -> Table:
    """Art. 30(2): what the organisation does on behalf of controllers."""
    columns = [
        *_identity_columns(),
        Column[Activity](
            _("Processor (Art. 30(2)(a))"),
            32,
            lambda row: (
                lines(
                    phrases.joined(pick(p.name), p.business_id, p.contact)
                    for p in row.definition.processors or ()
                )
                or not_stated()
            ),
        ),
        Column[Activity](
            _("Categories of processing (Art. 30(2)(b))"),
            44,
            lambda row: lines(map(pick, row.definition.processing_for_others)) or not_stated(),
        ),
        Column[Activity](
            _("Transfers (Art. 30(2)(c))"), 36, lambda row: phrases.transfers(row.definition)
        ),
        Column[Activity](
            _("Safeguards (Art. 30(2)(d))"), 48, lambda row: phrases.safeguards(row.definition)
        ),
    ]
    rows = (
        Activity(source, register, None) for register in source.registers if register.is_for_others
    )
    return build("for-others", _("Art. 30(2)"), columns, rows)


def _identity_columns() -> Iterator[Column[Activity]]:
    yield Column(_("Register"), 28, lambda row: pick(row.definition.name))
    yield Column(_("Version"), 9, lambda row: row.register.number)
    yield Column(_("In force from"), 12, lambda row: row.register.in_force_from)
    yield Column(_("Controller (a)"), 32, _controllers)
    yield Column(
        _("Joint controllership (a)"), 32, lambda row: pick(row.definition.joint_arrangement)
    )
    yield Column(_("Representative (a)"), 24, _representatives)
    yield Column(
        _("Data protection officer (a)"),
        28,
        lambda row: phrases.officer(row.definition) or not_stated(),
    )
    yield Column(
        _("Responsible for the register"), 28, lambda row: phrases.role(row.definition.owner)
    )
    yield Column(_("Contact"), 28, lambda row: phrases.role(row.definition.contact))
    yield Column(_("Description"), 44, lambda row: pick(row.definition.description))


def _controllers(row: Activity) -> str:
    listed = (
        phrases.joined(pick(c.name), c.business_id, c.contact, pick(c.responsibilities))
        for c in row.definition.controllers
    )
    return lines(listed) or not_stated()


def _representatives(row: Activity) -> str:
    def line(controller: Controller) -> str:
        named = phrases.role(controller.representative)
        return f"{pick(controller.name)}: {named}" if named else ""

    return lines(map(line, row.definition.controllers))


def _purpose_columns() -> Iterator[Column[Activity]]:
    yield Column(
        _("Purpose (b)"), 44, lambda row: pick(row.purpose.text) if row.purpose else not_stated()
    )
    yield Column(
        _("Legal basis"),
        30,
        lambda row: phrases.legal_bases(row.purpose) if row.purpose else not_stated(),
    )
    yield Column(
        _("Legitimate interest"),
        28,
        lambda row: pick(row.purpose.legitimate_interest) if row.purpose else "",
    )
    yield Column(_("Ground for special categories of data"), 28, _article_9)
    yield Column(_("Ground for data on offences"), 28, _article_10)
    yield Column(_("Ground for the identity code"), 28, _identity_code)
    yield Column(_("Law"), 36, _statutes)
    yield Column(_("Must you give the data"), 24, _obligation)


def _article_9(row: Activity) -> str:
    condition = row.purpose.article_9_condition if row.purpose else None
    return phrases.with_article(condition) if condition else ""


def _article_10(row: Activity) -> str:
    ground = row.purpose.article_10_ground if row.purpose else None
    return words(ground) if ground else ""


def _identity_code(row: Activity) -> str:
    ground = row.purpose.identity_code_ground if row.purpose else None
    return words(ground) if ground else ""


def _statutes(row: Activity) -> str:
    of_purpose = row.purpose.statutes if row.purpose else ()
    return lines(statute_words(law) for law in of_purpose or row.definition.statutes)


def _obligation(row: Activity) -> str:
    stated = row.purpose.data_obligation if row.purpose else None
    return phrases.obligation(stated) if stated else ""


def _data_columns() -> Iterator[Column[Activity]]:
    yield Column(
        _("Data subjects (c)"),
        30,
        lambda row: lines(map(phrases.subject, row.subjects())) or not_stated(),
    )
    yield Column(
        _("Categories of data (c)"),
        44,
        lambda row: lines(pick(category.name) for category in row.categories()) or not_stated(),
    )
    yield Column(_("Special categories of data"), 32, _special)
    yield Column(_("Where the data comes from"), 32, _sources)


def _special(row: Activity) -> str:
    listed = [
        f"{pick(category.name)}: {phrases.special(category).replace(chr(10), ', ')}"
        for category in row.categories()
        if category.special
    ]
    listed += [
        f"{pick(category.name)}: {_('data on criminal convictions and offences')}"
        for category in row.categories()
        if category.criminal
    ]
    return lines(listed)


def _sources(row: Activity) -> str:
    return lines(
        phrases.joined(pick(source.name), pick(source.what))
        for source in row.definition.sources or ()
    )


def _outward_columns() -> Iterator[Column[Activity]]:
    yield Column(
        _("Recipients (d)"), 44, lambda row: phrases.recipients(row.definition, row.categories())
    )
    yield Column(_("Transfers (e)"), 36, lambda row: phrases.transfers(row.definition))
    yield Column(
        _("Time limits (f)"),
        56,
        lambda row: phrases.retention_of(row.definition, row.categories(), row.source.policies),
    )
    yield Column(
        _("Time limits of documents in no category"),
        44,
        lambda row: phrases.retention_of_the_rest(row.definition, row.source.policies),
    )
    yield Column(_("Safeguards (g)"), 48, lambda row: phrases.safeguards(row.definition))
    yield Column(_("Places of storage"), 32, _places)
    yield Column(
        _("Rights"), 48, lambda row: lines(map(phrases.right, row.definition.rights or ()))
    )
    yield Column(_("Automated decisions"), 28, lambda row: phrases.automated(row.definition))
    yield Column(_("Impact assessment (Art. 35)"), 28, _assessment)


def _places(row: Activity) -> str:
    return lines(f"{words(p.medium)}: {pick(p.place)}" for p in row.definition.storage_places)


def _assessment(row: Activity) -> str:
    stated = row.definition.impact_assessment
    return phrases.assessment(stated) if stated else ""
