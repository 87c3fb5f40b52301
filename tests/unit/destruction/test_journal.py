"""The destruction journal: written before the act, in order, signed, and never rewritten."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.destruction.journal import NOTHING_BEFORE, Doomed, Journal, JournalRefused

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)


def doomed(number: int) -> Doomed:
    return Doomed(number, "2026-01-01T00:00:00.000000Z", number, (f"k{number}",), (f"b{number}",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal" / "destruction.jsonl"


@pytest.fixture
def journal(path: Path) -> Journal:
    """A journal with one act that was seen through and one that was not."""
    journal = Journal(path, KEY)
    first = journal.intend(AT, 5, 12, [doomed(1), doomed(2)])
    journal.carried_out(first.act, AT)
    journal.intend(AT, 5, 13, [doomed(3)])
    return journal


def test_what_was_written_is_read_again(journal: Journal) -> None:
    done, open_act = journal.read()

    assert done.carried_out
    assert done.documents == (doomed(1), doomed(2))
    assert (done.actor_id, done.confirmation_id) == (5, 12)
    assert not open_act.carried_out
    assert [act.act for act in journal.unfinished(13)] == [open_act.act]
    assert journal.unfinished(12) == []


def test_a_missing_journal_holds_nothing(path: Path) -> None:
    assert Journal(path, KEY).read() == []
    assert Journal(path, KEY).head() == NOTHING_BEFORE


def test_each_line_is_json_of_identifiers_and_instants_only(journal: Journal, path: Path) -> None:
    entries = [json.loads(line)["entry"] for line in path.read_text("ascii").splitlines()]

    assert {key for entry in entries for key in entry} == {
        *("v", "seq", "previous", "kind", "act", "at"),
        *("actor_id", "confirmation_id", "documents"),
    }
    assert [entry["seq"] for entry in entries] == [1, 2, 3]


def test_the_file_is_for_its_owner_alone(journal: Journal, path: Path) -> None:
    assert path.stat().st_mode & 0o077 == 0


def test_an_unfinished_line_is_passed_over_and_cut_off_by_the_next(
    journal: Journal, path: Path
) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"entry":{"act":"half')

    assert len(journal.read()) == 2
    journal.intend(AT, 5, 14, [doomed(4)])

    assert [act.confirmation_id for act in journal.read()] == [12, 13, 14]
    assert path.read_bytes().startswith(whole)


def test_a_long_line_is_found_again(path: Path) -> None:
    journal = Journal(path, KEY)
    journal.intend(AT, 5, 1, [doomed(number) for number in range(3000)])
    journal.intend(AT, 5, 2, [doomed(1)])

    assert [len(act.documents) for act in journal.read()] == [3000, 1]


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_changed_line_is_noticed(journal: Journal, path: Path, number: int) -> None:
    lines = lines_of(path)
    lines[number] = lines[number].replace(b"2026-11-21T12", b"2026-11-21T13")
    path.write_bytes(b"".join(lines))

    with pytest.raises(JournalRefused):
        journal.read()


@pytest.mark.parametrize("number", [0, 1])
def test_a_removed_line_is_noticed(journal: Journal, path: Path, number: int) -> None:
    lines = lines_of(path)
    del lines[number]
    path.write_bytes(b"".join(lines))

    with pytest.raises(JournalRefused):
        journal.read()


def test_lines_in_another_order_are_noticed(journal: Journal, path: Path) -> None:
    first, second, third = lines_of(path)
    path.write_bytes(second + first + third)

    with pytest.raises(JournalRefused):
        journal.read()


def test_lines_of_another_installation_are_noticed(journal: Journal, path: Path) -> None:
    other = Journal(path, Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))

    with pytest.raises(JournalRefused):
        other.read()
    with pytest.raises(JournalRefused):
        other.intend(AT, 5, 15, [doomed(5)])


@pytest.mark.parametrize(
    "line", [b"not a line\n", b'{"entry":{"v":1},"signature":"AA=="}\n', b"\n"]
)
def test_a_foreign_line_is_noticed(journal: Journal, path: Path, line: bytes) -> None:
    path.write_bytes(path.read_bytes() + line)

    with pytest.raises(JournalRefused):
        journal.read()


def test_a_cut_off_end_changes_the_head_that_the_log_keeps(journal: Journal, path: Path) -> None:
    head = journal.head()
    path.write_bytes(b"".join(lines_of(path)[:-1]))

    assert journal.read()
    assert journal.head() != head
