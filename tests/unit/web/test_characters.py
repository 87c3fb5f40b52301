"""Each kind of character that no text holds, and those near by that it does."""

import pytest

from app.web.characters import first_unfit, without_unfit

REFUSED = {
    "NUL": "\x00",
    "bell": "\x07",
    "escape": "\x1b",
    "delete": "\x7f",
    "C1 control": "\x85",
    "embedding": "\u202a",
    "override": "\u202e",
    "isolate": "\u2066",
    "end of isolate": "\u2069",
    "half of a pair": "\ud83d",
    "last of the first plane": "\uffff",
    "last but one of another plane": "\U0001fffe",
}
KEPT = {
    "line": "\n",
    "return": "\r",
    "tab": "\t",
    "soft hyphen": "\u00ad",
    "no-break space": "\u00a0",
    "mark of direction": "\u200f",
    "joiner of an emoji": "\u200d",
    "before the embeddings": "\u2029",
    "after the overrides": "\u202f",
    "after the isolates": "\u206a",
    "emoji": "😀",
    "last letter but two of the first plane": "\ufffd",
}


@pytest.mark.parametrize("character", REFUSED.values(), ids=REFUSED)
def test_it_is_taken_out_of_a_text(character: str) -> None:
    assert first_unfit(f"a\n{character}b") == character
    assert without_unfit(f"a{character}b") == "ab"


@pytest.mark.parametrize("character", KEPT.values(), ids=KEPT)
def test_it_stays_in_a_text(character: str) -> None:
    assert without_unfit(f"a{character}b") == f"a{character}b"
