"""How alike two Finnish names are: singular and plural, order of words, a slip inside a word."""

import re
from difflib import SequenceMatcher

# Singular and plural, or one slip of the pen; “lääkärin lausunto” and the like stay far below.
_NEARLY_SAME = 0.92

# A letter more or less near the end of a word is mostly an inflection: “palvelussa”, “palveluissa”.
_SAME_END = 6
_SHORTEST_WORD = 10

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def singular(name: str) -> str:
    """The name with its last word in the singular, where the plural is of a common kind."""
    name = name.casefold().strip(" .")
    for plural, one in (("kset", "s"), ("nnit", "nti"), ("nnot", "nto"), ("t", "")):
        if name.endswith(plural):
            return name.removesuffix(plural) + one
    return name


def nearly_same(one: str, other: str) -> bool:
    """Whether people can hardly tell two names apart."""
    first, second = singular(one), singular(other)
    if sorted(first.split()) == sorted(second.split()):
        return True
    return SequenceMatcher(None, first, second).ratio() >= _NEARLY_SAME


def is_general(general: str, particular: str) -> bool:
    """Whether one name is the other without its first part: “päätökset”, “Kelan päätös”."""
    short, long = singular(general), singular(particular)
    return short != long and long.endswith(short)


def compact(text: str) -> str:
    """The text without spaces and hyphens, for those who write compounds apart."""
    return re.sub(r"[\s-]+", "", text.casefold())


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return _WORD.findall(text.casefold())


def is_slip(one: str, other: str) -> bool:
    """Whether a long word is the other with one letter more, not in an inflected end."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) != 1 or len(short) < _SHORTEST_WORD:
        return False
    same = next(
        (i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short)
    )
    return short[same:] == long[same + 1 :] and len(short) - same >= _SAME_END
