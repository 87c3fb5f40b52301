"""How names are compared: general rules, tried on words of no particular register."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.registers.findings.wording import (
    alike,
    compact,
    general,
    is_slip,
    singular,
    slips,
    words_of,
)

NAMES = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzäö", min_size=1, max_size=20), min_size=1, max_size=4
).map(" ".join)


def nearly_same(one: str, other: str) -> bool:
    return list(alike([one, other])) == [(0, 1)]


def is_general(one: str, other: str) -> bool:
    return (0, 1) in general([one, other])


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
        # Numbers and single letters tell them apart on purpose.
        ("Palautelomake 1", "Palautelomake 2"),
        ("Arviointijakso II", "Arviointijakso III"),
        ("Kuntoutusryhmä A", "Kuntoutusryhmä B"),
        ("Tilinpäätös 2024", "Tilinpäätös 2025"),
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


def test_a_slip_of_the_pen_is_nearly_the_same_name() -> None:
    assert nearly_same("Kuntoutussuunnitelma 2", "Kuntoutusuunnitelma 2")
    assert nearly_same("Huoltajan suostumus kuvaukseen", "Huoltajan suostumus kuvauksen")


# Few letters and few lengths, so that many names are near each other.
NEAR = st.lists(st.text("aab", min_size=8, max_size=14), max_size=12)


@given(NEAR)
def test_a_list_tells_of_each_name_with_the_first_that_is_like_it(names: list[str]) -> None:
    expected = {
        other: min(n for n in range(other) if nearly_same(names[n], names[other]))
        for other in range(len(names))
        if any(nearly_same(names[n], names[other]) for n in range(other))
    }

    assert {other: first for first, other in alike(names)} == expected


@given(st.lists(st.text("ab", min_size=1, max_size=6), max_size=12))
def test_a_list_tells_of_each_general_name(names: list[str]) -> None:
    ones = [singular(name) for name in names]
    pairs = [(a, b) for a in range(len(ones)) for b in range(len(ones))]

    assert sorted(general(names)) == [
        (a, b) for a, b in pairs if ones[a] != ones[b] and ones[a] and ones[b].endswith(ones[a])
    ]


@given(st.lists(st.text("aab", min_size=10, max_size=13), max_size=12, unique=True))
def test_a_list_tells_of_each_slip(words: list[str]) -> None:
    pairs = [(a, b) for b in range(len(words)) for a in range(b)]

    assert sorted(slips(words)) == sorted((a, b) for a, b in pairs if is_slip(words[a], words[b]))


def test_thousands_of_names_are_compared_in_seconds() -> None:
    letters = "abcdefghij"
    codes = ["".join(letters[int(digit)] for digit in f"{n:04}") for n in range(2000)]
    started = time.process_time()

    found = list(alike([f"Asiakkaan {code} suunnitelma" for code in codes]))

    assert len(found) == 1999
    assert time.process_time() - started < 15
