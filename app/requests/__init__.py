"""Data-subject requests: deadlines, identity, the assembled answer."""

from app.requests import blockers, stored

blockers.register()
stored.register()
