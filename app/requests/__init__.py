"""Data-subject requests: deadlines, identity, the assembled answer."""

from app.requests import blockers

blockers.register()
