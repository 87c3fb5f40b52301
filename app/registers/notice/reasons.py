"""Why a right does not reach some data, as said to the person, with the point of law."""

from collections.abc import Iterable, Sequence

from app.registers.definitions import LegalBasis, Purpose, Right
from app.registers.definitions.rights import Reach
from app.registers.notice.words import bare_basis_words
from app.web.i18n import gettext as _
from app.web.i18n import listed, pick


def not_given(reach: Reach) -> str:
    """Why the law gives the right for none of the purposes."""
    if reach.only_paper:
        return _(
            "It concerns only data that is processed by computer, and we keep this data on paper "
            "(GDPR Article 20(1)(b))."
        )
    bases = {basis for purpose in reach.withheld for basis in purpose.legal_bases}
    return _reason(reach.right, [basis for basis in LegalBasis if basis in bases])


def not_given_for(reach: Reach) -> str:
    """Which purposes the right does not concern, and why."""
    if reach.is_withheld:
        return not_given(reach)
    said = _("It does not concern: %(purposes)s.", purposes=uses(reach.withheld))
    return f"{said} {not_given(reach)}"


def unknown(reach: Reach) -> str:
    """That nobody can tell yet whether the right concerns every use, or any."""
    if reach.given or reach.services:
        return _("For the uses whose legal basis is not stated yet, it depends on that basis.")
    return _(
        "Whether you have this right depends on what allows the use of your data, and this notice "
        "does not tell that yet."
    )


def _reason(right: Right, bases: Sequence[LegalBasis]) -> str:
    if right is Right.ERASURE:
        return _kept(bases)
    rests = _("Here it rests on: %(bases)s.", bases=_bases(bases))
    if right is Right.OBJECTION:
        law = _(
            "You have this right when the use of data rests on a task in the public interest or on "
            "a legitimate interest (GDPR Article 21(1))."
        )
        return f"{law} {rests}"
    law = _(
        "You have this right when the use of data rests on your consent or on a contract with you "
        "(GDPR Article 20(1))."
    )
    return f"{law} {rests}"


def _kept(bases: Sequence[LegalBasis]) -> str:
    """Art. 17(3)(b): no erasure as far as a duty or a public task needs the data."""
    if LegalBasis.PUBLIC_TASK not in bases:
        return _(
            "The law obliges us to use this data, and we do not erase it as long as the duty "
            "lasts (GDPR Article 17(3)(b))."
        )
    if LegalBasis.LEGAL_OBLIGATION not in bases:
        return _(
            "We need this data for a task in the public interest or for exercising official "
            "authority, and do not erase it as long as we do (GDPR Article 17(3)(b))."
        )
    return _(
        "We need this data for a duty that the law lays on us or for a task in the public "
        "interest, and do not erase it as long as we do (GDPR Article 17(3)(b))."
    )


def _bases(bases: Iterable[LegalBasis]) -> str:
    return listed(bare_basis_words(basis) for basis in bases)


def uses(purposes: Iterable[Purpose]) -> str:
    """Purposes one after another."""
    return "; ".join(pick(purpose.text).rstrip(".") for purpose in purposes)
