"""HTTP glue of all pages: language, templates, errors, headers. Knows nothing of the domain."""

import hashlib
import secrets
from functools import cache, partial
from pathlib import Path
from typing import Any

from flask import Flask, g, request, session, url_for
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from app.web import i18n
from app.web.errors import init_errors
from app.web.security import init_security
from app.web.views import blueprint

csrf = CSRFProtect()


class DatabaseId(IntegerConverter):
    """`<int:…>` in an address: a number that a database can hold, else the page is not found."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(url_map, *args, **{"max": 2**63 - 1, **kwargs})


def init_web(app: Flask) -> None:
    """Attach languages, templates, error pages, headers and CSRF protection to `app`."""
    app.url_map.converters["int"] = DatabaseId
    init_security(app)
    init_errors(app)
    app.register_blueprint(blueprint)
    proxies = app.config["SELOSTE"].trusted_proxies
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented way
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    _prepare_templates(app)

    @app.before_request
    def begin() -> None:
        # Ties the log entries of one request together; says nothing about the person.
        g.request_id = secrets.token_hex(8)
        asked = session.get("language") or request.accept_languages.best_match(i18n.LANGUAGES)
        i18n.set_language(asked or i18n.DEFAULT_LANGUAGE)

    # After the language is known, in which it is told that a form had expired.
    csrf.init_app(app)

    @app.context_processor
    def common() -> dict[str, object]:
        return {
            "languages": i18n.LANGUAGES,
            "organisation": app.config["SELOSTE"].organisation,
            "demo": app.config["SELOSTE"].demo,
            "here": request.full_path if request.query_string else request.path,
            "theme": g.get("theme", "system"),
        }


def _prepare_templates(app: Flask) -> None:
    environment = app.jinja_env
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    environment.globals.update(
        _=i18n.gettext,
        gettext=i18n.gettext,
        ngettext=i18n.ngettext,
        _n=i18n.ngettext,
        current_language=i18n.current_language,
        has_endpoint=lambda name: name in app.view_functions,
        asset=partial(_asset_url, Path(app.static_folder or "")),
    )
    environment.filters.update(
        format_date=i18n.format_date,
        format_long_date=i18n.format_long_date,
        format_weekday_date=i18n.format_weekday_date,
        format_datetime=i18n.format_datetime,
        format_number=i18n.format_number,
        pick=i18n.pick,
    )


@cache
def _fingerprint(path: Path) -> str:
    """A short hash of a static file: a changed file has another address, so it can be cached."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _asset_url(folder: Path, filename: str) -> str:
    return url_for("static", filename=filename, v=_fingerprint(folder / filename))
