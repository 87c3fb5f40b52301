"""Names: spellings, near duplicates, general names beside particular ones, old names of bodies."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from app.registers.definitions import RegisterDefinition
from app.registers.definitions.vocabulary import Medium
from app.registers.findings.authorities import outdated_bodies_in
from app.registers.findings.model import Finding
from app.registers.findings.model import FindingCode as Code
from app.registers.findings.texts import finding
from app.registers.findings.walking import texts_of
from app.registers.findings.wording import alike, compact, general, slips, words_of
from app.retention.definition_models import LocalizedText

Named = tuple[tuple[str, ...], LocalizedText]


def spellings(register: RegisterDefinition) -> Iterator[Finding]:
    """Names that the printed description spells otherwise than they are spelled."""
    for service in register.services:
        odd = tuple(text for text in service.printed if text != service.name.original)
        if odd:
            where = ("services", service.key)
            yield finding(Code.SERVICE_SPELLING, where, service=service.name, spellings=odd)
    for kind in register.offered_types():
        # A list prints its items without a capital; proper names only keep theirs.
        odd = tuple(
            text for text in kind.printed if text.casefold() != kind.name.original.casefold()
        )
        if odd:
            where = ("document_types", kind.key)
            yield finding(Code.DOCUMENT_SPELLING, where, document=kind.name, spellings=odd)
    for category in register.data_categories:
        name, printed = category.name.original, category.printed or ""
        written_apart = name.casefold() not in printed.casefold()
        if written_apart and compact(name) in compact(printed):
            where = ("data_categories", category.key)
            yield finding(
                Code.CATEGORY_SPELLING, where, category=category.name, spellings=(printed,)
            )


def near_names(register: RegisterDefinition) -> Iterator[Finding]:
    """Names of one list that people can hardly tell apart, or of which one covers the other."""
    types: list[Named] = [(("document_types", k.key), k.name) for k in register.offered_types()]
    names = [name.original for _where, name in types]
    near, media = set(alike(names)), _media(register)
    for one, other in sorted(near | set(general(names))):
        (where, first), (elsewhere, second) = types[one], types[other]
        if (one, other) in near:
            yield finding(Code.NEAR_DUPLICATE_NAMES, where, first=first, second=second)
            # What is probably one type under two names, stored in different ways.
            stored = [media.get(where[1]), media.get(elsewhere[1])]
            if all(stored) and stored[0] != stored[1]:
                yield finding(Code.NEAR_DUPLICATE_MEDIA, where, first=first, second=second)
        else:
            yield finding(Code.GENERIC_NAME, where, general=first, specific=second)
    for members in _other_lists(register):
        for one, other in alike([name.original for _where, name in members]):
            (where, first), (_where, second) = members[one], members[other]
            yield finding(Code.NEAR_DUPLICATE_NAMES, where, first=first, second=second)


def _other_lists(register: RegisterDefinition) -> Iterator[list[Named]]:
    yield [(("services", service.key), service.name) for service in register.services]
    yield [(("data_categories", each.key), each.name) for each in register.data_categories]
    yield [(("disclosures", each.key), each.recipient) for each in register.disclosures or ()]


def _media(register: RegisterDefinition) -> dict[str, set[tuple[Medium, ...]]]:
    """On which media the services store each document type."""
    found: defaultdict[str, set[tuple[Medium, ...]]] = defaultdict(set)
    for rule in register.storage_rules:
        if rule.media:
            found[rule.document_type].add(rule.media)
    return found


def words_spelled_two_ways(register: RegisterDefinition) -> Iterator[Finding]:
    """One long word with a letter more in one name than in another."""
    seen: dict[str, tuple[str, ...]] = {}
    for where, text in _names(register):
        for word in words_of(text):
            seen.setdefault(word, where)
    # In the order in which they are read, so that the later one is the odd one.
    words = list(seen)
    for one, other in sorted(slips(words)):
        first, second = words[one], words[other]
        yield finding(Code.WORD_SPELLING, seen[second], first=first, second=second)


def _names(register: RegisterDefinition) -> Iterator[tuple[tuple[str, ...], str]]:
    for service in register.services:
        for text in (service.name.original, *service.printed):
            yield ("services", service.key), text
    for category in register.data_categories:
        for text in (category.name.original, category.printed or ""):
            yield ("data_categories", category.key), text
    for kind in register.offered_types():
        for text in (kind.name.original, *kind.printed):
            yield ("document_types", kind.key), text


def outdated_bodies(register: RegisterDefinition, as_of: date | None) -> Iterator[Finding]:
    """Bodies that the register names, but that have ended: each where it stands first."""
    seen: set[str] = set()
    for where, text in texts_of(register):
        if where[0] in {"remarks", "printed_fields"} or where[-1] in {"notes", "key"}:
            continue
        for body in outdated_bodies_in(text, as_of):
            if body.name not in seen:
                seen.add(body.name)
                yield finding(
                    Code.AUTHORITY_OUTDATED,
                    where[:2],
                    body=body.name,
                    ended_on=body.ended_on,
                    successor=body.successor,
                )


NAME_CHECKS = (spellings, near_names, words_spelled_two_ways)
