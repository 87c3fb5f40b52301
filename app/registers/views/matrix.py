"""The matrix of one service of a draft: what is kept of each document type, on one page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request

from app import clock
from app.accounts.permissions import access, current_actor
from app.registers import queries, services
from app.registers.definitions import StorageRule
from app.registers.editor.identity import digest
from app.registers.editor.inputs import Builder, Input
from app.registers.editor.matrix import FIELDS, Row, is_undecided, rules_of
from app.registers.pages import VersionPage
from app.registers.services import EDITORS, Refused, RowsOvertaken
from app.registers.views.common import Page, blueprint
from app.registers.views.drafts import FormProblems, builder_for, closed_words, draft_of, saved_to
from app.web.i18n import format_datetime, pick
from app.web.i18n import gettext as _
from app.web.problems import Conflict, NotFound

_MATRIX = "/<int:register_id>/versions/<int:number>/matrix/<string:service>"


@dataclass
class Line:
    """A row of the matrix: a document type, the inputs of its rule, what the form showed of it.

    `was_sent`: the form that came has the row; it lacks types that came into the draft since.
    """

    key: str
    title: str
    inputs: Input
    seen: str
    was_sent: bool

    @property
    def cells(self) -> dict[str | int, Input]:
        """The inputs by the field that they are for."""
        return {each.key: each for each in self.inputs.children}

    @property
    def first(self) -> str:
        """The id of the first control, where a fault of the whole row is to be mended."""
        return f"{self.key}-media-c1"

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong in the row: id of the control and message."""
        return [
            (self.first if name in (self.key, f"{self.key}-media") else name, text)
            for name, text in self.inputs.all_errors()
        ]

    def row(self) -> Row:
        """The row as it was typed."""
        return Row(self.key, self.inputs.read(clock.today()), self.seen)


@blueprint.route(_MATRIX, methods=["GET", "POST"])
@access(*EDITORS)
def edit_matrix(register_id: int, number: int, service: str) -> Page:
    """What a service keeps of each document type; one button saves all of it."""
    page = draft_of(register_id, number)
    if request.method == "POST":
        try:
            return _save(page, service)
        except Conflict as closed:
            said = [closed_words(closed)]
            return _show(page, service, _lines(page, service), elsewhere=said), 409
    if service not in {each.key for each in page.definition.services}:
        raise NotFound(service)
    return _show(page, service, _lines(page, service))


def _save(page: VersionPage, service: str) -> Page:
    lines = _lines(page, service)
    rows = [line.row() for line in lines if line.was_sent]
    try:
        merged = services.save_matrix(current_actor(), page.version.id, service, rows)
    except Refused as refusal:
        return _show(page, service, lines, elsewhere=_attach(lines, refusal)), 422
    except RowsOvertaken as overtaken:
        return _conflict(page, service, lines, overtaken.document_types), 409
    return saved_to(page, ".edit_matrix", merged=merged, service=service)


def _lines(page: VersionPage, service: str) -> list[Line]:
    """The rows: as they were sent; else what the service keeps first, then the other types."""
    stored = rules_of(json.loads(page.version.content), service)
    names = {kind.key: pick(kind.name) for kind in page.definition.document_types}
    offered = [kind.key for kind in page.definition.offered_types()]
    kept = [key for key in offered if key in stored]
    sent = dict(zip(request.form.getlist("types"), request.form.getlist("seen"), strict=False))
    typed, fresh = (builder_for(page, typed=each) for each in (True, False))
    return [
        Line(
            key,
            names.get(key, key),
            _inputs(typed, key, {}) if key in sent else _inputs(fresh, key, stored.get(key, {})),
            sent.get(key, digest(stored.get(key))),
            was_sent=key in sent,
        )
        for key in dict.fromkeys([*sent, *kept, *offered])
    ]


def _inputs(builder: Builder, key: str, rule: dict[str, object]) -> Input:
    return builder.group(StorageRule, rule, FIELDS, f"{key}-")


def _attach(lines: Sequence[Line], refusal: Refused) -> list[str]:
    """Put each message to the input that it is about; those of other places are given back."""
    by_key: dict[str | int, Line] = {line.key: line for line in lines}
    elsewhere = []
    for loc, message in refusal.messages:
        if not loc or loc[0] not in by_key:
            elsewhere.append(message)
            continue
        line = by_key[loc[0]]
        found = line.inputs.nearest(loc[1:], clock.today())
        undecided = found is line.inputs and is_undecided(line.row().rule or {})
        found.errors = found.errors or [_undecided() if undecided else message]
    return elsewhere


def _undecided() -> str:
    return _(
        "Tick where it is kept, or choose what is noted of it when it is only shown, not both. "
        "To keep nothing, empty the whole row."
    )


def _conflict(
    page: VersionPage, service: str, lines: Sequence[Line], overtaken: tuple[str, ...]
) -> str:
    """Rows of both people side by side; saving again goes over the other's, in these rows only."""
    stored = rules_of(json.loads(page.version.content), service)
    fresh = builder_for(page, typed=False)
    both = []
    for line in lines:
        if line.key in overtaken:
            line.seen = digest(stored.get(line.key))
            theirs = _inputs(fresh, line.key, stored.get(line.key, {})).leaves()
            both += [
                (line.title, name, now.shown(), mine.shown())
                for (name, now), (_name, mine) in zip(theirs, line.inputs.leaves(), strict=True)
                if now.shown() != mine.shown()
            ]
    who, at = queries.last_change(page.version, "storage_rules", service)
    return _show(page, service, lines, both=both, who=who, when=format_datetime(at))


def _show(
    page: VersionPage,
    service: str,
    lines: Sequence[Line],
    elsewhere: Sequence[str] = (),
    **more: object,
) -> str:
    names = {each.key: pick(each.name) for each in page.definition.services}
    errors = [("", message) for message in elsewhere]
    errors += [
        (where, f"{line.title}: {text}") for line in lines for where, text in line.problems()
    ]
    return render_template(
        "registers/matrix.html",
        page=page,
        service=service,
        names=names,
        lines=lines,
        form=FormProblems(errors),
        **more,
    )
