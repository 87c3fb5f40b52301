"""The closed lists of the request handler's work, with the words people see for them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.requests.rules import RequestKind
from app.web.i18n import lazy_gettext as _l


class Channel(StrEnum):
    """How a request reached the controller; each of them starts the clock."""

    IN_PERSON = "in_person"
    LETTER = "letter"
    EMAIL = "email"
    SECURE_MAIL = "secure_mail"
    SUOMI_FI = "suomi_fi"
    TELEPHONE = "telephone"


class IdentityMethod(StrEnum):
    """How the handler knew that it is the person; no copy of anything shown is kept."""

    KNOWN_IN_PERSON = "known_in_person"
    IDENTITY_DOCUMENT = "identity_document"
    STRONG_ELECTRONIC = "strong_electronic"
    POWER_OF_ATTORNEY = "power_of_attorney"
    LEGAL_REPRESENTATIVE = "legal_representative"


class SuspensionReason(StrEnum):
    """What the person is asked for while the clock stands (GDPR Art. 12(6), recital 63)."""

    IDENTITY = "identity"
    SCOPE = "scope"


class ExtensionReason(StrEnum):
    """What makes two further months necessary (GDPR Art. 12(3))."""

    COMPLEXITY = "complexity"
    NUMBER = "number"


class DeliveryChannel(StrEnum):
    """How the answer reaches the person."""

    IN_PERSON = "in_person"
    REGISTERED_LETTER = "registered_letter"
    SECURE_MAIL = "secure_mail"
    SUOMI_FI = "suomi_fi"


class Outcome(StrEnum):
    """How a request ended."""

    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RefusalGround(StrEnum):
    """What the law allows a refusal for."""

    IDENTITY_NOT_PROVEN = "identity_not_proven"
    MANIFESTLY_UNFOUNDED = "manifestly_unfounded"
    EXCESSIVE = "excessive"
    RIGHTS_OF_OTHERS = "rights_of_others"
    NATIONAL_LIMITATION = "national_limitation"
    DATA_CORRECT = "data_correct"
    LEGAL_OBLIGATION = "legal_obligation"
    LEGAL_CLAIMS = "legal_claims"
    COMPELLING_GROUNDS = "compelling_grounds"
    RIGHT_DOES_NOT_APPLY = "right_does_not_apply"
    LOG_TOO_OLD = "log_too_old"


_GENERAL = (
    RefusalGround.IDENTITY_NOT_PROVEN,
    RefusalGround.MANIFESTLY_UNFOUNDED,
    RefusalGround.EXCESSIVE,
)
_OF_KIND: Mapping[RequestKind, tuple[RefusalGround, ...]] = MappingProxyType(
    {
        RequestKind.ACCESS: (RefusalGround.RIGHTS_OF_OTHERS, RefusalGround.NATIONAL_LIMITATION),
        RequestKind.RECTIFICATION: (RefusalGround.DATA_CORRECT,),
        RequestKind.ERASURE: (RefusalGround.LEGAL_OBLIGATION, RefusalGround.LEGAL_CLAIMS),
        RequestKind.RESTRICTION: (RefusalGround.RIGHT_DOES_NOT_APPLY,),
        RequestKind.OBJECTION: (RefusalGround.COMPELLING_GROUNDS, RefusalGround.LEGAL_CLAIMS),
        RequestKind.PORTABILITY: (
            RefusalGround.RIGHT_DOES_NOT_APPLY,
            RefusalGround.RIGHTS_OF_OTHERS,
        ),
        RequestKind.CONSENT_WITHDRAWAL: (),
        RequestKind.LOG_DATA: (RefusalGround.LOG_TOO_OLD, RefusalGround.NATIONAL_LIMITATION),
    }
)


def refusal_grounds(kind: RequestKind) -> tuple[RefusalGround, ...]:
    """The grounds for which a request of the kind can be refused.

    A consent may be withdrawn at any time (GDPR Art. 7(3)): only a doubt about who asks stands
    against that. Sources of the others: GDPR Arts. 12(2), 12(5), 15(4), 16, 17(3), 18, 20, 21(1);
    act 1050/2018 s. 34; act 703/2023 s. 11.
    """
    if kind is RequestKind.CONSENT_WITHDRAWAL:
        return (RefusalGround.IDENTITY_NOT_PROVEN,)
    return (*_GENERAL, *_OF_KIND[kind])


class Part(StrEnum):
    """What an answer package can hold."""

    INFORMATION = "information"
    DATA = "data"
    FILES = "files"
    PAPER = "paper"
    LOG = "log"


_PACKAGE_PARTS: Mapping[RequestKind, frozenset[Part]] = MappingProxyType(
    {
        RequestKind.ACCESS: frozenset(Part),
        RequestKind.PORTABILITY: frozenset({Part.DATA, Part.FILES}),
        RequestKind.LOG_DATA: frozenset({Part.LOG}),
    }
)


def package_parts(kind: RequestKind) -> frozenset[Part]:
    """What the package that answers a request of the kind holds; empty: there is no package.

    Portability covers what is processed by automated means, so paper is no part of it (GDPR Art.
    20(1)(b)); the information and the log belong to access (Art. 15; CJEU C-579/21).
    """
    return _PACKAGE_PARTS.get(kind, frozenset())


# By class first: members of different lists with the same value are equal as text.
_WORDS: Mapping[type[StrEnum], Mapping[StrEnum, Any]] = {
    RequestKind: {
        RequestKind.ACCESS: _l("Access request"),
        RequestKind.RECTIFICATION: _l("Rectification request"),
        RequestKind.ERASURE: _l("Erasure request"),
        RequestKind.RESTRICTION: _l("Request for restriction of processing"),
        RequestKind.OBJECTION: _l("Objection to processing"),
        RequestKind.PORTABILITY: _l("Data portability request"),
        RequestKind.CONSENT_WITHDRAWAL: _l("Withdrawal of consent"),
        RequestKind.LOG_DATA: _l("Log data request"),
    },
    Channel: {
        Channel.IN_PERSON: _l("in person"),
        Channel.LETTER: _l("by letter"),
        Channel.EMAIL: _l("by e-mail"),
        Channel.SECURE_MAIL: _l("by secure mail"),
        Channel.SUOMI_FI: _l("by Suomi.fi message"),
        Channel.TELEPHONE: _l("by telephone"),
    },
    IdentityMethod: {
        IdentityMethod.KNOWN_IN_PERSON: _l("the person is known to staff and came in person"),
        IdentityMethod.IDENTITY_DOCUMENT: _l("an identity document was shown"),
        IdentityMethod.STRONG_ELECTRONIC: _l("strong electronic identification"),
        IdentityMethod.POWER_OF_ATTORNEY: _l("an agent with a power of attorney, identified"),
        IdentityMethod.LEGAL_REPRESENTATIVE: _l(
            "a guardian or other legal representative, identified"
        ),
    },
    SuspensionReason: {
        SuspensionReason.IDENTITY: _l("proof of identity"),
        SuspensionReason.SCOPE: _l("scope of the request"),
    },
    ExtensionReason: {
        ExtensionReason.COMPLEXITY: _l("complexity of the request"),
        ExtensionReason.NUMBER: _l("number of requests"),
    },
    DeliveryChannel: {
        DeliveryChannel.IN_PERSON: _l("in person"),
        DeliveryChannel.REGISTERED_LETTER: _l("by registered letter"),
        DeliveryChannel.SECURE_MAIL: _l("by secure mail"),
        DeliveryChannel.SUOMI_FI: _l("by Suomi.fi message"),
    },
    Outcome: {
        Outcome.ANSWERED: _l("request answered"),
        Outcome.REFUSED: _l("request refused"),
        Outcome.WITHDRAWN: _l("request withdrawn by the person"),
    },
    RefusalGround: {
        RefusalGround.IDENTITY_NOT_PROVEN: _l(
            "the identity was not proven (GDPR Article 12(2) and (6))"
        ),
        RefusalGround.MANIFESTLY_UNFOUNDED: _l("manifestly unfounded (GDPR Article 12(5))"),
        RefusalGround.EXCESSIVE: _l("excessive, above all repetitive (GDPR Article 12(5))"),
        RefusalGround.RIGHTS_OF_OTHERS: _l(
            "would adversely affect the rights of others (GDPR Articles 15(4) and 20(4))"
        ),
        RefusalGround.NATIONAL_LIMITATION: _l(
            "limitation of the right of access in the Data Protection Act (1050/2018, section 34)"
        ),
        RefusalGround.DATA_CORRECT: _l("the data is accurate and complete (GDPR Article 16)"),
        RefusalGround.LEGAL_OBLIGATION: _l(
            "a law requires the data to be kept (GDPR Article 17(3)(b))"
        ),
        RefusalGround.LEGAL_CLAIMS: _l(
            "needed for legal claims (GDPR Articles 17(3)(e) and 21(1))"
        ),
        RefusalGround.COMPELLING_GROUNDS: _l(
            "compelling legitimate grounds for the processing (GDPR Article 21(1))"
        ),
        RefusalGround.RIGHT_DOES_NOT_APPLY: _l(
            "the right does not apply to this processing (GDPR Articles 18(1) and 20(1))"
        ),
        RefusalGround.LOG_TOO_OLD: _l(
            "log data over two years old without a special reason (Client Data Act 703/2023, "
            "section 11)"
        ),
    },
}


def words(member: StrEnum) -> str:
    """The words for a member of these lists, in the language in use. Raises KeyError."""
    return str(_WORDS[type(member)][member])


def choices(members: type[StrEnum] | tuple[StrEnum, ...]) -> list[tuple[str, str]]:
    """Value and words of each member, for a form's field."""
    return [(member.value, words(member)) for member in members]
