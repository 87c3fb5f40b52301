"""What is done with clients: entered, changed, started and ended in services, opened, consented."""

from app.clients.services.checks import EDITORS
from app.clients.services.consents import give_consent, withdraw_consent
from app.clients.services.episodes import end_episode, start_episode
from app.clients.services.notices import give_notice
from app.clients.services.opening import open_outside_caseload, reveal_identity_code
from app.clients.services.people import change_client, create_client

__all__ = [
    "EDITORS",
    "change_client",
    "create_client",
    "end_episode",
    "give_consent",
    "give_notice",
    "open_outside_caseload",
    "reveal_identity_code",
    "start_episode",
    "withdraw_consent",
]
