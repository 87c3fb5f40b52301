"""Input of the register pages."""

from app.web.forms import DateField, Form, Required
from app.web.i18n import lazy_gettext as _l


class PublishForm(Form):
    """The day from which a version rules the work."""

    in_force_from = DateField(
        _l("In force from"), [Required(_l("Give the day from which the version is in force."))]
    )
