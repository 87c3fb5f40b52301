"""The record of processing as tables, in the language in use."""

from app.registers.exports.source import ExportSource
from app.registers.exports.tables.activities import activities, by_category, processing_for_others
from app.registers.exports.tables.model import Cell, Table
from app.registers.exports.tables.parts import (
    data_categories,
    processors,
    recipients,
    retention,
    retention_of_categories,
    rights,
    safeguards,
    sources,
    transfers,
)

__all__ = ["Cell", "Table", "all_tables", "by_category"]


def all_tables(source: ExportSource) -> tuple[Table, ...]:
    """Every table, in the order of the article. One without rows says that there is nothing."""
    return (
        activities(source),
        data_categories(source),
        sources(source),
        recipients(source),
        transfers(source),
        processors(source),
        retention(source),
        retention_of_categories(source),
        safeguards(source),
        rights(source),
        processing_for_others(source),
    )
