"""What the tests of the pages of rules share: a rule, and proposing a change of it."""

from bs4 import BeautifulSoup

from tests.pages.conftest import Reader
from tests.pages.forms import typed

RULE = "social-initial-interview"
ADDRESS = f"/retention-rules/{RULE}/change"


def propose(reader: Reader, address: str = ADDRESS, **changes: str) -> BeautifulSoup:
    """Type, look at the effect, and propose."""
    changes = {"reason": "Laki muuttui", **changes}
    seen = reader.post(address, typed(reader.get(address), **changes))
    return reader.post(address, typed(seen, propose="yes"))
