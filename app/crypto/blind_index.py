"""Search over encrypted names and identity codes: keyed hashes instead of the words themselves.

The key belongs to one register, so the same person's tokens in two registers have nothing in
common. Tokens are personal data: they are deleted with the client.
"""

import hmac
import re
import unicodedata

PREFIX_MIN = 2
PREFIX_MAX = 12
# Half of a SHA-256: far more than names need, at half the size of the index.
NAME_TOKEN_BYTES = 16

_WORD_BREAK = re.compile(r"[\W_]+")


def code_token(key: bytes, normalised_code: str) -> bytes:
    """The 32-byte token of an identity code in its normal form (capitals, no spaces)."""
    return _token(key, "code", normalised_code)


def name_prefix_tokens(key: bytes, name: str) -> set[bytes]:
    """The 16-byte tokens that find `name`: every beginning, 2–12 letters long, of each word.

    A one-letter word is found by itself.
    """
    return {
        _token(key, "name", word[:length])[:NAME_TOKEN_BYTES]
        for word in _words(name)
        for length in range(min(PREFIX_MIN, len(word)), min(len(word), PREFIX_MAX) + 1)
    }


def query_token(key: bytes, typed_prefix: str) -> bytes | None:
    """The token to look for when this is typed; None when it holds no letter or digit.

    Of several words only the first counts: `query_tokens` gives them all.
    """
    tokens = query_tokens(key, typed_prefix)
    return tokens[0] if tokens else None


def query_tokens(key: bytes, typed: str) -> list[bytes]:
    """One token for each typed word; a client matches when every one of them is found."""
    return [_token(key, "name", word[:PREFIX_MAX])[:NAME_TOKEN_BYTES] for word in _words(typed)]


def _words(name: str) -> list[str]:
    """Words in lower case. å, ä and ö stay letters of their own; other accents stay as well."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return [word for word in _WORD_BREAK.split(folded) if word]


def _token(key: bytes, kind: str, text: str) -> bytes:
    return hmac.digest(key, f"{kind}\0{text}".encode(), "sha256")
