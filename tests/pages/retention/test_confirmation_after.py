"""What a proposed change does to the confirmation of a rule, as its page says it."""

from app.accounts.permissions import Actor
from app.clock import today
from app.retention.queries import open_proposals
from app.retention.services import confirm
from app.web.i18n import language
from tests.fixtures.documents import Desk
from tests.pages.conftest import Browse
from tests.pages.retention.helpers import ADDRESS, RULE, propose


def test_the_page_of_a_proposal_says_that_a_confirmation_lapses_or_stays(
    desk: Desk, officer: Actor, browse: Browse
) -> None:
    reader = browse(officer, "en")
    propose(reader, **{"period-years": "12"})
    (waiting,) = open_proposals(RULE)
    address = f"/retention-rules/proposals/{waiting.row.id}"
    assert "onfirmation" not in reader.get(address).select_one("main").get_text()
    page = reader.get(f"/retention-rules/{RULE}/confirm")
    assert "it has to be proposed again" in page.get_text()

    with language("en"):
        seen = reader.get(ADDRESS).select_one("input[name=seen]")["value"]
        confirm(
            officer,
            RULE,
            seen=int(seen),
            confirmed_by="Archivist",
            confirmed_on=today(),
            source="Finlex",
        )

    text = reader.get(address).select_one("main").get_text(" ", strip=True)
    assert "Archivist (Tietosuoja) confirmed the rule in force." in text
    assert "proposed again and approved, the confirmation lapses" in text
