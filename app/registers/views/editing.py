"""Editing a register in the browser: new registers, drafts, and the pages of a draft's parts."""

import json
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.accounts.permissions import access, current_actor
from app.registers import queries, services
from app.registers.editor.groups import GROUPS, part_after
from app.registers.editor.identity import addresses, digest, standing
from app.registers.editor.inputs import Input
from app.registers.editor.labels import page_label
from app.registers.editor.names import title_of
from app.registers.editor.places import FORMS, LISTS, MAY_BE_SILENT, NEW, Place, Seen
from app.registers.forms import NewRegisterForm
from app.registers.pages import VersionPage
from app.registers.services import EDITORS, Overtaken, Refused
from app.registers.views.common import Page, blueprint
from app.registers.views.drafts import (
    DRAFT,
    TOLD,
    FormProblems,
    builder_for,
    closed_words,
    draft_of,
    saved_to,
)
from app.web.i18n import format_datetime
from app.web.i18n import gettext as _
from app.web.problems import Conflict, InputError, NotFound


@blueprint.route("/new", methods=["GET", "POST"])
@access(*EDITORS)
def new_register() -> Page:
    """A new register, to be written in the browser."""
    form = NewRegisterForm()
    if form.is_submitted() and form.validate():
        try:
            register = services.create_register(
                current_actor(), form.key.data, form.name.data, form.language.data
            )
        except InputError as problem:
            form.attach(problem)
        else:
            return redirect(url_for(".edit", register_id=register.id, number=1), code=303)
    return render_template("registers/edit_new.html", form=form), 422 if form.errors else 200


@blueprint.post("/<int:register_id>/draft")
@access(*EDITORS)
def open_draft(register_id: int) -> Response:
    """Go to the draft of a register; it is made when there is none."""
    draft = services.open_draft(current_actor(), register_id)
    return redirect(url_for(".edit", register_id=register_id, number=draft.number), code=303)


@blueprint.get(DRAFT)
@access(*EDITORS)
def edit(register_id: int, number: int) -> str:
    """All parts of a draft, with what is filled in."""
    page = draft_of(register_id, number)
    content = json.loads(page.version.content)
    groups = [
        (each, [(part, page_label(part), _state(content, part)) for part in each.parts])
        for each in GROUPS
    ]
    return render_template("registers/edit.html", page=page, groups=groups)


@blueprint.route(f"{DRAFT}/<string:part>", methods=["GET", "POST"])
@access(*EDITORS)
def edit_part(register_id: int, number: int, part: str) -> Page:
    """A page of fields, or the members of a list."""
    page = draft_of(register_id, number)
    if part in FORMS:
        return _form(page, Place(part))
    if part not in LISTS:
        abort(404)
    if request.method == "POST":
        return _say_none(page, part)
    members = json.loads(page.version.content).get(part) or ()
    shown = getattr(page.definition, part) or ()
    rows = [
        (address, title_of(page.definition, member), digest(each))
        for address, each, member in zip(addresses(part, members), members, shown, strict=True)
    ]
    return render_template(
        "registers/edit_list.html",
        page=page,
        new=NEW,
        part=part,
        label=page_label(part),
        rows=rows,
        next_part=part_after(part),
        page_label=page_label,
        silent=part in MAY_BE_SILENT and getattr(page.definition, part) is None,
        may_be_silent=part in MAY_BE_SILENT,
    )


@blueprint.route(f"{DRAFT}/<string:part>/<string:member>", methods=["GET", "POST"])
@access(*EDITORS)
def edit_member(register_id: int, number: int, part: str, member: str) -> Page:
    """One member of a list, or a new one."""
    page = draft_of(register_id, number)
    if part not in LISTS:
        abort(404)
    return _form(page, Place(part, member))


@blueprint.post(f"{DRAFT}/<string:part>/<string:member>/move")
@access(*EDITORS)
def edit_move(register_id: int, number: int, part: str, member: str) -> Response:
    """Move a member of a list up or down."""
    page = draft_of(register_id, number)
    if part not in LISTS:
        abort(404)
    way = "up" if request.form.get("step") == "up" else "down"
    seen, step = request.form.get("seen", ""), {"up": -1, "down": 1}[way]
    moved = services.move(current_actor(), page.version.id, Place(part, member), seen, step)
    return _to_list(page, part, f"m-{moved}-{way}")


@blueprint.route(f"{DRAFT}/<string:part>/<string:member>/remove", methods=["GET", "POST"])
@access(*EDITORS)
def edit_remove(register_id: int, number: int, part: str, member: str) -> Page:
    """Take a member out of its list, unless something still names it."""
    page = draft_of(register_id, number)
    place = Place(part, member)
    content = json.loads(page.version.content)
    at = place.index(content) if part in LISTS else None
    if at is None:
        raise NotFound(member)
    error, with_rules = None, request.form.get("with_rules") == "yes"
    if request.method == "POST":
        seen = request.form.get("seen", "")
        try:
            services.remove(current_actor(), page.version.id, place, seen, with_rules=with_rules)
        except InputError as problem:
            error = problem.message
        else:
            return _to_list(page, part)
    value = getattr(page.definition, part)[at]
    answer = render_template(
        "registers/edit_remove.html",
        page=page,
        place=place,
        label=page_label(part),
        title=title_of(page.definition, value),
        seen=digest(content[part][at]),
        error=error,
        uses=services.uses(page.definition, place),
    )
    return answer, 422 if error else 200


def _say_none(page: VersionPage, part: str) -> Response:
    """Say that there is nothing in a list, or that the register does not state it."""
    if part not in MAY_BE_SILENT:
        abort(404)
    silent = request.form.get("silent") == "yes"
    services.say_none(current_actor(), page.version.id, part, silent=silent)
    return _to_list(page, part)


def _to_list(page: VersionPage, part: str, anchor: str = TOLD, *, merged: bool = False) -> Response:
    """Back to the list of a part: to where one was in it, or to what is said above it."""
    return saved_to(page, ".edit_part", anchor, merged=merged, part=part)


def _state(content: dict[str, Any], name: str) -> str:
    if name in FORMS:
        return _("filled in") if any(content.get(f) for f in FORMS[name]) else _("not stated")
    members = content.get(name)
    if members is None and name in MAY_BE_SILENT:
        return _("not stated")
    return str(len(members or ()))


def _form(page: VersionPage, place: Place) -> Page:
    """Show the form of a place; on POST save it, or show why not with all that was typed."""
    builder = builder_for(page, typed=request.method == "POST")
    if request.method == "GET":
        stored = {} if place.member == NEW else place.value(json.loads(page.version.content))
        if stored is None:
            raise NotFound(place.member)
        tree = builder.group(place.model, stored, place.fields)
        return _show(page, place, tree, _seen_now(page, place, stored))
    seen = Seen(
        request.form.get("content_hash", ""),
        request.form.get("seen", ""),
        tuple(request.form.get("standing", "").split()),
    )
    tree = builder.group(place.model, {}, place.fields)
    if "more" in request.form:
        return _show(page, place, tree, seen)
    value = tree.read(clock.today()) or {}
    try:
        merged = services.save(current_actor(), page.version.id, place, value, seen)
    except Refused as refusal:
        _attach(tree, refusal)
        return _show(page, place, tree, seen), 422
    except Overtaken:
        return _conflict(page, place, tree, seen), 409
    except Conflict as closed:
        tree.errors = [closed_words(closed)]
        return _show(page, place, tree, seen), 409
    return _saved(page, place, merged=merged)


def _attach(tree: Input, refusal: Refused) -> None:
    """Put each message to the input that it is about."""
    for loc, message in refusal.messages:
        found = tree.nearest(loc, clock.today())
        found.errors = found.errors or [message]


def _saved(page: VersionPage, place: Place, *, merged: bool) -> Response:
    """Where one goes on: at the part among all parts, at the member in its list, at a new one."""
    if place.member is None:
        return saved_to(page, ".edit", f"part-{place.part}", merged=merged)
    if "another" in request.form:
        return saved_to(page, ".edit_member", merged=merged, part=place.part, member=NEW)
    anchor = TOLD if place.member == NEW else f"m-{place.member}"
    return _to_list(page, place.part, anchor, merged=merged)


def _seen_now(page: VersionPage, place: Place, stored: dict[str, Any] | None) -> Seen:
    """The state of the draft that a form is shown of."""
    members = json.loads(page.version.content).get(place.part) if place.member else None
    return Seen(page.version.content_hash, digest(stored), standing(place.part, members or ()))


def _show(page: VersionPage, place: Place, tree: Input, seen: Seen, **more: Any) -> str:
    """The form, as made from the state that was `seen`."""
    return render_template(
        "registers/edit_form.html",
        page=page,
        place=place,
        label=page_label(place.part),
        title=_title(page, place),
        tree=tree,
        form=FormProblems(tree.all_errors()),
        seen=seen,
        new=NEW,
        **more,
    )


def _title(page: VersionPage, place: Place) -> str:
    """What the page edits: a part, a member of it as it stands in the draft, or a new one."""
    if place.member is None:
        return page_label(place.part)
    at = place.index(json.loads(page.version.content))
    if at is None:
        return _("New entry: %(part)s", part=page_label(place.part))
    return title_of(page.definition, getattr(page.definition, place.part)[at])


def _conflict(page: VersionPage, place: Place, tree: Input, seen: Seen) -> str:
    """What the other person wrote beside what this one typed; saving again goes over it."""
    stored = place.value(json.loads(page.version.content), seen)
    spare = sum(each.kind == "list" for each in tree.children) and 20
    now = builder_for(page, typed=False, spare=spare).group(place.model, stored or {}, place.fields)
    theirs = {leaf.name: leaf.shown() for _name, leaf in now.leaves()}
    rows = [
        (name, theirs.get(leaf.name, ""), mine)
        for name, leaf in tree.leaves()
        if (mine := leaf.shown()) != theirs.get(leaf.name, "")
    ]
    # A member that has only its place is not told from the others of its list in the log.
    member = None if seen.standing else place.member
    who, at = queries.last_change(page.version, place.part, member)
    seen = _seen_now(page, place, stored)
    when, gone = format_datetime(at), stored is None
    return _show(page, place, tree, seen, rows=rows, who=who, when=when, gone=gone)
