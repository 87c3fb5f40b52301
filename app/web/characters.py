"""Characters that no text of a person holds: they hide, reverse or break what is shown."""

import re

# NUL and other controls but line ends and tabs, halves of pairs, and the last two code points of
# each plane, which are no characters (no workbook may hold those of the first: XML 1.0, 2.2).
_NO_CHARACTERS = "".join(
    f"{chr(plane + 0xFFFE)}-{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
# They turn the direction of what follows, so that a text reads as something it does not say
# (Unicode TR 36). Single marks of direction, which other scripts need, stay.
_TURNING = "\u202a-\u202e\u2066-\u2069"
_UNFIT = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff{_TURNING}{_NO_CHARACTERS}]")


def first_unfit(text: str) -> str | None:
    """The first character that does not belong in a text, if there is one."""
    found = _UNFIT.search(text)
    return found[0] if found else None


def without_unfit(text: str) -> str:
    """The text without characters that do not belong in it."""
    return _UNFIT.sub("", text)
