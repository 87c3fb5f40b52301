"""What a privacy notice is made of: sections, gathered by register where it tells of several."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Section:
    """A part of the notice. `law` is the point of GDPR it answers.

    `optional`: left out where the register says nothing of it, because no law asks for it.
    `labels_above`: the labels of the rows are phrases, and stand above what they are about.
    """

    heading: str
    law: str
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    optional: bool = field(default=False, compare=False)
    labels_above: bool = field(default=False, compare=False)

    @property
    def is_missing(self) -> bool:
        """Whether the register says nothing on the matter."""
        return not (self.paragraphs or self.bullets or self.rows)


@dataclass(frozen=True)
class Part:
    """Sections that belong together; `heading` None where the notice tells of one register."""

    heading: str | None
    introduction: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Notice:
    """A whole notice in the language in which it was built."""

    title: str
    introduction: tuple[str, ...]
    parts: tuple[Part, ...]
    silent: str
    """The sentence that stands where a section is missing."""
    foreign: Mapping[str, str] = field(default_factory=dict, compare=False)
    """The language of each text that the register does not have in the language of the notice.

    For programs that read aloud (WCAG 2.2, 3.1.2); it says nothing of its own.
    """

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of all parts, in their order."""
        return tuple(section for part in self.parts for section in part.sections)


@dataclass(frozen=True)
class Changes:
    """What an edition tells that the one before it did not, for the people it concerns."""

    heading: str
    lines: tuple[str, ...]
