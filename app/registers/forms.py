"""Input of the register pages."""

from collections.abc import Sequence

from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput

from app.registers.exports.losses import ExportFormat
from app.retention.definition_keys import KEY_RULE
from app.web.forms import DateField, Form, Required
from app.web.i18n import LANGUAGES, current_language
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l
from app.web.problems import InputError


class NewRegisterForm(Form):
    """What a register begins with; everything else is written in its draft."""

    name = StringField(_l("Name of the register"), [Required(_l("Give the register a name."))])
    key = StringField(_l("Key"), description=KEY_RULE)
    language = RadioField(
        _l("Language of the name"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        default="fi",
        description=_l("Every text of the register is written at least in this language."),
    )


class PublishForm(Form):
    """The day from which a version rules the work, and the serious findings that are known.

    The box carries their number as the page showed it; `seen` is the hash of the version it showed.
    """

    seen = HiddenField()
    in_force_from = DateField(
        _l("In force from"), [Required(_l("Give the day from which the version is in force."))]
    )
    acknowledged = IntegerField(default=0, widget=CheckboxInput())

    def attach(self, problem: InputError) -> None:
        """Show a refusal; what was acknowledged before is not what the page shows now."""
        super().attach(problem)
        if problem.field == self.acknowledged.name:
            self.acknowledged.data = None


_FORMATS = {
    ExportFormat.WORKBOOK: _l("Workbook (XLSX)"),
    ExportFormat.CSV: _l("Table (CSV)"),
    ExportFormat.DPV: _l("Data Privacy Vocabulary (JSON-LD)"),
    ExportFormat.FIDES: _l("Fides manifest (YAML)"),
}


class ExportForm(Form):
    """Which registers leave, in which format and language. An empty register means all of them."""

    kind = RadioField(_l("Format"), default=ExportFormat.WORKBOOK)
    register = SelectField(_l("Register"), default="")
    language = SelectField(_l("Language of the file"))

    def offer(self, registers: Sequence[tuple[int, str]]) -> None:
        """Fill in what can be chosen; the language in use is chosen at first."""
        listed = [("", _("All registers in force")), *((str(id_), name) for id_, name in registers)]
        self.kind.choices = [SelectChoice(kind, str(words)) for kind, words in _FORMATS.items()]
        self.register.choices = [SelectChoice(id_, name) for id_, name in listed]
        self.language.choices = [SelectChoice(code, name) for code, name in LANGUAGES.items()]
        self.kind.invalid_choice_message = _("Choose one of the formats of the list.")
        self.register.invalid_choice_message = _("Choose a register of the list, or all of them.")
        self.language.invalid_choice_message = _("Choose one of the languages of the list.")
        if not self.is_submitted():
            self.language.data = current_language()


class AcceptFindingForm(Form):
    """Why a finding can stay as it is; `code` and `place` are those of the finding shown."""

    code = HiddenField()
    place = HiddenField()
    reason = TextAreaField(
        _l("Reason for accepting"), [Required(_l("Write why the finding can stay as it is."))]
    )
