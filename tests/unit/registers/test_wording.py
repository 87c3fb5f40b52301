"""How names are compared: general rules, tried on words of no particular register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.registers.findings.wording import (
    compact,
    is_general,
    is_slip,
    nearly_same,
    singular,
    words_of,
)

NAMES = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzäö", min_size=1, max_size=20), min_size=1, max_size=4
).map(" ".join)


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("todistukset", "todistus"),
        ("päätökset", "päätös"),
        ("lääkärin lausunnot", "lääkärin lausunto"),
        ("Työnantajan arvioinnit", "työnantajan arviointi"),
        ("suunnitelmat", "suunnitelma"),
        ("Suostumukset.", "suostumus"),
    ],
)
def test_a_plural_has_its_singular(plural: str, one: str) -> None:
    assert singular(plural) == one
    assert nearly_same(plural, one)


@given(NAMES)
def test_a_name_is_the_same_as_itself_and_in_capitals(name: str) -> None:
    assert nearly_same(name, name)
    assert nearly_same(name, name.upper())
    assert not is_general(name, name)


@given(NAMES, NAMES)
def test_likeness_has_no_direction(one: str, other: str) -> None:
    assert is_slip(one, other) == is_slip(other, one)
    assert not (is_general(one, other) and is_general(other, one))


@given(st.lists(st.text("abcdefghij", min_size=1, max_size=9), min_size=2, max_size=4))
def test_words_in_another_order_say_the_same(words: list[str]) -> None:
    assert nearly_same(" ".join([*words, "loppu"]), " ".join([*reversed(words), "loppu"]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lääkärin lausunto", "Psykologin lausunto"),
        ("Alkukartoitus", "Loppukartoitus"),
        ("Palkkatodistus", "Työtodistus"),
        ("Valokuvat", "Valitukset"),
    ],
)
def test_different_things_are_not_taken_for_one(one: str, other: str) -> None:
    assert not nearly_same(one, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("työsuunnittelija", "työnsuunnittelija", True),
        ("kuntoutussuunnitelma", "kuntoutusuunnitelma", True),
        # An inflected end, a short word, and two letters more.
        ("palvelussamme", "palveluissamme", False),
        ("lausunto", "lausuntoa", False),
        ("huolto", "huoltto", False),
        ("työsuunnittelija", "työnsuunnitttelija", False),
    ],
)
def test_a_slip_is_one_letter_inside_a_long_word(one: str, other: str, *, expected: bool) -> None:
    assert is_slip(one, other) is expected


def test_a_general_name_ends_a_particular_one() -> None:
    assert is_general("Sopimukset", "Vuokrasopimus")
    assert is_general("Päätös", "Kunnan päätökset")
    assert not is_general("Vuokrasopimus", "Sopimukset")


def test_compounds_written_apart_are_the_same_text() -> None:
    assert compact("läsnä olo- ja poissa olo tiedot") == compact("Läsnäolo- ja poissaolotiedot")


def test_words_keep_their_hyphens_and_lose_their_marks() -> None:
    assert words_of("Työ- ja e-resepti (2 kpl).") == ["työ", "ja", "e-resepti", "kpl"]
