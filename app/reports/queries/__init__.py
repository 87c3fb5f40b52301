"""Reads across the packages: what waits for a person, the desk, pages of the access log."""

from app.reports.queries.waiting import Waiting, scope_name, waiting

__all__ = ["Waiting", "scope_name", "waiting"]
