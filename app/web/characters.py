"""Characters that no text of a person holds: they hide, reverse or break what is shown."""

import unicodedata

# They turn the direction of what follows, so that a text reads as something it does not say
# (Unicode TR 36). Single marks of direction, which other scripts need, stay.
_TURNING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_LINES = {"\n", "\r", "\t"}


def is_unfit(character: str) -> bool:
    """Whether a character does not belong in a text: NUL and other controls, halves of pairs.

    Line ends and tabs do. The last two code points of a plane are no characters, and no workbook
    (XML) may hold those of the first.
    """
    if character in _LINES:
        return False
    if character in _TURNING or ord(character) & 0xFFFE == 0xFFFE:
        return True
    return unicodedata.category(character) in {"Cc", "Cs"}


def without_unfit(text: str) -> str:
    """The text without characters that do not belong in it."""
    return "".join(character for character in text if not is_unfit(character))
