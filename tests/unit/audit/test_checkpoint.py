"""Checkpoints: the published examples verify, and nothing that was changed does."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.audit.checkpoint import CheckpointRefused, Signer, Verifier

# The example of c2sp.org/signed-note.
SPEC_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = (
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONnc"
    "AlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
# The example of golang.org/x/mod/sumdb/note, where the format began.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
GO_NOTE = (
    f"{GO_TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvq"
    "fqdngotpRZb6KE6RyyBwJnAM=\n"
)
ROOT = bytes(range(32))


@pytest.fixture
def signer() -> Signer:
    return Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


@pytest.mark.parametrize(("key", "note"), [(SPEC_KEY, SPEC_NOTE), (GO_KEY, GO_NOTE)])
def test_published_notes_verify(key: str, note: str) -> None:
    verifier = Verifier.parse(key)

    assert verifier.vkey == key
    assert verifier.open_note(note) == note[: note.index("\n\n") + 1]


def test_a_checkpoint_says_what_was_signed(signer: Signer) -> None:
    note = signer.sign(20852163, ROOT)

    checkpoint = Verifier.parse(signer.verifier.vkey).open_checkpoint(note)

    assert (checkpoint.size, checkpoint.root) == (20852163, ROOT)
    assert checkpoint.origin == signer.verifier.name
    assert note.splitlines()[:4] == [
        signer.verifier.name,
        "20852163",
        base64.b64encode(ROOT).decode(),
        "",
    ]


def test_a_frozen_checkpoint_is_signed_the_same_way(signer: Signer) -> None:
    assert signer.verifier.vkey == (
        "seloste/56475aa75463474c+a830560e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    )
    assert signer.sign(3, ROOT).endswith(
        "qDBWDqJGtX43f750XT6hoDlGx4DfRGo2nvY3msAKzaH/LzZJL169xhS+cHaVOaNZZcdg+9+sHpGGcWFTXUA5kOtRfg4=\n"
    )


def test_no_character_of_a_checkpoint_can_be_changed(signer: Signer) -> None:
    note = signer.sign(1234, ROOT)
    for position, character in enumerate(note):
        changed = note[:position] + ("1" if character != "1" else "2") + note[position + 1 :]
        with pytest.raises(CheckpointRefused):
            signer.verifier.open_checkpoint(changed)
        with pytest.raises(CheckpointRefused):
            signer.verifier.open_checkpoint(note[:position])


def test_another_log_s_checkpoint_is_refused(signer: Signer) -> None:
    other = Signer(Ed25519PrivateKey.generate())

    with pytest.raises(CheckpointRefused):
        signer.verifier.open_checkpoint(other.sign(5, ROOT))
    assert other.verifier.name != signer.verifier.name


def test_a_witness_may_sign_the_same_note(signer: Signer) -> None:
    witness = Signer(Ed25519PrivateKey.generate())
    note = signer.sign(5, ROOT)
    text, _, _ = note.rpartition("\n\n")
    both = note + witness.sign_note(text + "\n").rpartition("\n\n")[2]

    assert signer.verifier.open_checkpoint(both).size == 5
    assert witness.verifier.open_note(both) == text + "\n"


def test_a_valid_signature_beside_a_forged_one_is_not_enough(signer: Signer) -> None:
    note = signer.sign(5, ROOT)
    forged = signer.sign(6, ROOT).rpartition("\n\n")[2]

    with pytest.raises(CheckpointRefused):
        signer.verifier.open_checkpoint(note + forged)


@pytest.mark.parametrize(
    "text",
    [
        "{name}\n05\n{root}\n",
        "{name}\n-5\n{root}\n",
        "{name}\n5 \n{root}\n",
        "{name}\n٥\n{root}\n",
        "{name}\n99999999999999999999\n{root}\n",
        "{name}\n5\nAAAA\n",
        "{name}\n5\n{root}\nextension\n",
        "{name}\n5\n",
        "elsewhere\n5\n{root}\n",
    ],
)
def test_what_is_signed_but_no_checkpoint_is_refused(signer: Signer, text: str) -> None:
    root = base64.b64encode(ROOT).decode()
    note = signer.sign_note(text.format(name=signer.verifier.name, root=root))

    with pytest.raises(CheckpointRefused):
        signer.verifier.open_checkpoint(note)


@pytest.mark.parametrize(
    "note", ["", "\n", "text\n", "text\n\n", "text\n\n— x\n", "text\n\n- a b\n", "a\tb\n\n— a b=\n"]
)
def test_what_is_no_note_is_refused(signer: Signer, note: str) -> None:
    with pytest.raises(CheckpointRefused):
        signer.verifier.open_note(note)


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "name",
        "example.com/foo+530d903a+",
        SPEC_KEY.replace("530d903a", "530d903b"),
        SPEC_KEY.replace("example.com/foo", "example.com/bar"),
        SPEC_KEY[:-4],
        "a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ],
)
def test_a_malformed_key_is_refused(vkey: str) -> None:
    with pytest.raises(CheckpointRefused):
        Verifier.parse(vkey)


def test_an_outsider_verifies_with_a_dozen_lines(signer: Signer, tmp_path: Path) -> None:
    """What the documentation promises: the format needs nothing of this program."""
    (tmp_path / "note").write_text(signer.sign(5, ROOT), encoding="utf-8")
    program = (
        "import base64, sys\n"
        "from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey\n"
        "key = base64.b64decode(sys.argv[1].split('+', 2)[2])[1:]\n"
        "text, _, line = open(sys.argv[2], encoding='utf-8').read().rpartition('\\n\\n')\n"
        "signature = base64.b64decode(line.split()[2])[4:]\n"
        "Ed25519PublicKey.from_public_bytes(key).verify(signature, (text + '\\n').encode())\n"
        "print(text.split()[1])"
    )

    answer = subprocess.run(
        [sys.executable, "-I", "-c", program, signer.verifier.vkey, str(tmp_path / "note")],
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == "5\n"
