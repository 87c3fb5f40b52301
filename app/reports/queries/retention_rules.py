"""Retention rules with what they govern: storage rules of registers, and documents.

What a register keeps is no secret among staff; how many documents there are is counted only in the
registers in which the person has a role that works with them or reviews them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import func, select

from app import clock
from app.accounts.permissions import CLIENT_ROLES, Actor, Role
from app.clients.queries import UNRESTRICTED
from app.clients.rules import collation_key
from app.db import db
from app.documents.models import Document
from app.registers.definitions import RegisterDefinition
from app.registers.models import RegisterVersion
from app.registers.queries import parse_definition
from app.retention.differences import Difference, differences
from app.retention.policies import RetentionPolicy
from app.retention.queries import (
    ProposalRow,
    RuleVersion,
    decided_proposals,
    in_force_of,
    keys_of_versions,
    open_proposals,
    rules_in_force,
    versions_of_rule,
)
from app.retention.words import Standing, standing
from app.web.i18n import pick

# Who is told how many documents a register has.
COUNTERS = (*CLIENT_ROLES, Role.AUDITOR)


class Usage(StrEnum):
    """Whether a register in force uses a rule."""

    USED = "used"
    UNUSED = "unused"


class Order(StrEnum):
    """In what order rules are listed."""

    KEY = "key"
    NAME = "name"


PERIOD_OPEN = "period_open"


@dataclass(frozen=True)
class Use:
    """A place where a register uses a rule.

    A storage rule has a service and a document type; a data category has its own name only. Of
    `documents` those are counted that are kept now; None where the person may not know.
    `in_register` False: the register has no such storage rule any more, but documents are left.
    """

    register_id: int
    register: str
    number: int
    service_key: str = ""
    service: str = ""
    type_key: str = ""
    document_type: str = ""
    category: str = ""
    documents: int | None = None
    may_list: bool = False
    in_register: bool = True


@dataclass(frozen=True)
class RuleRow:
    """A rule in the list. `documents` None: the person works in no register whose are counted."""

    number: int
    policy: RetentionPolicy
    uses: int
    registers: tuple[str, ...]
    documents: int | None


@dataclass(frozen=True)
class RuleFilter:
    """What to look for; empty fields do not restrict."""

    text: str = ""
    certainty: str = ""
    register_id: int | None = None
    usage: str = ""
    order: str = Order.KEY

    def wants(self, policy: RetentionPolicy) -> bool:
        """Whether the rule itself is looked for, its use left aside."""
        if self.certainty == PERIOD_OPEN and not policy.is_period_open:
            return False
        if self.certainty in set(Standing) and standing(policy) != self.certainty:
            return False
        words = self.text.casefold().split()
        text = _searched(policy)
        return all(word in text for word in words)


@dataclass(frozen=True)
class VersionRow:
    """A version of a rule, what it changed, and how many documents follow it."""

    version: RuleVersion
    changed: list[Difference]
    documents: int | None


@dataclass(frozen=True)
class RulePage:
    """A rule with its versions, the last one first, and all that it governs.

    `newest` is the version in force. `proposals` wait for a decision; `refused` came to nothing.
    """

    newest: RuleVersion
    versions: list[VersionRow]
    uses: list[Use]
    documents: int | None
    proposals: list[ProposalRow]
    refused: list[ProposalRow]

    @property
    def policy(self) -> RetentionPolicy:
        """The rule as its version in force has it."""
        return self.newest.policy

    @property
    def last(self) -> RuleVersion:
        """The last version, which may begin later than today."""
        return self.versions[0].version

    @property
    def current_documents(self) -> int:
        """How many of the counted documents follow the version in force."""
        return next(row.documents or 0 for row in self.versions if row.version is self.newest)

    @property
    def confirmed_by_person(self) -> str | None:
        """Who confirmed it in the browser, by name; None for a confirmation of a file."""
        mandate = self.policy.mandate
        made = (mandate.confirmed_by, mandate.confirmed_on)
        # The first version with it: later ones carry it on, whoever made them.
        return next(
            (
                row.version.changed_by
                for row in sorted(self.versions, key=lambda row: row.version.number)
                if made
                == (
                    row.version.policy.mandate.confirmed_by,
                    row.version.policy.mandate.confirmed_on,
                )
            ),
            None,
        )


def rule_list(actor: Actor, wanted: RuleFilter) -> list[RuleRow]:
    """The rules that are looked for, each with its use and the number of documents it governs."""
    uses: dict[str, list[Use]] = defaultdict(list)
    for key, use in _uses(wanted.register_id):
        uses[key].append(use)
    documents = _documents_by_rule(actor, wanted.register_id)
    rows = [
        RuleRow(
            number=rule.number,
            policy=rule.policy,
            uses=len(uses[rule.policy.key]),
            registers=tuple(dict.fromkeys(use.register for use in uses[rule.policy.key])),
            documents=None if documents is None else documents[rule.policy.key],
        )
        for rule in rules_in_force()
        if wanted.wants(rule.policy)
    ]
    rows = [row for row in rows if _is_used_as_wanted(row, wanted)]
    if wanted.order == Order.NAME:
        rows.sort(key=lambda row: collation_key(pick(row.policy.name)))
    return rows


def rule_page(actor: Actor, key: str) -> RulePage:
    """One rule with all that it governs. Raises `NotFound` for an unknown rule."""
    versions = versions_of_rule(key)
    counts = _documents_by_place(actor, {version.id for version in versions})
    by_version: Counter[int] = Counter()
    by_place: Counter[tuple[int, str, str]] = Counter()
    for (version_id, register_id, service, type_key), count in (counts or {}).items():
        by_version[version_id] += count
        by_place[register_id, service, type_key] += count
    before = [*versions[1:], None]
    return RulePage(
        newest=in_force_of(versions),
        versions=[
            VersionRow(
                version,
                differences(earlier.policy, version.policy) if earlier else [],
                None if counts is None else by_version[version.id],
            )
            for version, earlier in zip(versions, before, strict=True)
        ],
        uses=_counted(actor, [use for used, use in _uses(None) if used == key], by_place),
        documents=None if counts is None else by_version.total(),
        proposals=open_proposals(key),
        refused=decided_proposals(key),
    )


def registers_in_force() -> list[tuple[int, str]]:
    """Registers with a version in force: id and name, to choose from."""
    return [(id_, pick(definition.name)) for id_, (_, definition) in _definitions().items()]


def definitions_in_force() -> list[RegisterDefinition]:
    """What the registers say today, in the order of their ids."""
    return [definition for _number, definition in _definitions().values()]


def _searched(policy: RetentionPolicy) -> str:
    """All that a search looks at, in every language."""
    texts = (
        policy.name,
        policy.mandate.citation,
        policy.notes,
        policy.criteria,
        policy.trigger_text,
    )
    words = [word for text in texts if text for word in (text.fi, text.sv, text.en) if word]
    return "\n".join([policy.key, policy.code or "", *words]).casefold()


def _is_used_as_wanted(row: RuleRow, wanted: RuleFilter) -> bool:
    if wanted.usage == Usage.UNUSED:
        return row.uses == 0
    if wanted.usage == Usage.USED or wanted.register_id is not None:
        return row.uses > 0
    return True


def _definitions() -> dict[int, tuple[int, RegisterDefinition]]:
    """Number and definition of the version in force today, by register."""
    today = clock.today()
    published = db.session.execute(
        select(RegisterVersion.register_id, RegisterVersion.id)
        .where(RegisterVersion.state == "published", RegisterVersion.in_force_from <= today)
        .order_by(RegisterVersion.in_force_from, RegisterVersion.number)
    )
    in_force = dict(published.all())
    rows = db.session.execute(
        select(RegisterVersion.register_id, RegisterVersion.number, RegisterVersion.content)
        .where(RegisterVersion.id.in_(in_force.values()))
        .order_by(RegisterVersion.register_id)
    )
    return {id_: (number, parse_definition(content)) for id_, number, content in rows}


def _uses(register_id: int | None) -> Iterable[tuple[str, Use]]:
    """Each use of a rule by a register in force: the rule's key and the place."""
    for id_, (number, definition) in _definitions().items():
        if register_id not in {None, id_}:
            continue
        base = Use(id_, pick(definition.name), number)
        for rule in definition.storage_rules:
            if rule.retention_rule is not None:
                yield rule.retention_rule, _pair(base, definition, rule.service, rule.document_type)
        for category in definition.data_categories:
            if category.retention_rule is not None:
                yield category.retention_rule, replace(base, category=pick(category.name))


def _pair(base: Use, definition: RegisterDefinition, service: str, type_key: str) -> Use:
    """A service and a document type by name; by key where the register has it no more."""
    names = {each.key: pick(each.name) for each in definition.services}
    types = {each.key: pick(each.name) for each in definition.document_types}
    return replace(
        base,
        service_key=service,
        service=names.get(service, service),
        type_key=type_key,
        document_type=types.get(type_key, type_key),
    )


def _documents_by_rule(actor: Actor, register_id: int | None) -> Counter[str] | None:
    """Documents that are kept now, by the key of their rule; None when none may be counted."""
    allowed = actor.registers(*COUNTERS)
    if allowed is not None and register_id is not None:
        allowed &= {register_id}
    if allowed is not None and not allowed:
        return None
    statement = select(Document.retention_rule_version_id, func.count()).where(
        Document.state == "active", Document.retention_rule_version_id.is_not(None)
    )
    wanted = allowed if register_id is None else {register_id}
    if wanted is not None:
        statement = statement.where(Document.register_id.in_(wanted))
    keys = keys_of_versions()
    found: Counter[str] = Counter()
    for version_id, count in db.session.execute(
        statement.group_by(Document.retention_rule_version_id)
    ):
        if version_id is not None:
            found[keys[version_id]] += count
    return found


def _documents_by_place(
    actor: Actor, version_ids: set[int]
) -> Mapping[tuple[int, int, str, str], int] | None:
    """Documents that are kept now, by version, register, service and type; None as above."""
    allowed = actor.registers(*COUNTERS)
    if allowed is not None and not allowed:
        return None
    place = (
        Document.retention_rule_version_id,
        Document.register_id,
        Document.service_key,
        Document.document_type_key,
    )
    statement = select(*place, func.count()).where(
        Document.state == "active", Document.retention_rule_version_id.in_(version_ids)
    )
    if allowed is not None:
        statement = statement.where(Document.register_id.in_(allowed))
    rows = db.session.execute(statement.group_by(*place))
    return {(v, r, s, t): n for v, r, s, t, n in rows if v is not None}


def _counted(actor: Actor, uses: list[Use], documents: Counter[tuple[int, str, str]]) -> list[Use]:
    """The uses with their documents, then the places that only documents remember."""
    allowed = actor.registers(*COUNTERS)
    rows = [
        replace(
            use,
            documents=documents[use.register_id, use.service_key, use.type_key],
            may_list=actor.has(*UNRESTRICTED, register_id=use.register_id),
        )
        if use.type_key and (allowed is None or use.register_id in allowed)
        else use
        for use in uses
    ]
    known = {(use.register_id, use.service_key, use.type_key) for use in uses}
    definitions = _definitions()
    for place, count in sorted(documents.items()):
        register_id, service, type_key = place
        if place not in known and register_id in definitions:
            number, definition = definitions[register_id]
            base = Use(register_id, pick(definition.name), number)
            gone = _pair(base, definition, service, type_key)
            rows.append(replace(gone, documents=count, in_register=False))
    return rows
