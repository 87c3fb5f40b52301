"""Keys and encryption. Everything personal is stored encrypted; its key can be destroyed."""

from flask import current_app

from app.config import settings
from app.crypto.keys import KeyStore, create_key_store
from app.crypto.master import load_master_key

_EXTENSION = "seloste_keys"


def key_store() -> KeyStore:
    """The key store of the running application, opened at first use.

    Raises `MasterKeyProblem` when it does not exist: `create_keys` makes it, once.
    """
    store = current_app.extensions.get(_EXTENSION)
    if store is None:
        master_key = load_master_key(settings().master_key_path)
        store = KeyStore(settings().keys_path, master_key)
        store = current_app.extensions.setdefault(_EXTENSION, store)
    assert isinstance(store, KeyStore)
    return store


def create_keys() -> None:
    """Make the master key and the key store of a new installation; an existing one is checked.

    Raises `MasterKeyProblem` when the key store is there and its master key is not.
    """
    if not settings().keys_path.exists():
        create_key_store(settings().keys_path, settings().master_key_path)
    key_store()
