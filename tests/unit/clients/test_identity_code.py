"""Identity codes: every sign, the check character, and what is offered instead of a slip."""

from datetime import date

import pytest

from app.clients.rules import CodeFault, CodeRefused, agrees, mask, read_identity_code

AS_OF = date(2026, 11, 21)

# Fictitious people published by the Digital and Population Data Services Agency, and codes computed
# by the rule itself; all have an individual number of the artificial range.
ARTIFICIAL = {
    "010594Y9032": date(1994, 5, 1),
    "010594Y9021": date(1994, 5, 1),
    "020594X903P": date(1994, 5, 2),
    "030594W903B": date(1994, 5, 3),
    "040594V902Y": date(1994, 5, 4),
    "050594U903M": date(1994, 5, 5),
    "010516B903X": date(2016, 5, 1),
    "020516C903K": date(2016, 5, 2),
    "030516D9037": date(2016, 5, 3),
    "010501E9032": date(2001, 5, 1),
    "020503F9037": date(2003, 5, 2),
    "020504A902E": date(2004, 5, 2),
    "010180-9015": date(1980, 1, 1),
    "290200A903E": date(2000, 2, 29),
    "140792Y905L": date(1992, 7, 14),
    "080872-918T": date(1972, 8, 8),
    "010101+9401": date(1801, 1, 1),
}


def fault_of(text: str, *, artificial_allowed: bool = True) -> CodeRefused:
    with pytest.raises(CodeRefused) as refused:
        read_identity_code(text, artificial_allowed=artificial_allowed, as_of=AS_OF)
    return refused.value


@pytest.mark.parametrize(("code", "born_on"), ARTIFICIAL.items())
def test_each_century_sign_gives_its_birth_date(code: str, born_on: date) -> None:
    read = read_identity_code(code, artificial_allowed=True, as_of=AS_OF)

    assert (read.code, read.born_on) == (code, born_on)


@pytest.mark.parametrize("code", ARTIFICIAL)
def test_an_artificial_code_needs_the_setting(code: str) -> None:
    assert fault_of(code, artificial_allowed=False).fault is CodeFault.ARTIFICIAL


def test_spaces_around_a_code_are_no_mistake() -> None:
    read = read_identity_code("  010180-9015 ", artificial_allowed=True, as_of=AS_OF)

    assert read.code == "010180-9015"


def test_codes_that_differ_in_the_sign_only_stay_two_codes() -> None:
    one = read_identity_code("131052-9129", artificial_allowed=True, as_of=AS_OF)
    other = read_identity_code("131052Y9129", artificial_allowed=True, as_of=AS_OF)

    assert one != other
    assert one.born_on == other.born_on


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("010190-999K", CodeFault.CHECK),
        ("010190Y999K", CodeFault.CHECK),
        ("010190-999I", CodeFault.CHECK),
        ("290201A903P", CodeFault.DATE),
        ("320180-9015", CodeFault.DATE),
        ("001380-9015", CodeFault.DATE),
        ("010180G9015", CodeFault.SIGN),
        ("01018009015", CodeFault.SIGN),
        ("010180-901", CodeFault.LENGTH),
        ("0101809015", CodeFault.LENGTH),
        ("010180-90150", CodeFault.LENGTH),
        ("", CodeFault.LENGTH),
        ("01o180-9015", CodeFault.FORM),
        ("٠١٠١٨٠-9015", CodeFault.FORM),
        ("010180-901?", CodeFault.CHECK),
        ("010180-0014", CodeFault.NUMBER),
        ("010130A905C", CodeFault.UNBORN),
    ],
)
def test_a_wrong_code_is_refused_for_its_own_reason(text: str, fault: CodeFault) -> None:
    refused = fault_of(text)

    assert refused.fault is fault
    assert refused.suggestion is None


@pytest.mark.parametrize(
    ("text", "fault", "meant"),
    [
        ("010180−9015", CodeFault.DASH, "010180-9015"),
        ("010180–9015", CodeFault.DASH, "010180-9015"),
        ("010180\N{NON-BREAKING HYPHEN}9015", CodeFault.DASH, "010180-9015"),
        ("020504a902e", CodeFault.LOWER_CASE, "020504A902E"),
        ("020504A902e", CodeFault.LOWER_CASE, "020504A902E"),
        ("010180 -9015", CodeFault.SPACES, "010180-9015"),
        ("010180\N{NO-BREAK SPACE}-9015", CodeFault.SPACES, "010180-9015"),
    ],
)
def test_a_slip_is_offered_corrected_and_not_taken(text: str, fault: CodeFault, meant: str) -> None:
    refused = fault_of(text)

    assert (refused.fault, refused.suggestion) == (fault, meant)


def test_no_correction_is_offered_for_what_would_still_be_wrong() -> None:
    refused = fault_of("010180–901K")

    assert (refused.fault, refused.suggestion) == (CodeFault.CHECK, None)


def test_a_correction_is_not_offered_for_an_artificial_code_that_is_not_allowed() -> None:
    assert fault_of("010180–9015", artificial_allowed=False).suggestion is None


@pytest.mark.parametrize(
    ("code", "shown"), [("010180-9015", "010180-****"), ("010516B903X", "010516B****")]
)
def test_a_masked_code_keeps_the_birth_date_and_hides_the_rest(code: str, shown: str) -> None:
    assert mask(code) == shown


@pytest.mark.parametrize(
    ("typed", "same"), [(date(1980, 1, 1), True), (date(1980, 1, 2), False), (None, True)]
)
def test_a_birth_date_typed_beside_the_code_must_agree(typed: date | None, same: bool) -> None:
    read = read_identity_code("010180-9015", artificial_allowed=True, as_of=AS_OF)

    assert agrees(read, typed) is same
