"""Input of the sign-in page."""

from wtforms import PasswordField, StringField

from app.web.forms import Form, Required
from app.web.i18n import lazy_gettext as _l


class SignInForm(Form):
    """Name and password."""

    username = StringField(_l("User name"), [Required(_l("Type your user name."))])
    password = PasswordField(_l("Password"), [Required(_l("Type your password."))])
