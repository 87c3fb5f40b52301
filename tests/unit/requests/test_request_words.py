"""Each code of the requests' closed lists has words in every language, and fits its column."""

import pytest

from app.audit.events import Event
from app.requests import explained, vocabulary
from app.requests.answer import access_log
from app.requests.models import DataSubjectRequest
from app.requests.rules import RequestKind, StepCode
from app.web.i18n import LANGUAGES, language

LISTS = (
    RequestKind,
    vocabulary.Channel,
    vocabulary.IdentityMethod,
    vocabulary.SuspensionReason,
    vocabulary.ExtensionReason,
    vocabulary.DeliveryChannel,
    vocabulary.Outcome,
    vocabulary.RefusalGround,
)
COLUMNS = {
    "kind": RequestKind,
    "channel": vocabulary.Channel,
    "identity_method": vocabulary.IdentityMethod,
    "extension_reason": vocabulary.ExtensionReason,
    "outcome": vocabulary.Outcome,
    "refusal_ground": vocabulary.RefusalGround,
    "delivery_channel": vocabulary.DeliveryChannel,
}
# Subjects of the log that are never about one client.
WITHOUT_CLIENTS = {
    *("auth", "user", "grant", "system", "checkpoint"),
    *("register", "record", "notice", "finding", "rules"),
}


@pytest.mark.parametrize("members", LISTS)
def test_each_code_has_words_in_three_languages(members: type) -> None:
    for member in members:
        told = set()
        for code in LANGUAGES:
            with language(code):
                told.add(vocabulary.words(member))
        assert len(told) == len(LANGUAGES), member


@pytest.mark.parametrize(("column", "members"), COLUMNS.items())
def test_each_code_fits_its_column(column: str, members: type) -> None:
    length = DataSubjectRequest.__table__.columns[column].type.length
    assert max(len(member.value) for member in members) <= length


def test_every_kind_of_request_has_grounds_of_refusal() -> None:
    for kind in RequestKind:
        assert vocabulary.RefusalGround.IDENTITY_NOT_PROVEN in vocabulary.refusal_grounds(kind)


def test_every_step_of_a_deadline_has_a_name() -> None:
    assert set(explained._NAMES) == set(StepCode)


def test_every_event_about_a_client_is_told_to_the_client_in_words() -> None:
    about_clients = {
        event
        for event in Event
        if event is Event.NOTICE_GIVEN
        or (
            event.action.partition(".")[0] not in WITHOUT_CLIENTS
            and event.action not in {"access.refused", "location.created"}
            and not (event.action.startswith("log.") and "shown" not in event.detail_keys)
        )
    }
    assert about_clients - set(access_log.ACTS) == set()


@pytest.mark.parametrize("event", access_log.ACTS)
def test_the_words_of_the_own_log_are_in_three_languages(event: Event) -> None:
    told = set()
    for code in LANGUAGES:
        with language(code):
            told.add(str(access_log.ACTS[event]))
    assert len(told) == len(LANGUAGES)
