"""Places for paper: the tree, and a new place."""

from itertools import groupby

from flask import flash, redirect, render_template, request, url_for

from app.accounts.permissions import CLIENT_ROLES, Role, access, current_actor
from app.clients.queries import UNRESTRICTED
from app.documents import queries, services
from app.documents.forms import LocationForm, place_choices
from app.documents.views.common import Page, blueprint
from app.registers.queries import register_choices
from app.web.acts import done, status
from app.web.forms import database_id
from app.web.i18n import gettext as _
from app.web.problems import NotFound


@blueprint.get("/locations")
@access(*CLIENT_ROLES)
def locations() -> str:
    """The places of the person's registers, and how many papers lie in each."""
    actor = current_actor()
    registers = register_choices(actor, *CLIENT_ROLES)
    places = sorted(queries.locations(actor), key=lambda place: place.register_id)
    by_register = {
        register_id: list(each)
        for register_id, each in groupby(places, key=lambda place: place.register_id)
    }
    return render_template(
        "documents/locations.html",
        registers=[(id_, name, by_register.get(id_, [])) for id_, name in registers],
        keeps={id_ for id_, _name in registers if actor.has(Role.RECORDS_MANAGER, register_id=id_)},
        sees_all={id_ for id_, _name in registers if actor.has(*UNRESTRICTED, register_id=id_)},
    )


@blueprint.route("/locations/new", methods=["GET", "POST"])
@access(Role.RECORDS_MANAGER)
def new_location() -> Page:
    """Add a room, a cabinet, a box or a folder."""
    actor = current_actor()
    registers = dict(register_choices(actor, Role.RECORDS_MANAGER))
    register_id = request.args.get("register", type=database_id)
    if register_id not in registers:
        raise NotFound(register_id)
    form = LocationForm()
    form.parent_id.choices = place_choices(queries.locations(actor, register_id))
    added = done(
        form,
        lambda: services.create_location(
            actor,
            register_id,
            kind=form.kind.data,
            name=form.name.data,
            is_locked=form.is_locked.data,
            parent_id=form.parent_id.data,
        ),
    )
    if added is not None:
        flash(_("The place “%(name)s” was added.", name=added.name), "success")
        return redirect(url_for("documents.locations"), code=303)
    page = render_template(
        "documents/new_location.html", form=form, register_name=registers[register_id]
    )
    return page, status(form)
