"""Sign-in, sign-out, and a person's own settings."""

from flask import Blueprint, redirect, render_template, request, session
from werkzeug.wrappers import Response

from app.accounts import services
from app.accounts.forms import SignInForm
from app.accounts.permissions import current_actor, public, signed_in
from app.web.i18n import gettext as _
from app.web.problems import InputError
from app.web.views import local_path

blueprint = Blueprint("accounts", __name__)

Page = str | tuple[str, int] | Response


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Page:
    """Name and password; the session is a new one each time."""
    form = SignInForm()
    next_page = local_path(request.values.get("next"))
    if not form.validate_on_submit():
        page = render_template("accounts/sign_in.html", form=form, next_page=next_page)
        return page, 422 if form.errors else 200
    try:
        token = services.sign_in(
            form.username.data,
            form.password.data,
            request.remote_addr or "unknown",
            replacing=session.get("token"),
        )
    except services.Throttled:
        problem = _("Too many failed attempts. Wait for 15 minutes and try again.")
        status = 429
    else:
        if token:
            language = session.get("language")
            session.clear()
            session.update(token=token, **({"language": language} if language else {}))
            return redirect(next_page, code=303)
        problem = _("The user name or the password is not right. Check both and try again.")
        status = 422
    form.attach(InputError(None, problem))
    return render_template("accounts/sign_in.html", form=form, next_page=next_page), status


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> Response:
    """End the session here and in the database."""
    services.sign_out(session.get("token", ""), current_actor())
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    return redirect("/sign-in", code=303)


@blueprint.post("/theme")
@signed_in
def set_theme() -> Response:
    """Keep the chosen colours: light, dark, or as the device has them."""
    services.keep_preferences(current_actor(), theme=request.form.get("theme", ""))
    return redirect(local_path(request.form.get("next")), code=303)
