"""What is said of a finding."""

from typing import Any, NamedTuple

from app.registers.findings.model import Severity


class Text(NamedTuple):
    """Severity, law, what is wrong, why it matters, what to do.

    `title`, `why` and `remedy` are catalogue messages; `title` and `remedy` may hold values of the
    finding. `law` lists every Article that asks for the matter, by its letter.
    """

    severity: Severity
    law: str
    title: Any
    why: Any
    remedy: Any
