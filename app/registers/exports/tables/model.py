"""A table of the record of processing, before it becomes a sheet of a workbook or a CSV file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

R = TypeVar("R")

Cell = str | int | date | None


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column: its heading, its width in characters, and what a row says in it."""

    heading: str
    width: int
    value: Callable[[R], Cell]


@dataclass(frozen=True)
class Table:
    """A finished table in one language. `key` names it in commands and never changes."""

    key: str
    title: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


def build(key: str, title: str, columns: Iterable[Column[R]], rows: Iterable[R]) -> Table:
    """The table of what each row says in each column."""
    listed = tuple(columns)
    return Table(
        key,
        title,
        tuple(column.heading for column in listed),
        tuple(column.width for column in listed),
        tuple(tuple(column.value(row) for column in listed) for row in rows),
    )
