"""Input of the pages of documents. Field names are those that the services' refusals name."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app import clock
from app.clients.forms import options
from app.documents.queries import AllowedType, DocumentFilters, Place
from app.documents.services import Upload
from app.documents.services.custody import PURPOSE_MAX
from app.documents.services.entry import NOTE_MAX
from app.documents.words import FILTER_STATE_WORDS, LOCATION_WORDS, REFUSAL_WORDS
from app.registers.definitions import words
from app.web.forms import DateField, Form, Required, database_id
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l

NONE = ("", "–")


def _number(value: str | int | None) -> int | None:
    return database_id(value) if value else None


class Checkboxes(SelectMultipleField):  # type: ignore[misc]  # WTForms ships no types
    """Several choices, each a checkbox."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class LogForm(Form):
    """A document of one type in one episode; which fields it has, the register decides."""

    dated_on = DateField(
        _l("Date of the document"),
        [Required(_l("Give the day on which the document is dated."))],
        default=clock.today,
    )
    media = Checkboxes(_l("How it is kept"))
    upload = FileField(_l("File"))
    location_id = SelectField(_l("Where the paper is"), coerce=_number, validate_choice=False)
    holder_id = BooleanField(_l("I hold the paper myself"))
    sheets = IntegerField(_l("Sheets"), [Optional()])
    note = TextAreaField(_l("Note on the document"), render_kw={"maxlength": NOTE_MAX})
    presented_from = DateField(_l("First day"))
    presented_until = DateField(_l("Last day"))

    def offer(self, allowed: AllowedType, places: Iterable[Place]) -> None:
        """Leave the fields that the register lets this document have."""
        media = [str(medium) for medium in allowed.media]
        self.media.choices = options((str(medium), words(medium)) for medium in allowed.media)
        self.location_id.choices = place_choices(places)
        if len(media) == 1:
            self.media.data = media
        unused = ["presented_from", "presented_until"] if media else ["media", "note"]
        if "atk" not in media:
            unused.append("upload")
        if "man" not in media:
            unused += ["location_id", "holder_id", "sheets"]
        for name in unused:
            del self[name]

    def details(self, holder_id: int) -> dict[str, Any]:
        """The arguments of `log_document`; `holder_id` is the person who logs."""
        data = self.data
        file = data.get("upload")
        return {
            "media": set(data.get("media") or ()),
            "dated_on": data["dated_on"],
            "upload": Upload(file.filename, file.stream) if file else None,
            "location_id": data.get("location_id"),
            "holder_id": holder_id if data.get("holder_id") else None,
            "sheets": data.get("sheets"),
            "note": data.get("note"),
            "presented_from": data.get("presented_from"),
            "presented_until": data.get("presented_until"),
        }


class EndForm(Form):
    """The end of an episode."""

    ended_on = DateField(
        _l("Ended on"),
        [Required(_l("Give the day on which the service ended."))],
        default=clock.today,
    )


class HandOverForm(Form):
    """Papers, to whom, and what for."""

    items = Checkboxes(_l("Which papers"), coerce=database_id, validate_choice=False)
    to_user_id = SelectField(
        _l("To whom"), [Required(_l("Choose the person."))], coerce=_number, validate_choice=False
    )
    purpose = StringField(
        _l("What for"),
        [Required(_l("Say what the papers are handed over for."))],
        render_kw={"maxlength": PURPOSE_MAX},
    )
    to_location_id = SelectField(
        _l("Place where they are put"), coerce=_number, validate_choice=False
    )


class RefusalForm(Form):
    """Why the papers are not taken."""

    reason = RadioField(
        _l("Why do you not take the papers?"),
        [Required(_l("Choose why you do not take the papers."))],
        choices=options(REFUSAL_WORDS.items()),
        validate_choice=False,
    )


class MoveForm(Form):
    """A place for a piece of paper."""

    location_id = SelectField(
        _l("New place"), [Required(_l("Choose the place."))], coerce=_number, validate_choice=False
    )


class LocationForm(Form):
    """A place for paper."""

    kind = RadioField(
        _l("What it is"),
        [Required(_l("Choose what kind of place it is."))],
        choices=options(LOCATION_WORDS.items()),
        validate_choice=False,
    )
    name = StringField(_l("Name"), [Required(_l("Give the place a name."))])
    parent_id = SelectField(_l("Stands inside"), coerce=_number, validate_choice=False)
    is_locked = BooleanField(_l("It is kept locked"))


class FilterForm(Form):
    """The filter of the list of documents; sent by GET, so that it can be kept as a bookmark."""

    class Meta(Form.Meta):
        """A filter changes nothing, so it needs no token."""

        csrf = False

    register = SelectField(_l("Register"), coerce=_number)
    service = SelectField(_l("Service"), default="")
    type = SelectField(_l("Document type"), default="")
    state = SelectField(_l("Retention"), default="")
    due_before = DateField(_l("Ends before"))
    location = SelectField(_l("Location"), coerce=_number)

    def offer(
        self,
        registers: Iterable[tuple[int, str]],
        services: Mapping[str, str],
        types: Mapping[str, str],
        places: Iterable[Place],
    ) -> None:
        """What can be chosen; each list begins with no restriction."""
        everything = ("", _("All"))
        self.register.choices = options([everything, *registers])
        self.service.choices = options([everything, *services.items()])
        self.type.choices = options([everything, *types.items()])
        self.state.choices = options([everything, *FILTER_STATE_WORDS.items()])
        self.location.choices = options([everything, *((each.id, each.path) for each in places)])

    def filters(self) -> DocumentFilters:
        """What was chosen; what is none of the choices, or no day, does not restrict."""
        valid = {
            name: value or None for name, value in self.data.items() if name not in self.errors
        }
        return DocumentFilters(
            register_id=valid.get("register"),
            service_key=valid.get("service"),
            document_type_key=valid.get("type"),
            state=valid.get("state"),
            due_before=valid.get("due_before"),
            location_id=valid.get("location"),
        )


def place_choices(places: Iterable[Place]) -> list[SelectChoice]:
    """Places to choose from, the first choice being none."""
    return options([NONE, *((place.id, place.path) for place in places)])
