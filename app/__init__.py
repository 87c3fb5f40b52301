"""Seloste: registers, custody, requests and destruction of client documents. The wiring, only."""

import logging

import structlog
from flask import Flask

from app import accounts, web
from app.clients.views import blueprint as clients
from app.clients.views import recipients
from app.config import Settings, session_secret
from app.db import configure_database
from app.destruction.views import blueprint as destruction
from app.documents.views import blueprint as documents
from app.registers.views import blueprint as registers
from app.registers.views import public_blueprint as notices
from app.reports import navigation
from app.reports.views import blueprint as reports
from app.reports.views import retention_rules as retention
from app.requests.views import blueprint as requests


def create_app(settings: Settings | None = None) -> Flask:
    """The application of one installation. Does not touch the database or the keys yet."""
    settings = settings or Settings()
    app = Flask("app", instance_path=str(settings.instance_path.resolve()))
    app.config.update(
        SELOSTE=settings,
        SECRET_KEY=session_secret(settings.instance_path),
        MAX_CONTENT_LENGTH=settings.max_upload_bytes + 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        SESSION_COOKIE_SECURE=settings.https_only,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="__Host-seloste" if settings.https_only else "seloste",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_I18N_ENABLED=False,
        SEND_FILE_MAX_AGE_DEFAULT=31536000,
    )
    _configure_logging()
    settings.data_path.mkdir(parents=True, exist_ok=True)
    configure_database(app, settings.database_url)
    web.init_web(app)
    accounts.init_accounts(app)
    domains = (
        registers,
        notices,
        recipients,
        retention,
        clients,
        documents,
        requests,
        destruction,
        reports,
    )
    for pages in domains:
        app.register_blueprint(pages)
    navigation.init_navigation(app)
    return app


def _configure_logging() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
