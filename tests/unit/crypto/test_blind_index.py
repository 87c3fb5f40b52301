"""Search tokens: found by every beginning of every name, equal only under the same key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.blind_index import (
    code_token,
    name_prefix_tokens,
    query_token,
    query_tokens,
)

KEY, OTHER = bytes(32), bytes([1] * 32)


@pytest.mark.parametrize(
    "typed", ["me", "Meik", "MEIKÄLÄINEN", " maija", "Liis", "meikäläinen maija", "liisa-maija"]
)
def test_a_person_is_found_by_the_beginning_of_each_name(typed: str) -> None:
    tokens = name_prefix_tokens(KEY, "Meikäläinen Maija-Liisa")

    assert all(token in tokens for token in query_tokens(KEY, typed))


@pytest.mark.parametrize("typed", ["eikäläinen", "Meika", "maijx", "m"])
def test_and_by_nothing_else(typed: str) -> None:
    assert query_token(KEY, typed) not in name_prefix_tokens(KEY, "Meikäläinen Maija-Liisa")


def test_finnish_and_swedish_letters_are_letters_of_their_own() -> None:
    assert query_token(KEY, "Åk") != query_token(KEY, "Ak")
    assert query_token(KEY, "Äi") != query_token(KEY, "Ai")
    assert query_token(KEY, "ÖST") == query_token(KEY, "öst")


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert query_token(KEY, "A\u030ake") == query_token(KEY, "Åke")


def test_prefixes_have_two_to_twelve_letters() -> None:
    assert len(name_prefix_tokens(KEY, "Abcdefghijklmnop")) == 11
    assert query_token(KEY, "abcdefghijklmnop") in name_prefix_tokens(KEY, "Abcdefghijklzzzz")


def test_a_name_of_one_letter_can_be_found() -> None:
    assert query_token(KEY, "Ö") in name_prefix_tokens(KEY, "Ö Anna")


@pytest.mark.parametrize("typed", ["", "  ", "-", "…", "'"])
def test_typing_no_letter_looks_for_nothing(typed: str) -> None:
    assert query_token(KEY, typed) is None
    assert query_tokens(KEY, typed) == []


def test_another_register_has_other_tokens() -> None:
    assert not name_prefix_tokens(KEY, "Meikäläinen") & name_prefix_tokens(OTHER, "Meikäläinen")
    assert code_token(KEY, "010199-900A") != code_token(OTHER, "010199-900A")


def test_codes_and_names_do_not_meet() -> None:
    assert code_token(KEY, "ab")[:16] not in name_prefix_tokens(KEY, "ab")


@given(st.text(max_size=40))
def test_whatever_is_a_name_can_be_typed_to_find_it(name: str) -> None:
    tokens = name_prefix_tokens(KEY, name)

    assert all(token in tokens for token in query_tokens(KEY, name))
