"""Password hashes: Argon2id in PHC form, with parameters that can be raised later."""

import os
import threading

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

MINIMUM_LENGTH = 12

# OWASP's Argon2id setting of 19 MiB; two at a time keep a burst of sign-ins from filling memory.
_MEMORY_KIB = 19 * 1024
_SLOTS = threading.BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """The PHC string of a password, with a salt of its own."""
    with _SLOTS:
        return Argon2id(
            salt=os.urandom(16), length=32, iterations=2, lanes=1, memory_cost=_MEMORY_KIB
        ).derive_phc_encoded(password.encode())


# Compared against when there is no such user, so that the answer takes as long.
_NOBODY = hash_password("nobody has this password")


def password_matches(password: str, phc: str | None) -> bool:
    """Whether the password belongs to the PHC string; as slow when there is none."""
    with _SLOTS:
        try:
            Argon2id.verify_phc_encoded(password.encode(), phc or _NOBODY)
        except InvalidKey:
            return False
    return phc is not None
