"""Editing the matrix of one service of a draft as a whole."""

import json
from collections.abc import Mapping, Sequence

from app.accounts.permissions import Actor
from app.db import transaction
from app.registers.editor.matrix import Row, fill
from app.registers.services.editing import Refused, locked_draft, store
from app.retention.definition_files import Loc

_PART = "storage_rules"


class RowsOvertaken(Exception):
    """Somebody else changed the same rows meanwhile. Nothing was saved."""

    def __init__(self, document_types: tuple[str, ...]) -> None:
        super().__init__(document_types)
        self.document_types = document_types


def save_matrix(actor: Actor, version_id: int, service: str, rows: Sequence[Row]) -> bool:
    """Save the storage rules of a service; whether somebody else had changed other rows meanwhile.

    Raises `RowsOvertaken`, and `Refused` with messages whose place begins with the document type
    of the row, or is () where the fault is elsewhere in the definition.
    """
    with transaction() as session:
        draft = locked_draft(session, actor, version_id)
        content = json.loads(draft.content)
        filled = fill(content, service, rows)
        if filled.overtaken:
            raise RowsOvertaken(filled.overtaken)
        if filled.content["storage_rules"] == content.get(_PART, []):
            return filled.merged
        try:
            edited = ((_PART, number) for number in filled.places)
            store(actor, draft, filled.content, _PART, *edited, member=service)
        except Refused as refusal:
            messages = [(_row(at, filled.places), text) for at, text in refusal.messages]
            raise Refused(messages) from refusal
    return filled.merged


def _row(at: Loc, places: Mapping[int, str]) -> Loc:
    number = at[1] if at[:1] == (_PART,) and len(at) > 1 else None
    if not isinstance(number, int) or number not in places:
        return ()
    return (places[number], *at[2:])
