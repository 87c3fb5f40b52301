"""Encryption of streams and fields: format, round trips, and everything that must not open."""

import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.envelope import (
    DecryptionRefused,
    Tampered,
    WrongKey,
    context_of,
    decrypt_stream,
    decrypt_to_bytes,
    decrypted,
    encrypt_stream,
    new_key,
    open_sealed,
    open_text,
    seal,
    seal_text,
)

CHUNK = 16 * 1024
CIPHER_CHUNK = CHUNK + 16
HEADER = 24 + 32
CONTEXT = context_of("item", 1, 2)
VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))


def encrypt(key: bytes, plain: bytes, context: bytes = CONTEXT) -> bytes:
    sink = BytesIO()
    assert encrypt_stream(key, BytesIO(plain), sink, context) == len(plain)
    return sink.getvalue()


def encrypt_by_specification(key: bytes, plain: bytes, context: bytes, salt: bytes) -> bytes:
    """The C2SP chunked-encryption specification, written out: the program uses a library for it."""
    info = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0" + salt + context
    derived = HKDFExpand(SHA512(), 32 + 12 + 32, info).derive(key)
    cipher, base, commitment = AESGCM(derived[:32]), derived[32:44], derived[44:]
    found = salt + commitment
    for number in range(len(plain) // CHUNK + 1):
        nonce = (int.from_bytes(base) ^ number).to_bytes(12)
        found += cipher.encrypt(nonce, plain[number * CHUNK : (number + 1) * CHUNK], None)
    return found


def plain_of(vector: dict[str, str | int]) -> bytes:
    return bytes(i * 7 % 251 for i in range(int(vector["size"])))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 100_000])
def test_what_goes_in_comes_out(size: int) -> None:
    key, plain = new_key(), bytes(i % 256 for i in range(size))

    cipher = encrypt(key, plain)

    assert decrypt_to_bytes(key, BytesIO(cipher), CONTEXT) == plain
    assert len(cipher) == HEADER + size + 16 * (size // CHUNK + 1)


@pytest.mark.parametrize("size", [0, 1000, CHUNK, 2 * CHUNK + 5])
def test_the_format_is_the_published_one(size: int) -> None:
    key, plain = new_key(), bytes(size)

    ours = encrypt(key, plain)

    assert ours == encrypt_by_specification(key, plain, CONTEXT, ours[:24])


@pytest.mark.parametrize("vector", VECTORS["streams"], ids=lambda vector: vector["size"])
def test_frozen_streams_still_open(vector: dict[str, str | int]) -> None:
    key, context = bytes.fromhex(str(vector["key"])), str(vector["context"]).encode()
    salt = bytes.fromhex(str(vector["salt"]))

    cipher = encrypt_by_specification(key, plain_of(vector), context, salt)

    assert sha256(cipher).hexdigest() == vector["cipher_sha256"]
    assert decrypt_to_bytes(key, BytesIO(cipher), context) == plain_of(vector)


@pytest.mark.parametrize("vector", VECTORS["fields"], ids=lambda vector: vector["plain"])
def test_frozen_fields_still_open(vector: dict[str, str]) -> None:
    sealed = bytes.fromhex(vector["sealed"])

    plain = open_text(bytes.fromhex(vector["key"]), sealed, vector["context"].encode())

    assert plain == vector["plain"]


def test_the_same_text_never_gives_the_same_cipher_text() -> None:
    key = new_key()

    assert encrypt(key, b"sama") != encrypt(key, b"sama")
    assert seal(key, b"sama", CONTEXT) != seal(key, b"sama", CONTEXT)


def test_another_key_or_context_is_noticed_before_anything_is_decrypted() -> None:
    key = new_key()
    cipher = encrypt(key, b"x" * 100_000)

    with pytest.raises(WrongKey):
        next(decrypted(new_key(), BytesIO(cipher), CONTEXT))
    with pytest.raises(WrongKey):
        next(decrypted(key, BytesIO(cipher), context_of("item", 1, 3)))


@pytest.mark.parametrize(
    "length",
    [0, 23, HEADER - 1, HEADER, HEADER + 15, HEADER + CIPHER_CHUNK, HEADER + CIPHER_CHUNK + 20],
)
def test_a_file_that_was_cut_off_is_refused(length: int) -> None:
    key = new_key()
    cipher = encrypt(key, bytes(CHUNK + 100))

    with pytest.raises(Tampered):
        decrypt_to_bytes(key, BytesIO(cipher[:length]), CONTEXT)


def test_chunks_cannot_be_swapped_repeated_or_added() -> None:
    key = new_key()
    cipher = encrypt(key, bytes(2 * CHUNK + 100))
    head, first = cipher[:HEADER], cipher[HEADER : HEADER + CIPHER_CHUNK]
    second = cipher[HEADER + CIPHER_CHUNK : HEADER + 2 * CIPHER_CHUNK]
    last = cipher[HEADER + 2 * CIPHER_CHUNK :]

    for changed in (
        head + second + first + last,
        head + first + first + second + last,
        head + second + last,
        head + first + second + last + last,
        cipher + b"\0",
    ):
        with pytest.raises(Tampered):
            decrypt_to_bytes(key, BytesIO(changed), CONTEXT)


def test_only_verified_chunks_reach_the_sink() -> None:
    key, plain = new_key(), bytes(i % 256 for i in range(2 * CHUNK))
    cipher = bytearray(encrypt(key, plain))
    cipher[HEADER + CIPHER_CHUNK + 5] ^= 1
    sink = BytesIO()

    with pytest.raises(Tampered):
        decrypt_stream(key, BytesIO(cipher), sink, CONTEXT)

    assert plain.startswith(sink.getvalue())
    assert len(sink.getvalue()) <= CHUNK


@given(plain=st.binary(max_size=300), position=st.integers(min_value=0), bit=st.integers(0, 7))
def test_no_bit_of_a_field_can_be_changed(plain: bytes, position: int, bit: int) -> None:
    key = bytes(32)
    sealed = bytearray(seal(key, plain, CONTEXT))
    sealed[position % len(sealed)] ^= 1 << bit

    with pytest.raises(Tampered):
        open_sealed(key, bytes(sealed), CONTEXT)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes(27), b"\x02" + bytes(40)])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(Tampered):
        open_sealed(bytes(32), sealed, CONTEXT)


def test_a_field_opens_only_in_its_own_place() -> None:
    key = new_key()
    sealed = seal_text(key, "Åke Öström", context_of("client", 1, "name"))

    assert open_text(key, sealed, context_of("client", 1, "name")) == "Åke Öström"
    with pytest.raises(Tampered):
        open_text(key, sealed, context_of("client", 2, "name"))


@given(st.lists(st.text() | st.integers() | st.none()), st.lists(st.text() | st.integers()))
def test_contexts_of_different_parts_differ(
    one: list[str | int | None], other: list[str | int]
) -> None:
    assert (context_of(*one) == context_of(*other)) == (one == other)


def test_both_refusals_can_be_caught_as_one() -> None:
    assert issubclass(WrongKey, DecryptionRefused)
    assert issubclass(Tampered, DecryptionRefused)
