"""Pages that read across the packages: desk, access log, retention rules and what they govern."""

from app.reports.views.desk import blueprint
from app.reports.views.rule_changes import blueprint as retention_rules

__all__ = ["blueprint", "retention_rules"]
