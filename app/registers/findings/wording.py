"""How alike two Finnish names are: singular and plural, order of words, a slip inside a word.

Lists of names are compared as a whole, and a definition may have thousands of them: what is asked
of each pair is cheap, and what is asked of a name by itself is asked once.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Per cent of the letters. Singular and plural, or one slip of the pen; “lääkärin lausunto” and the
# like stay far below.
_NEARLY_SAME = 92

# A letter more or less near the end of a word is mostly an inflection: “palvelussa”, “palveluissa”.
_SAME_END = 6
# The marks of the plural, “i” and “j”, stand before several endings at once: “palveluissamme”.
_SAME_END_AFTER_PLURAL = 10
_SHORTEST_WORD = 10
# Longer than any word of a language: nobody has written it by hand.
_LONGEST_WORD = 100

# Numbers, and letters that stand alone: “ryhmä B”, “lomake 2”, “jakso II”.
_MARK = re.compile(r"[0-9]|^\W*(?:\w|[ivx]+)\W*$")
_PAIR_BITS = 256

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def singular(name: str) -> str:
    """The name with its last word in the singular, where the plural is of a common kind."""
    name = name.casefold().strip(" .")
    for plural, one in (("kset", "s"), ("nnit", "nti"), ("nnot", "nto"), ("t", "")):
        if name.endswith(plural):
            return name.removesuffix(plural) + one
    return name


@dataclass(frozen=True)
class _Shape:
    """What is compared of a name.

    `marks`: its numbers and single letters, by which people tell names apart on purpose.
    `pairs`: a bit for each two letters beside each other; several may share one.
    """

    name: str
    in_order: tuple[str, ...]
    marks: tuple[str, ...]
    pairs: int

    @classmethod
    def of(cls, text: str) -> "_Shape":
        name = singular(text)
        words = tuple(sorted(name.split()))
        marks = tuple(word for word in words if _MARK.search(word))
        pairs = 0
        for one, next_one in pairwise(name):
            pairs |= 1 << (ord(one) * 31 + ord(next_one)) % _PAIR_BITS
        return cls(name, words, marks, pairs)

    def is_near(self, other: "_Shape") -> bool:
        """Whether all but a few letters stand in the same order in both, with the same marks."""
        length = len(self.name) + len(other.name)
        # Letters that one of them may have more; each of them changes at most three pairs.
        spare = (100 - _NEARLY_SAME) * length // 100
        if abs(len(self.name) - len(other.name)) > spare or self.marks != other.marks:
            return False
        if (self.pairs ^ other.pairs).bit_count() > 3 * spare:
            return False
        return 2 * _in_common(self.name, other.name) >= length - spare


def _in_common(one: str, other: str) -> int:
    """The length of the longest common subsequence, a word of bits at a time (Hyyrö 2004)."""
    places: defaultdict[str, int] = defaultdict(int)
    for number, letter in enumerate(one):
        places[letter] |= 1 << number
    left = every = (1 << len(one)) - 1
    for letter in other:
        met = left & places.get(letter, 0)
        left = (left + met | left - met) & every
    return len(one) - left.bit_count()


def alike(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of each name that people can hardly tell from an earlier one, and of that one.

    Of several earlier ones it is the first, so that each name is told of once.
    """
    exact: dict[object, int] = {}
    shapes: list[_Shape] = []
    for number, name in enumerate(names):
        shape = _Shape.of(name)
        same = exact.setdefault(shape.in_order, number)
        earlier = shapes[: min(same, number)]
        first = next((n for n, each in enumerate(earlier) if each.is_near(shape)), same)
        if first != number:
            yield first, number
        shapes.append(shape)


def general(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of each name that is another without its first part, and of that other.

    Such are “päätökset” and “Kelan päätös”.
    """
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    singulars = [singular(name) for name in names]
    for number, name in enumerate(singulars):
        by_name[name].append(number)
    for number, name in enumerate(singulars):
        for start in range(1, len(name)):
            for other in by_name.get(name[start:], ()):
                yield other, number


def slips(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of each two words of which one is a slip of the other, the earlier first."""
    places = {word: number for number, word in enumerate(words)}
    for number, word in enumerate(words):
        if _SHORTEST_WORD < len(word) <= _LONGEST_WORD:
            shorter = {word[:place] + word[place + 1 :] for place in range(len(word))}
            for one in shorter & places.keys():
                if is_slip(one, word):
                    yield min(places[one], number), max(places[one], number)


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
