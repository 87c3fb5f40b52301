"""How alike two Finnish names are: singular and plural, order of words, a slip inside a word."""

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

# Singular and plural, or one slip of the pen; “lääkärin lausunto” and the like stay far below.
_NEARLY_SAME = 0.92

# A letter more or less near the end of a word is mostly an inflection: “palvelussa”, “palveluissa”.
_SAME_END = 6
# The marks of the plural, “i” and “j”, stand before several endings at once: “palveluissamme”.
_SAME_END_AFTER_PLURAL = 10
_SHORTEST_WORD = 10

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@lru_cache(maxsize=2048)
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
    if first == second or _in_order(first) == _in_order(second):
        return True
    # Names with other letters cannot be alike: cheap to see, and every pair of a list is compared.
    length = len(first) + len(second)
    if 2 * min(len(first), len(second)) < _NEARLY_SAME * length:
        return False
    letters, others = _letters(first), _letters(second)
    common = sum(min(number, others[letter]) for letter, number in letters.items())
    if 2 * common < _NEARLY_SAME * length:
        return False
    return SequenceMatcher(None, first, second).ratio() >= _NEARLY_SAME


@lru_cache(maxsize=2048)
def _letters(name: str) -> Counter[str]:
    return Counter(name)


@lru_cache(maxsize=2048)
def _in_order(name: str) -> tuple[str, ...]:
    return tuple(sorted(name.split()))


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
    same_end = _SAME_END_AFTER_PLURAL if long[same] in "ij" else _SAME_END
    return short[same:] == long[same + 1 :] and len(short) - same >= same_end
