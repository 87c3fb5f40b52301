"""Editing drafts in the browser: one place at a time, and nothing of another person is lost."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from app import clock
from app.accounts.permissions import Actor, NotPermitted, Role
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.db import insert_once, transaction
from app.registers import queries
from app.registers.definitions import RegisterDefinition
from app.registers.definitions.consistency import KEYED_LISTS, Fault, faults
from app.registers.definitions.names import in_words_of_forms
from app.registers.definitions.references import references
from app.registers.editor.identity import addresses, digest
from app.registers.editor.keys import proposed_key, with_keys
from app.registers.editor.labels import page_label
from app.registers.editor.merging import merge
from app.registers.editor.places import NEW, Content, Place, Seen
from app.registers.models import Register, RegisterVersion
from app.retention.definition_files import Loc
from app.retention.definition_validation import fault_in_a_form, model_at
from app.retention.queries import rules_in_force
from app.web.i18n import gettext as _
from app.web.problems import Conflict, InputError, NotFound

# Who edits a register and proposes its versions; an owner only the own registers.
EDITORS = (Role.REGISTER_OWNER, Role.DATA_PROTECTION_OFFICER)
Message = tuple[Loc, str]


class Refused(Exception):
    """The definition would not hold together. Nothing was saved; each message has its place."""

    def __init__(self, messages: list[Message]) -> None:
        super().__init__(messages)
        self.messages = messages

    def inside(self, loc: Loc) -> "Refused":
        """The same, with places inside the one that was edited; () for a fault outside it."""
        return Refused(
            [(at[len(loc) :] if at[: len(loc)] == loc else (), text) for at, text in self.messages]
        )


class Overtaken(Exception):
    """Somebody else changed the same place meanwhile. Nothing was saved."""


def create_register(actor: Actor, key: str, name: str, language: str = "fi") -> Register:
    """A new register with an empty first draft, by someone who works with all registers.

    `key`: empty, it is made from the name. `language`: in which the name is, and every text at
    least will be.
    """
    if actor.registers(*EDITORS) is not None:
        raise NotPermitted(key)
    key = key or proposed_key({"name": {language: name}}, queries.register_keys().values())
    content = {"kind": "register", "schema_version": 1, "key": key}
    content |= {"name": {language: name}}
    if language != "fi":
        content |= {"languages": [language]}
    try:
        definition = RegisterDefinition.model_validate_json(json.dumps(content))
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        message = fault_in_a_form(RegisterDefinition, fault)
        raise InputError(str(fault["loc"][0]), message) from error
    with transaction() as session:
        register = Register(key=key, created_at=clock.now(), versions=[])
        if not insert_once(session, register):
            raise InputError("key", _("There is already a register “%(key)s”.", key=key))
        draft = _add_draft(session, actor, register.id, 1, definition)
        record(
            Event.REGISTER_CREATED,
            actor_id=actor.user_id,
            register_id=register.id,
            object_type=ObjectType.REGISTER_VERSION,
            object_id=draft.id,
        )
    return register


def open_draft(actor: Actor, register_id: int) -> RegisterVersion:
    """The draft of a register, made from its newest version when there is none."""
    actor.require(register_id, *EDITORS)
    with transaction() as session:
        # The lock on the register lets one of two people at once make the draft.
        register = session.get(Register, register_id, with_for_update=True)
        if register is None:
            raise NotFound(register_id)
        newest = queries.versions(register_id)[0]
        if newest.state == "draft":
            return newest
        if newest.state == "proposed":
            raise Conflict(
                _("The newest version waits for publication. Have it returned for changes first.")
            )
        definition = queries.parse_definition(newest.content)
        return _add_draft(session, actor, register_id, newest.number + 1, definition)


def save(actor: Actor, version_id: int, place: Place, value: dict[str, Any], seen: Seen) -> bool:
    """Put a value into a draft; whether somebody else had changed another place meanwhile.

    Raises `Refused`, and `Overtaken` when the place is not any more what the form showed.
    """
    with transaction() as session:
        draft = locked_draft(session, actor, version_id)
        content: Content = json.loads(draft.content)
        before = None if place.member == NEW else place.value(content, seen)
        if place.member != NEW and digest(before) != seen.place:
            raise Overtaken
        value = _with_key(place, value, content)
        changed, loc = place.put(content, value, seen)
        merged = draft.content_hash != seen.content_hash
        try:
            store(actor, draft, changed, place.part, loc)
        except Refused as refusal:
            raise refusal.inside(loc) from refusal
    return merged


def say_none(actor: Actor, version_id: int, part: str, *, silent: bool) -> None:
    """An empty list says that there is nothing; a `silent` register does not state the matter."""
    with transaction() as session:
        draft = locked_draft(session, actor, version_id)
        content = json.loads(draft.content)
        if content.get(part):
            raise Conflict(_("The list is not empty any more."))
        content[part] = None if silent else []
        store(actor, draft, content, part, (part,))


def move(actor: Actor, version_id: int, place: Place, seen: str, step: int) -> str:
    """Move a member of a list up (-1) or down (1); at the end of the list it stays.

    What it is called in the address of its page from then on.
    """
    with transaction() as session:
        draft = locked_draft(session, actor, version_id)
        content = json.loads(draft.content)
        number = place.index(content, Seen(place=seen))
        if number is None:
            raise Conflict(_("Somebody else has removed or changed this meanwhile."))
        members = content[place.part]
        other = min(max(number + step, 0), len(members) - 1)
        members[number], members[other] = members[other], members[number]
        store(actor, draft, content, place.part, (place.part,), member=place.member)
    return addresses(place.part, members)[other]


def remove(actor: Actor, version_id: int, place: Place, seen: str, *, with_rules: bool) -> None:
    """Take a member out of its list. Raises `InputError` naming where it is still used.

    `with_rules`: the storage rules of a service or document type go with it.
    """
    with transaction() as session:
        draft = locked_draft(session, actor, version_id)
        content = json.loads(draft.content)
        number = place.index(content, Seen(place=seen))
        if number is None or digest(content[place.part][number]) != seen:
            raise Conflict(_("Somebody else has removed or changed this meanwhile."))
        if with_rules:
            field = {"services": "service", "document_types": "document_type"}[place.part]
            rules = content.get("storage_rules", [])
            content["storage_rules"] = [r for r in rules if r[field] != place.member]
        used = uses(_parsed(content), place)
        if used:
            where = ", ".join(used)
            raise InputError(
                None,
                _("This is still used in: %(where)s. Take it out there first.", where=where),
            )
        del content[place.part][number]
        store(actor, draft, content, place.part, (place.part,), member=place.member)


def merge_types(actor: Actor, version_id: int, key: str, into: str, content_hash: str) -> None:
    """Merge a document type into another, as it was shown of the draft with that hash."""
    with transaction() as session:
        draft = locked_draft(session, actor, version_id)
        if draft.content_hash != content_hash:
            raise Conflict(_("Somebody else has changed the draft since. See what changes again."))
        content = merge(json.loads(draft.content), key, into).content
        store(actor, draft, content, "document_types", ("document_types",), member=f"{key}.{into}")


def uses(definition: RegisterDefinition, place: Place) -> dict[str, int]:
    """In which parts a keyed member is named by others, and how many times."""
    if place.part not in KEYED_LISTS:
        return {}
    members = getattr(definition, place.part) or ()
    own = next((n for n, each in enumerate(members) if each.key == place.member), None)
    found = Counter(
        page_label(str(loc[0]))
        for loc, target, key in references(definition)
        if target == place.part and key == place.member and loc[:2] != (place.part, own)
    )
    return dict(found)


def _with_key(place: Place, value: dict[str, Any], content: Content) -> dict[str, Any]:
    if place.part == "direct_marketing":
        return _with_forbidden_keys(value)
    if place.part not in KEYED_LISTS or place.member is None:
        return value
    if place.member != NEW:
        return {**value, "key": place.member}
    if value.get("key"):
        return value
    taken = {each["key"] for each in content.get(place.part) or ()}
    return {**value, "key": proposed_key(value, taken)}


def _with_forbidden_keys(value: dict[str, Any]) -> dict[str, Any]:
    """Direct marketing has a list of entries with keys inside it."""
    marketing = value.get("direct_marketing") or {}
    purposes = marketing.get("prohibited_purposes")
    if not purposes:
        return value
    return {"direct_marketing": {**marketing, "prohibited_purposes": with_keys(purposes)}}


def locked_draft(session: Session, actor: Actor, version_id: int) -> RegisterVersion:
    """A draft that the person may edit, locked until the transaction ends.

    Raises `NotFound`, `NotPermitted`, and `Conflict` for a version that is not a draft any more.
    """
    draft = session.get(RegisterVersion, version_id, with_for_update=True)
    if draft is None:
        raise NotFound(version_id)
    actor.require(draft.register_id, *EDITORS)
    if draft.state != "draft":
        raise Conflict(_("This version is not a draft any more, so it cannot be edited."))
    return draft


def _parsed(content: Content) -> RegisterDefinition:
    return RegisterDefinition.model_validate_json(json.dumps(content))


def store(
    actor: Actor,
    draft: RegisterVersion,
    content: Content,
    part: str,
    *locs: Loc,
    member: str | None = None,
) -> None:
    """Check the whole definition, keep it in the draft and log that; `source` stays as it is.

    `locs`: the places that were edited; `member`: what the log calls that which was edited in the
    part, where that is more or less than the member at the place. Raises `Refused` with places of
    the definition.
    """
    try:
        definition = _parsed(content)
    except ValidationError as error:
        raise Refused(
            [
                _message(tuple(fault["loc"]), fault_in_a_form(RegisterDefinition, fault))
                for fault in error.errors(include_url=False)
            ]
        ) from error
    known = {
        "retention_rules": {rule.policy.key for rule in rules_in_force()},
        "registers": set(queries.register_keys().values()),
    }
    new = _new_faults(draft, definition, known, locs)
    if new:
        raise Refused([_message(f.loc, f"{f.message} {_way_out(f)}") for f in new])
    draft.content = definition.to_json()
    draft.content_hash = definition.content_hash
    draft.edited_by_id, draft.edited_at = actor.user_id, clock.now()
    record(
        Event.REGISTER_EDITED,
        actor_id=actor.user_id,
        register_id=draft.register_id,
        object_type=ObjectType.REGISTER_VERSION,
        object_id=draft.id,
        details={
            "version": draft.number,
            "part": part,
            "member": member or _called(part, content, locs),
        },
    )


def _message(loc: Loc, text: str) -> Message:
    """A message with its place, the keys in it said as the fields of the form there."""
    return loc, in_words_of_forms(text, model_at(RegisterDefinition, loc))


def _way_out(fault: Fault) -> str:
    """What to do in a form: it lists all that is there, which others may change meanwhile."""
    if fault.code == "dangling_reference":
        return _("Choose one of the choices of the list.")
    return fault.remedy


def _called(part: str, content: Content, locs: tuple[Loc, ...]) -> str | None:
    """The key of the one member that was edited, or its number where it has none."""
    if len(locs) != 1 or len(locs[0]) != 2:
        return None
    return addresses(part, content[part])[int(locs[0][1])]


def _new_faults(
    draft: RegisterVersion,
    definition: RegisterDefinition,
    known: Mapping[str, set[str]],
    locs: tuple[Loc, ...],
) -> list[Fault]:
    """Faults at the edited places themselves, and those elsewhere that were not there before."""
    before = {fault.message for fault in faults(queries.parse_definition(draft.content), known)}
    found = faults(definition, known)
    edited = [loc for loc in locs if loc]
    return [
        f
        for f in found
        if any(f.loc[: len(loc)] == loc for loc in edited) or f.message not in before
    ]


def _add_draft(
    session: Session, actor: Actor, register_id: int, number: int, definition: RegisterDefinition
) -> RegisterVersion:
    draft = RegisterVersion(
        register_id=register_id,
        number=number,
        state="draft",
        content=definition.to_json(),
        content_hash=definition.content_hash,
        loaded_at=clock.now(),
        edited_by_id=actor.user_id,
        edited_at=clock.now(),
    )
    session.add(draft)
    session.flush()
    return draft
