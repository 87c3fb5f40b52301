"""Input of the page that confirms a retention rule."""

from wtforms import HiddenField, StringField, TextAreaField

from app import clock
from app.accounts.permissions import ROLE_LABELS, Role
from app.retention.services import ROLE_MAX, SOURCE_MAX
from app.web.forms import DateField, Form, Required
from app.web.i18n import lazy_gettext as _l


def number_seen(text: str | None) -> int:
    """The number of a version that a form brought back; 0 for no number."""
    text = (text or "")[:9]
    return int(text) if text.isascii() and text.isdigit() else 0


class ConfirmForm(Form):
    """That a rule was checked in its source; `seen` is the version that the person looks at."""

    seen = HiddenField()
    source = TextAreaField(
        _l("Source that was read"),
        [Required(_l("Tell which source was read, and where it is."))],
        render_kw={"maxlength": SOURCE_MAX},
    )
    confirmed_by = StringField(
        _l("Role of the person who confirms"),
        [Required(_l("Give the role of the person who confirms."))],
        default=lambda: str(ROLE_LABELS[Role.DATA_PROTECTION_OFFICER]),
        render_kw={"maxlength": ROLE_MAX},
    )
    confirmed_on = DateField(
        _l("Day on which the source was checked"),
        [Required(_l("Give the day on which the source was checked."))],
        default=clock.today,
    )

    @property
    def seen_number(self) -> int:
        """The number of the version that was seen; 0, which no version has, for no number."""
        return number_seen(self.seen.data)
