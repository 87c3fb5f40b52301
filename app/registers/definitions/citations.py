"""Laws as the pages cite them: a section written in Finnish or Swedish, said in each language.

A register writes the section once, as the statute book does: “2 luku 10 §”. In Swedish that is
“2 kap. 10 §”, in English “chapter 2, section 10”. What cannot be read stays as it is written.
"""

import re

from app.registers.definitions.parts import Statute
from app.web.i18n import current_language, pick

_MARKS = {
    "chapter": r"luku|luvun|kap\.?|kapitlet",
    "section": r"§:n|§",
    "subsection": r"momentin|momentti|momentet|mom\.?",
    "paragraph": r"kohdat|kohdan|kohta|punkterna|punkten|punkt",
}
_LEVELS = tuple(_MARKS)
_WORDS = {
    "fi": {"chapter": "luku", "section": "§", "subsection": "mom.", "paragraph": "kohta"},
    "sv": {"chapter": "kap.", "section": "§", "subsection": "mom.", "paragraph": "punkten"},
}
_AND = {"fi": "ja", "sv": "och", "en": "and"}
# Words that only one of the two languages has; a text without the other's is in its own.
_ONLY = {
    "fi": re.compile(r"luku|luvun|momen?t{1,2}i|kohta|kohdan|kohdat|§:n|\bja\b"),
    "sv": re.compile(r"\bkap|kapitlet|momentet|punkt|\boch\b"),
}

_NUMBER = r"\d+(?: ?[a-zåäö]\b)?"
_SEVERAL = rf"{_NUMBER}(?:(?:, | ja | och | ?[–-] ?){_NUMBER})*"
_MARK = "|".join(f"(?P<{level}>{words})" for level, words in _MARKS.items())
_UNIT = re.compile(rf"(?P<before>, | ja | och | )?(?P<numbers>{_SEVERAL}) (?:{_MARK})(?!\w)")

_Unit = tuple[str, str, str]  # What stands before it, its level, its numbers


def statute_words(law: Statute) -> str:
    """A law with its number and section, as far as the register gives them."""
    named = " ".join(part for part in (pick(law.name), law.number) if part)
    section = section_words(law.section) if law.section else ""
    if not section:
        return named
    # “Example Act 1/2020, section 5”, but “Esimerkkilaki 1/2020 5 §”.
    return f"{named}{' ' if section == law.section or '§' in section else ', '}{section}"


def section_words(text: str) -> str:
    """A section as people write it in the language in use."""
    language = current_language()
    other = {"fi": "sv", "sv": "fi"}.get(language)
    if other is not None and not _ONLY[other].search(text):
        return text
    units = _units(text)
    if not units:
        return text
    return _in_english(units) if language == "en" else _in_words_of(language, units)


def _units(text: str) -> list[_Unit]:
    """The parts of a citation; none when there is anything in it that they do not cover."""
    found, at = [], 0
    while at < len(text):
        match = _UNIT.match(text, at)
        if match is None or bool(match["before"]) != bool(at):
            return []
        level = next(level for level in _LEVELS if match[level])
        found.append(((match["before"] or "").strip(), level, match["numbers"]))
        at = match.end()
    return found


def _numbers(numbers: str, language: str) -> str:
    return re.sub(r"\b(?:ja|och)\b", _AND[language], numbers)


def _in_words_of(language: str, units: list[_Unit]) -> str:
    said = ""
    for before, level, numbers in units:
        between = {"": " ", ",": ", "}.get(before, f" {_AND[language]} ") if said else ""
        said += f"{between}{_numbers(numbers, language)} {_WORDS[language][level]}"
    return said


def _in_english(units: list[_Unit]) -> str:
    """Names stand before numbers, and commas between the steps: section 24, subsection 1."""
    said = ""
    steps = len({level for _before, level, _numbers in units}) > 1
    for before, level, numbers in units:
        name = level if re.fullmatch(_NUMBER, numbers) else f"{level}s"
        between = {"": ", ", ",": "; " if steps else ", "}.get(before, " and ") if said else ""
        said += f"{between}{name} {_numbers(numbers, 'en')}"
    return said
