"""What the changes of a register mean to the people it tells of, in the words of its notice.

What was and what is are lines of the notice itself, so the change list never speaks of more than
the notice does, nor in the words of the internal record. Whether something is told at all does not
depend on the language: an edition tells people something new in all of its languages or in none.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import Any

from app.registers.definitions import DataCategory, Disclosure, Purpose, RegisterDefinition, Right
from app.registers.definitions.parts import Controller, Processor
from app.registers.definitions.rights import ARTICLES
from app.registers.differences import Change, ChangeKind
from app.registers.notice import data, people, purposes, rights
from app.registers.notice.model import Section
from app.registers.notice.news_words import KEPT, MEMBERS, RIGHT, WHOLE
from app.registers.notice.words import contact_words
from app.web.i18n import gettext as _
from app.web.i18n import language, pick

Says = Callable[[RegisterDefinition], list[str]]


def told(
    changes: Iterable[Change],
    old: RegisterDefinition,
    new: RegisterDefinition,
    languages: Collection[str],
) -> Iterator[str]:
    """The changes for clients: each a sentence with lines of what was and what is now.

    In the language in use; `languages` are those of the notice.
    """
    of_rights, whole = set(), set()
    for change in sorted(changes, key=lambda change: _ORDER.index(change.part)):
        part, place = change.part, change.where[-1]
        if change.kind in KEPT:
            yield _kept(change)
        elif part == "rights" and place != part:
            of_rights.add(Right(place))
        elif part == "services":
            yield from _consent(change, old, new)
        elif part in MEMBERS and place != part:
            yield from _member(change, old, new, languages)
        elif part in _SAYS and part not in whole:
            whole.add(part)
            yield from _changed(str(WHOLE[part]), _SAYS[part], old, new, languages)
    yield from _rights(of_rights, old, new, languages)


def _changed(
    text: str,
    says: Says,
    old: RegisterDefinition,
    new: RegisterDefinition,
    languages: Collection[str],
) -> Iterator[str]:
    """The sentence with what differs; nothing where the notice says the same in each language."""
    for code in languages:
        with language(code):
            differs = says(old) != says(new)
        if differs:
            yield _compared(text, says(old), says(new))
            return


def _compared(text: str, before: Collection[str], now: Collection[str]) -> str:
    was = [_("Before: %(what)s", what=line) for line in before if line not in now]
    is_now = [_("Now: %(what)s", what=line) for line in now if line not in before]
    return "\n".join([text, *was, *is_now])


def _kept(change: Change) -> str:
    ((_field, before, now),) = change.details
    text = KEPT[change.kind] % {"name": change.name}
    return _compared(text, [before] if before else [], [now] if now else [])


def _member(
    change: Change, old: RegisterDefinition, new: RegisterDefinition, languages: Collection[str]
) -> Iterator[str]:
    """A member of a list: new, gone, or told of otherwise."""
    words = MEMBERS[change.part]

    def says(register: RegisterDefinition) -> list[str]:
        members = {each.key: each for each in getattr(register, change.part)}
        return list(_MEMBER_SAYS[change.part](register, members[change.where[-1]]))

    if change.kind is ChangeKind.ADDED:
        name, *details = says(new)
        yield "\n".join([words.added % {"name": name}, *details])
    elif change.kind is ChangeKind.REMOVED:
        yield words.removed % {"name": change.name}
    else:
        yield from _changed(words.changed % {"name": change.name}, says, old, new, languages)


def _consent(change: Change, old: RegisterDefinition, new: RegisterDefinition) -> Iterator[str]:
    """What a service asks of people before anything is recorded on them."""
    before, now = (register.service(change.where[-1]) for register in (old, new))
    if now.consent_required and not before.consent_required:
        text = _(
            "Before we record anything about you in this service, we now ask for your separate "
            "consent: %(name)s",
            name=change.name,
        )
        yield _compared(text, [], [pick(now.consent_text)])
    elif before.consent_required and not now.consent_required:
        yield _(
            "We do not ask for a separate consent in this service any more: %(name)s",
            name=change.name,
        )
    elif now.consent_required and before.consent_text != now.consent_text:
        text = _("The consent that we ask for in this service has changed: %(name)s")
        texts = ([pick(each.consent_text)] for each in (before, now))
        yield _compared(text % {"name": change.name}, *texts)


def _rights(
    changed: Collection[Right],
    old: RegisterDefinition,
    new: RegisterDefinition,
    languages: Collection[str],
) -> Iterator[str]:
    """Rights that people got or lost, also by another legal basis, and what is said of the rest."""
    for right in Right:
        name = rights.right_name(right)
        had, has = (right in ARTICLES and rights.has_right(each, right) for each in (old, new))
        if has and not had:
            yield _("You now also have this right: %(name)s", name=name)
        elif had and not has:
            yield _("You do not have this right here any more: %(name)s", name=name)
        elif right in changed:
            text = RIGHT % {"name": name}
            yield from _changed(text, partial(rights.own_words, right), old, new, languages)


def _section(section: Section) -> list[str]:
    rows = (f"{label}: {value}".replace("\n", "; ") for label, value in section.rows)
    return [*section.paragraphs, *rows, *section.bullets]


def _texts(*texts: Any) -> list[str]:
    return [pick(text) for text in texts if text is not None]


def _controller(_register: RegisterDefinition, controller: Controller) -> list[str]:
    return [
        line for _label, value in people.controller_rows(controller) for line in value.split("\n")
    ]


def _purpose(register: RegisterDefinition, purpose: Purpose) -> Iterator[str]:
    yield pick(purpose.text)
    yield from purposes.purpose_lines(register, purpose)
    words = purposes.obligation_words(purpose)
    if words:
        yield f"{_('Must you give us your data?')} {words}"


def _processor(_register: RegisterDefinition, processor: Processor) -> list[str]:
    return _texts(processor.name, processor.task)


def _category(register: RegisterDefinition, category: DataCategory) -> Iterator[str]:
    yield data.category_words(register, category)
    if category.identity_code:
        yield _("Your identity code is among this data.")
    if category.retention is not None:
        yield f"{_('How long do we keep your data?')} {pick(category.retention)}"


def _disclosure(register: RegisterDefinition, disclosure: Disclosure) -> Iterator[str]:
    yield pick(disclosure.recipient)
    yield from data.disclosure_lines(register, disclosure)


# What matters most to people comes first: what is done with the data, by whom and how long.
_ORDER = (
    "purposes",
    "disclosures",
    "transfers",
    "processors",
    "data_categories",
    "data_subjects",
    "sources",
    "storage_rules",
    "retention",
    "automated_decisions",
    "services",
    "direct_marketing",
    "rights",
    "statutes",
    "controllers",
    "joint_arrangement",
    "data_protection_officer",
    "contact",
    "name",
    "description",
    "notice",
    "capacity",
)

# What the notice says of a member of a list, its name first, and of a part as a whole. That the
# organisation's capacity changed is not among them: a processor has no notice of its own.
_MEMBER_SAYS: dict[str, Callable[[RegisterDefinition, Any], Iterable[str]]] = {
    "controllers": _controller,
    "processors": _processor,
    "purposes": _purpose,
    "data_subjects": lambda _register, group: [data.group_words(group)],
    "data_categories": _category,
    "sources": lambda _register, source: [data.source_words(source)],
    "disclosures": _disclosure,
}
_SAYS: dict[str, Callable[[RegisterDefinition], list[str]]] = {
    "name": lambda register: _texts(register.name),
    "description": lambda register: _texts(register.description),
    "joint_arrangement": lambda register: _texts(register.joint_arrangement),
    "data_protection_officer": lambda register: _section(people.protection_officer(register)),
    "contact": lambda register: list(filter(None, [contact_words(register.contact)])),
    "statutes": lambda register: list(purposes.purposes(register).paragraphs),
    "processors": lambda register: list(data.recipients(register).paragraphs),
    "sources": lambda register: _section(data.sources(register)),
    "disclosures": lambda register: list(data.recipients(register).paragraphs),
    "transfers": lambda register: _section(data.transfers(register)),
    "retention": lambda register: _texts(register.retention),
    "automated_decisions": lambda register: _section(purposes.automated(register)),
    "direct_marketing": rights.marketing_lines,
    "notice": lambda register: _texts(register.notice.introduction, register.notice.informing),
}
