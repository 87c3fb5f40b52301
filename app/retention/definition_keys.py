"""The key of an entry, made from its name where nobody types one."""

import re
from collections.abc import Collection

from app.web.i18n import lazy_gettext as _l

# What forms say beside the field of a key.
KEY_RULE = _l("Lower-case letters a–z, digits and single hyphens. It is never changed.")

_LETTERS = str.maketrans("äåöé", "aaoe")
_LONGEST = 50
# What an entry is called whose name has no letter of a–z.
_NAMELESS = "uusi"


def key_from(name: str, taken: Collection[str]) -> str:
    """Lower-case letters, digits and single hyphens, unlike the keys that are taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower().translate(_LETTERS)).strip("-")
    stem = plain[:_LONGEST].strip("-") or _NAMELESS
    numbered = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(key for key in numbered if key not in taken)
