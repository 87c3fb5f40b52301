"""What an output says, for tests of its words."""

from app.registers.notice import Notice
from app.registers.record import Record


def text_of(made: Notice | Record) -> str:
    """All words of an output."""
    words = [made.title]
    if isinstance(made, Notice):
        words += made.introduction
        for part in made.parts:
            words += [part.heading or "", *part.introduction]
    for section in made.sections:
        words.append(section.heading)
        words += [f"{label}\n{value}" for label, value in section.rows]
        if isinstance(made, Notice):
            words += [*section.paragraphs, *section.bullets]
    return "\n".join(words)
