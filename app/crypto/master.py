"""The master key: one small file outside the data, without which nothing opens.

It is made once, for a new key store. After that a missing or different file stops the program: a
fresh key would look like a start and be the loss of everything.
"""

import base64
import binascii
from pathlib import Path

from app.crypto.durable import write_file
from app.crypto.envelope import KEY_BYTES, new_key


class MasterKeyProblem(Exception):
    """The master key is missing, unreadable, open to others, or not the one of this key store."""


def create_master_key(path: Path) -> bytes:
    """A new master key, written to `path` for its owner alone; `MasterKeyProblem` if one is there.

    Called by `create_key_store` only, which knows that there is nothing yet for it to open.
    """
    key = new_key()
    try:
        write_file(path, base64.b64encode(key) + b"\n", mode=0o400, replace=False)
    except FileExistsError as problem:
        raise MasterKeyProblem(f"there is a master key at {path} already") from problem
    return key


def load_master_key(path: Path) -> bytes:
    """The key in the file at `path`: 32 bytes in base64, readable by its owner alone.

    Raises `MasterKeyProblem`; never makes a key.
    """
    try:
        mode = path.stat().st_mode
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except FileNotFoundError as problem:
        raise MasterKeyProblem(f"there is no master key at {path}") from problem
    except (OSError, binascii.Error) as problem:
        raise MasterKeyProblem(f"the master key at {path} cannot be read") from problem
    if mode & 0o077:
        raise MasterKeyProblem(f"others may read the master key at {path}; give it the mode 0400")
    if len(key) != KEY_BYTES:
        raise MasterKeyProblem(f"the master key at {path} is not {KEY_BYTES} bytes long")
    return key
