"""The sentences of a notice’s change list: what is new, gone or told otherwise, said to “you”."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.registers.differences import ChangeKind
from app.web.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class MemberWords:
    """Of a list: one of it is new, one is gone, one is told of otherwise; `%(name)s` is which."""

    added: Any
    removed: Any
    changed: Any


MEMBERS: Mapping[str, MemberWords] = {
    "controllers": MemberWords(
        _l("This one now also decides how your data is used: %(name)s"),
        _l("This one does not decide how your data is used any more: %(name)s"),
        _l("What we tell of this controller has changed: %(name)s"),
    ),
    "processors": MemberWords(
        _l("A new helper processes your data for us: %(name)s"),
        _l("This helper does not process your data for us any more: %(name)s"),
        _l("What we tell of this helper has changed: %(name)s"),
    ),
    "purposes": MemberWords(
        _l("We use data for a new purpose: %(name)s"),
        _l("We do not use data for this purpose any more: %(name)s"),
        _l("What we tell of this use of data has changed: %(name)s"),
    ),
    "data_subjects": MemberWords(
        _l("We now also have data about these people: %(name)s"),
        _l("We do not collect data about these people any more: %(name)s"),
        _l("What we tell of this group of people has changed: %(name)s"),
    ),
    "data_categories": MemberWords(
        _l("We now also have this data about you: %(name)s"),
        _l("We do not collect this data about you any more: %(name)s"),
        _l("What we tell of this data has changed: %(name)s"),
    ),
    "sources": MemberWords(
        _l("We get data from a new source: %(name)s"),
        _l("We do not get data from this source any more: %(name)s"),
        _l("What we tell of this source of data has changed: %(name)s"),
    ),
    "disclosures": MemberWords(
        _l("We give data to a new recipient: %(name)s"),
        _l("We do not give data to this recipient any more: %(name)s"),
        _l("What we tell of this recipient has changed: %(name)s"),
    ),
}

# A right whose description changed while people still have it, or still do not.
RIGHT = _l("What we tell of this right has changed: %(name)s")

WHOLE: Mapping[str, Any] = {
    "name": _l("The register has a new name."),
    "description": _l("What this register is about is told in other words."),
    "joint_arrangement": _l("The controllers share their tasks in another way."),
    "data_protection_officer": _l("Who you can ask about data protection has changed."),
    "contact": _l("Who you can contact has changed."),
    "statutes": _l("The laws on which the use of data rests have changed."),
    "processors": _l("What we tell of those who process your data for us has changed."),
    "sources": _l("What we tell of where we get your data has changed."),
    "disclosures": _l("What we tell of those who get your data has changed."),
    "transfers": _l("What we tell of data that leaves the EU and the EEA has changed."),
    "retention": _l("What we tell of how long we keep your data has changed."),
    "automated_decisions": _l("What we tell of decisions made by a machine has changed."),
    "direct_marketing": _l("What we tell of marketing has changed."),
    "notice": _l("The beginning of this notice has changed."),
}

KEPT: Mapping[ChangeKind, Any] = {
    ChangeKind.KEPT_LONGER: _l("We keep this longer than before: %(name)s"),
    ChangeKind.KEPT_SHORTER: _l("We keep this for a shorter time than before: %(name)s"),
    ChangeKind.KEPT_OTHERWISE: _l("How long we keep this has changed: %(name)s"),
}
