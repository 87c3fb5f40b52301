"""Which rights people have over the data of a register: GDPR Arts. 15–21 by the legal bases.

A notice is not asked to tell of a right that the law does not give. The Data Protection Ombudsman
tells the same by legal basis (tietosuoja.fi, “Mitä oikeuksia rekisteröidyillä on eri tilanteissa”).
"""

from app.registers.definitions import LegalBasis, RegisterDefinition, Right
from app.registers.definitions.vocabulary import Medium

# Arts. 15, 16 and 18 hold on every legal basis.
_ALWAYS = frozenset({Right.ACCESS, Right.RECTIFICATION, Right.RESTRICTION})

# Art. 17(3)(b): no erasure of what a legal obligation or a public task needs.
_KEPT_BY_LAW = frozenset({LegalBasis.LEGAL_OBLIGATION, LegalBasis.PUBLIC_TASK})
# Art. 21(1).
_OBJECTED_TO = frozenset({LegalBasis.PUBLIC_TASK, LegalBasis.LEGITIMATE_INTERESTS})
# Art. 20(1)(a).
_PORTABLE = frozenset({LegalBasis.CONSENT, LegalBasis.CONTRACT})

# In the order of the notice.
_ORDER = (
    Right.ACCESS,
    Right.RECTIFICATION,
    Right.ERASURE,
    Right.RESTRICTION,
    Right.OBJECTION,
    Right.PORTABILITY,
)


def rights_that_apply(register: RegisterDefinition) -> tuple[Right, ...]:
    """The rights of which people must be told: GDPR Arts. 13(2)(b) and 14(2)(c).

    A purpose whose basis is not stated may rest on any, so no right is left out for it.
    """
    if not register.purposes or any(not purpose.legal_bases for purpose in register.purposes):
        bases = frozenset(LegalBasis)
    else:
        bases = frozenset(basis for purpose in register.purposes for basis in purpose.legal_bases)
    if any(service.consent_required for service in register.services):
        bases |= {LegalBasis.CONSENT}
    found = set(_ALWAYS)
    if bases - _KEPT_BY_LAW:
        found.add(Right.ERASURE)
    # Art. 21(2): direct marketing may be objected to on every basis.
    if bases & _OBJECTED_TO or register.direct_marketing is not None:
        found.add(Right.OBJECTION)
    if bases & _PORTABLE and not _is_paper(register):
        found.add(Right.PORTABILITY)
    return tuple(right for right in _ORDER if right in found)


def _is_paper(register: RegisterDefinition) -> bool:
    """Art. 20(1)(b): whether all is said to be on paper, where no right to portability exists."""
    media = {medium for rule in register.storage_rules for medium in rule.media}
    media |= {medium for category in register.data_categories for medium in category.media}
    media |= {place.medium for place in register.storage_places}
    return media == {Medium.MAN}
