"""The closed list of what the log can say, and what each entry must tell.

An entry names an event `subject.action` and carries exactly the detail keys declared here: a key
too many could smuggle personal data into a log that outlives it, a key too few would leave a gap.
Details hold identifiers, codes, counts and dates; never names, identity codes or free text.
`shown` lists the identifiers of the clients whose data a page put before the reader.
"""

from collections.abc import Mapping, Sequence
from enum import Enum, StrEnum

DetailValue = str | int | bool | None | Sequence[str] | Sequence[int]
Details = Mapping[str, DetailValue]


class DetailsRefused(ValueError):
    """The details do not match what the event declares."""


class ObjectType(StrEnum):
    """What an entry can be about, beside the client and the register that it names."""

    CASELOAD_EXCEPTION = "caseload_exception"
    CLIENT = "client"
    CONSENT = "consent"
    DATA_SUBJECT_REQUEST = "data_subject_request"
    DISPOSAL_LIST = "disposal_list"
    DOCUMENT = "document"
    EPISODE = "episode"
    FINDING_ACCEPTANCE = "finding_acceptance"
    HAND_OVER = "hand_over"
    ITEM = "item"
    LOCATION = "location"
    NOTICE_EDITION = "notice_edition"
    NOTICE_GIVEN = "notice_given"
    REGISTER_VERSION = "register_version"
    RETENTION_RULE_PROPOSAL = "retention_rule_proposal"
    RETENTION_RULE_VERSION = "retention_rule_version"
    USER = "user"


class Event(Enum):
    """One thing that is recorded: its name in the log and its detail keys."""

    AUTH_SIGNED_IN = ("auth.signed_in", "method")
    AUTH_FAILED = ("auth.failed", "reason")
    AUTH_SIGNED_OUT = ("auth.signed_out", "reason")
    AUTH_THROTTLED = ("auth.throttled", "scope")

    ACCESS_REFUSED = ("access.refused", "endpoint")
    # What the person wrote stays with the exception itself, sealed under the client's key.
    ACCESS_REASON_GIVEN = ("access.reason_given",)

    REGISTER_LOADED = ("register.loaded", "source_hash")
    REGISTER_CREATED = ("register.created",)
    REGISTER_EDITED = ("register.edited", "version", "part", "member")
    REGISTER_PROPOSED = ("register.proposed", "version")
    # How many serious findings were open, which the one who publishes has acknowledged.
    REGISTER_PUBLISHED = ("register.published", "version", "serious_findings")
    REGISTER_RETURNED = ("register.returned", "version")
    REGISTER_VIEWED = ("register.viewed", "version")
    NOTICE_PRODUCED = ("notice.produced", "version", "language")
    # The reason stays with the acceptance itself; the fingerprint is that of the facts accepted.
    FINDING_ACCEPTED = ("finding.accepted", "code", "fingerprint")
    FINDING_ACCEPTANCE_REVOKED = ("finding.acceptance_revoked", "code", "fingerprint")
    NOTICE_ARCHIVED = ("notice.archived", "edition", "hashes")
    NOTICE_GIVEN = ("notice.given", "edition", "channel")
    NOTICE_RECIPIENTS_LISTED = ("notice.recipients_listed", "shown")
    RECORD_PRODUCED = ("record.produced", "version", "language")
    RULES_LOADED = ("rules.loaded", "count", "source_hash")
    RULES_CONFIRMED = ("rules.confirmed", "rule", "version")
    # The fingerprint is that of the rule's content, so that what was approved can be told.
    RULES_PROPOSED = ("rules.proposed", "rule", "fingerprint")
    RULES_APPROVED = ("rules.approved", "rule", "fingerprint", "version")
    RULES_FOLLOWED = ("rules.followed", "rule", "version", "count")
    RULES_REJECTED = ("rules.rejected", "rule", "fingerprint")
    RULES_WITHDRAWN = ("rules.withdrawn", "rule", "fingerprint")

    CLIENT_CREATED = ("client.created",)
    CLIENT_CHANGED = ("client.changed", "fields")
    CLIENT_VIEWED = ("client.viewed",)
    CLIENT_SEARCHED = ("client.searched", "kind", "shown")
    CLIENT_LISTED = ("client.listed", "shown")
    CLIENT_IDENTITY_CODE_REVEALED = ("client.identity_code_revealed", "reason")
    EPISODE_STARTED = ("episode.started", "service_type", "started_on")
    EPISODE_ENDED = ("episode.ended", "ended_on")
    CONSENT_GIVEN = ("consent.given", "purpose")
    CONSENT_WITHDRAWN = ("consent.withdrawn", "purpose")

    DOCUMENT_LOGGED = ("document.logged", "document_type", "media")
    DOCUMENT_VIEWED = ("document.viewed",)
    DOCUMENT_LISTED = ("document.listed", "shown")
    ITEM_ADDED = ("item.added", "medium")
    ITEM_OPENED = ("item.opened",)
    CUSTODY_HANDED_OVER = ("custody.handed_over", "holder")
    CUSTODY_ACKNOWLEDGED = ("custody.acknowledged",)
    CUSTODY_REFUSED = ("custody.refused", "reason")
    CUSTODY_MOVED = ("custody.moved", "location")
    LOCATION_CREATED = ("location.created",)

    REQUEST_REGISTERED = ("request.registered", "kind")
    REQUEST_VIEWED = ("request.viewed",)
    REQUEST_LISTED = ("request.listed", "shown")
    REQUEST_IDENTITY_VERIFIED = ("request.identity_verified", "method")
    REQUEST_EXTENDED = ("request.extended", "due_on")
    REQUEST_SUSPENDED = ("request.suspended", "reason")
    REQUEST_RESUMED = ("request.resumed", "due_on")
    REQUEST_PACKAGE_BUILT = ("request.package_built", "included", "omitted")
    REQUEST_PACKAGE_OPENED = ("request.package_opened",)
    REQUEST_PICK_LIST_OPENED = ("request.pick_list_opened", "pieces")
    REQUEST_HANDED_OVER = ("request.handed_over", "method")
    REQUEST_CLOSED = ("request.closed", "outcome")
    REQUEST_REFUSED = ("request.refused", "ground")

    HOLD_SET = ("hold.set", "ground")
    HOLD_LIFTED = ("hold.lifted",)
    DISPOSAL_PROPOSED = ("disposal.proposed", "count")
    DISPOSAL_APPROVED = ("disposal.approved", "count")
    DISPOSAL_RETURNED = ("disposal.returned",)
    DISPOSAL_CANCELLED = ("disposal.cancelled",)
    DISPOSAL_PAPER_CONFIRMED = ("disposal.paper_confirmed", "witness")
    DISPOSAL_DESTROYED = ("disposal.destroyed", "medium")
    DISPOSAL_FAILED = ("disposal.failed", "reason")
    DISPOSAL_EXECUTED = ("disposal.executed", "destroyed", "left_out", "journal")
    DISPOSAL_CERTIFICATE_OPENED = ("disposal.certificate_opened",)
    DISPOSAL_LIST_VIEWED = ("disposal.list_viewed", "shown")

    EXPORT_MADE = ("export.made", "kind", "shown")
    USER_CREATED = ("user.created",)
    USER_CHANGED = ("user.changed", "fields")
    GRANT_GIVEN = ("grant.given", "role")
    GRANT_REVOKED = ("grant.revoked", "role")

    LOG_VIEWED = ("log.viewed", "shown")
    LOG_VERIFIED = ("log.verified", "status", "size")
    LOG_EXPORTED = ("log.exported", "size")
    LOG_ROLLED_BACK = ("log.rolled_back", "signed_size", "signed_root")
    SYSTEM_RECOVERED = ("system.recovered", "replayed")
    CHECKPOINT_SIGNED = ("checkpoint.signed", "size", "root")

    def __init__(self, action: str, *detail_keys: str) -> None:
        self.action = action
        self.detail_keys = frozenset(detail_keys)

    @classmethod
    def of(cls, action: str) -> "Event":
        """The event named `action` in the log; `KeyError` when there is none."""
        return _BY_ACTION[action]

    def check(self, details: Details) -> None:
        """Raise `DetailsRefused` unless `details` has exactly the declared keys and plain values.

        Floats are refused because their text is not the same everywhere, and the text is hashed.
        """
        if set(details) != self.detail_keys:
            message = (
                f"{self.action} takes the details {sorted(self.detail_keys)}, not {sorted(details)}"
            )
            raise DetailsRefused(message)
        for key, value in details.items():
            if not _plain(value):
                message = f"{self.action}: {key} is neither text, whole number, yes/no nor a list"
                raise DetailsRefused(message)


def _plain(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(isinstance(part, str | int) for part in value)
    return value is None or isinstance(value, str | int)


_BY_ACTION = {event.action: event for event in Event}
