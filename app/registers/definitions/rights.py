"""Which rights of the person the legal bases of a register give, and which they do not.

GDPR Arts. 15, 16 and 18 ask nothing of the basis. Erasure, objection and portability do: a notice
that lists them without a word on it promises what the law does not give, and a check that asks for
them asks for more than the law. The Data Protection Ombudsman tells the same by legal basis
(tietosuoja.fi, “Mitä oikeuksia rekisteröidyillä on eri tilanteissa”). Pure: no words, no clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.registers.definitions.model import RegisterDefinition
from app.registers.definitions.parts import Purpose, ServiceType
from app.registers.definitions.vocabulary import (
    Article9Condition,
    DisclosureBasis,
    LegalBasis,
    Medium,
    Right,
)

# The article of each right, in the order of Art. 13(2)(b); the rights of Arts. 7(3) and 77 have
# none of these conditions.
ARTICLES: Mapping[Right, str] = {
    Right.ACCESS: "15",
    Right.RECTIFICATION: "16",
    Right.ERASURE: "17",
    Right.RESTRICTION: "18",
    Right.OBJECTION: "21",
    Right.PORTABILITY: "20",
}

# The bases on which a right rests. Erasure: what Art. 17(3)(b) leaves over; objection: Art. 21(1);
# portability: Art. 20(1)(a). Rights that are not here rest on none.
_RESTS_ON: Mapping[Right, frozenset[LegalBasis]] = {
    Right.ERASURE: frozenset(LegalBasis) - {LegalBasis.LEGAL_OBLIGATION, LegalBasis.PUBLIC_TASK},
    Right.OBJECTION: frozenset({LegalBasis.PUBLIC_TASK, LegalBasis.LEGITIMATE_INTERESTS}),
    Right.PORTABILITY: frozenset({LegalBasis.CONSENT, LegalBasis.CONTRACT}),
}


@dataclass(frozen=True)
class Reach:
    """The purposes that a right concerns, those it does not, and those whose basis is not stated.

    `by_any_basis`: the right concerns all data, whatever the basis. `only_paper`: portability
    concerns nothing, because nothing is processed by automated means (Art. 20(1)(b)). `services`:
    those that ask for a consent of their own, where consent gives the right.
    """

    right: Right
    by_any_basis: bool = False
    only_paper: bool = False
    given: tuple[Purpose, ...] = ()
    withheld: tuple[Purpose, ...] = ()
    unknown: tuple[Purpose, ...] = ()
    services: tuple[ServiceType, ...] = ()

    @property
    def is_withheld(self) -> bool:
        """Whether the law surely gives the right for no purpose at all."""
        somewhere = self.given or self.unknown or self.services
        return self.only_paper or (bool(self.withheld) and not somewhere)

    @property
    def is_open(self) -> bool:
        """Whether the register leaves open if the right concerns some use, or any."""
        stated = self.by_any_basis or self.given or self.withheld or self.only_paper
        return bool(self.unknown) or not stated


def reach_of(right: Right, register: RegisterDefinition) -> Reach:
    """How far a right of Arts. 15–21 reaches in a register: GDPR Arts. 17(3)(b), 20(1), 21(1)."""
    bases = _RESTS_ON.get(right)
    if bases is None:
        return Reach(right, by_any_basis=True)
    if right is Right.PORTABILITY and _is_on_paper(register):
        return Reach(right, only_paper=True, withheld=register.purposes)
    purposes = register.purposes
    given = tuple(purpose for purpose in purposes if _gives(right, bases, purpose))
    unknown = tuple(p for p in purposes if p not in given and not p.legal_bases)
    withheld = tuple(p for p in purposes if p not in given and p.legal_bases)
    asking = tuple(s for s in register.services if s.consent_required)
    services = asking if LegalBasis.CONSENT in bases else ()
    return Reach(right, given=given, withheld=withheld, unknown=unknown, services=services)


def rights_that_apply(register: RegisterDefinition) -> tuple[Right, ...]:
    """The rights of which people must be told: GDPR Arts. 13(2)(b) and 14(2)(c).

    A purpose whose basis is not stated may rest on any, so no right is left out for it. Direct
    marketing may be objected to on every basis (Art. 21(2)).
    """
    stated = register.direct_marketing
    marketing = {Right.OBJECTION} if stated is not None and stated.is_possible else set()
    return tuple(r for r in ARTICLES if r in marketing or not reach_of(r, register).is_withheld)


def gives(right: Right, register: RegisterDefinition) -> bool:
    """Whether the law gives the right for some purpose that states its basis, or for all data."""
    if right is Right.WITHDRAW_CONSENT:
        return rests_on_consent(register)
    reach = reach_of(right, register)
    return reach.by_any_basis or bool(reach.given or reach.services)


def rests_on_consent(register: RegisterDefinition) -> bool:
    """Whether anything in the register rests on consent, which may be withdrawn (Art. 7(3))."""
    return (
        any(LegalBasis.CONSENT in purpose.legal_bases for purpose in register.purposes)
        or any(d.basis is DisclosureBasis.CONSENT for d in register.disclosures or ())
        or any(service.consent_required for service in register.services)
    )


def _gives(right: Right, bases: frozenset[LegalBasis], purpose: Purpose) -> bool:
    explicit = purpose.article_9_condition is Article9Condition.EXPLICIT_CONSENT
    # Art. 20(1)(a) names the explicit consent of Art. 9(2)(a) beside Art. 6(1)(a).
    by_consent = right is Right.PORTABILITY and explicit
    return by_consent or bool(bases.intersection(purpose.legal_bases))


def _is_on_paper(register: RegisterDefinition) -> bool:
    """Whether the register names where data is kept, and a computer is nowhere among it."""
    media = {medium for rule in register.storage_rules for medium in rule.media}
    media |= {medium for category in register.data_categories for medium in category.media}
    media |= {place.medium for place in register.storage_places}
    return bool(register.storage_places) and media == {Medium.MAN}
