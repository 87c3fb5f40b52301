"""Pages of clients. Importing the modules puts their routes on the blueprints."""

from app.clients.views import notices, pages
from app.clients.views.common import blueprint

recipients = notices.recipients_blueprint

__all__ = ["blueprint", "notices", "pages", "recipients"]
