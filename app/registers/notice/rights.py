"""What people may ask of those who have their data: GDPR Arts. 13(2)(b)–(d) and 21(4).

The law gives the rights, whether the register mentions them or not, so each is told by name: those
that the legal bases give, and those they do not give, with the reason.
"""

from collections.abc import Iterator

from app.registers.definitions import RegisterDefinition, Right, words
from app.registers.definitions.parts import DirectMarketing, RightOffered
from app.registers.definitions.rights import ARTICLES, Reach, reach_of, rests_on_consent
from app.registers.notice.authority import OMBUDSMAN
from app.registers.notice.model import Section
from app.registers.notice.reasons import not_given, not_given_for, unknown, uses
from app.registers.notice.words import law_words, sentence
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l
from app.web.i18n import listed, pick

_LAW = "13(2)(b), 14(2)(c)"

# What each right is, in plain words. Objection has a section of its own.
_MEANS = {
    Right.ACCESS: _l("You may ask what data we have about you, and get a copy of it."),
    Right.RECTIFICATION: _l("You may ask us to correct what is wrong and to add what is missing."),
    Right.ERASURE: _l(
        "You may ask us to erase data that we do not need any more or have no right to use."
    ),
    Right.RESTRICTION: _l(
        "You may ask us only to keep your data and not to use it otherwise, for example while we "
        "find out whether it is right."
    ),
    Right.PORTABILITY: _l(
        "You may get the data that you have given us in a form that a computer reads, or have it "
        "moved to somebody else."
    ),
}


def objection(definition: RegisterDefinition) -> Section:
    """Art. 21(4): told clearly and separately from everything else."""
    heading = _("You may object to the use of your data")
    offered, reach = definition.right(Right.OBJECTION), reach_of(Right.OBJECTION, definition)
    rows = []
    if _is_told(reach, offered) and not _is_denied(offered):
        rows.append((right_name(Right.OBJECTION), "\n".join(_objection(reach, offered))))
    marketing_lines = _forbidding(definition)
    if marketing_lines:
        rows.append((_("Direct marketing"), "\n".join(marketing_lines)))
    return Section(heading, f"21(4), {_LAW}", rows=tuple(rows), optional=True)


def _objection(reach: Reach, offered: RightOffered | None) -> Iterator[str]:
    if reach.given:
        yield _(
            "You may at any time object, on grounds of your own situation, to these uses: "
            "%(purposes)s. Then we stop, unless we have compelling grounds that go before yours or "
            "need the data for a legal claim (GDPR Article 21(1)).",
            purposes=uses(reach.given),
        )
    if reach.is_open:
        yield unknown(reach)
    yield from _own_words(offered)


def _forbidding(definition: RegisterDefinition) -> list[str]:
    """Art. 21(2)–(3): direct marketing may always be forbidden."""
    stated, offered = definition.direct_marketing, definition.right(Right.PROHIBIT_MARKETING)
    if offered is None and not (stated is not None and stated.is_possible):
        return []
    lines = [
        _(
            "You may forbid it at any time. You need not give a reason, and we always stop (GDPR "
            "Article 21(2) and (3))."
        )
    ]
    if stated is not None and stated.prohibited_purposes:
        purposes = listed(pick(purpose.name) for purpose in stated.prohibited_purposes)
        lines.append(_("You may forbid the use of your data for: %(purposes)s.", purposes=purposes))
    return [*lines, *_own_words(offered)]


def rights(definition: RegisterDefinition) -> Section:
    """Art. 13(2)(b): each right that the person has, and how it is used."""
    rows = []
    for right in (right for right in ARTICLES if right is not Right.OBJECTION):
        offered, reach = definition.right(right), reach_of(right, definition)
        if _is_told(reach, offered) and not _is_denied(offered):
            rows.append((right_name(right), "\n".join(_right(reach, offered))))
    said = _(
        "Using your rights is free of charge as a rule, and we answer within a month at the "
        "latest, or tell you within it why we need more time (GDPR Article 12(3) and (5))."
    )
    return Section(
        _("What rights do you have?"), _LAW, (said, *_for_others(definition)), rows=tuple(rows)
    )


def _for_others(definition: RegisterDefinition) -> Iterator[str]:
    """Who uses the rights of those who do not act for themselves."""
    for group in definition.data_subjects:
        if group.represented_by is not None:
            yield _(
                "%(group)s: the rights are used by: %(who)s.",
                group=pick(group.name),
                who=pick(group.represented_by).rstrip("."),
            )


def _right(reach: Reach, offered: RightOffered | None) -> Iterator[str]:
    if not reach.is_withheld:
        yield str(_MEANS[reach.right])
    yield from _own_words(offered)
    if reach.services:
        services = listed(pick(service.name) for service in reach.services)
        yield _("It concerns what rests on your consent in: %(services)s.", services=services)
    if reach.withheld:
        yield not_given_for(reach)
    if reach.is_open:
        yield unknown(reach)


def denied(definition: RegisterDefinition) -> Section:
    """The rights of Arts. 15–21 that do not apply, each with the reason."""
    rows = []
    for right in (*ARTICLES, Right.WITHDRAW_CONSENT):
        offered = definition.right(right)
        if offered is not None and offered.not_applicable is not None:
            rows.append((right_name(right), pick(offered.not_applicable)))
        elif right in ARTICLES and not _is_told(reach_of(right, definition), offered):
            rows.append((right_name(right), not_given(reach_of(right, definition))))
    heading = _("Which rights do you not have here, and why?")
    return Section(heading, _LAW, rows=tuple(rows), optional=True)


def has_right(definition: RegisterDefinition, right: Right) -> bool:
    """Whether the notice tells of a right of Arts. 15–21 as one that people have."""
    offered = definition.right(right)
    return _is_told(reach_of(right, definition), offered) and not _is_denied(offered)


def own_words(right: Right, definition: RegisterDefinition) -> list[str]:
    """What the register itself says of a right: how it is used, or why it does not apply."""
    offered = definition.right(right)
    if offered is not None and offered.not_applicable is not None:
        return [pick(offered.not_applicable)]
    return list(_own_words(offered))


def _is_told(reach: Reach, offered: RightOffered | None) -> bool:
    """A right is told of where the law may give it, or the register describes how it gives it."""
    return not reach.is_withheld or (offered is not None and offered.text is not None)


def _is_denied(offered: RightOffered | None) -> bool:
    return offered is not None and offered.not_applicable is not None


def right_name(right: Right) -> str:
    """A right with its article."""
    name = sentence(words(right))
    if right not in ARTICLES:
        return name
    return _("%(right)s (GDPR Article %(article)s)", right=name, article=ARTICLES[right])


def _own_words(offered: RightOffered | None) -> Iterator[str]:
    """What the register itself says of a right, and how it is used."""
    if offered is None:
        return
    if offered.text is not None:
        yield pick(offered.text)
    how = []
    if offered.form is not None:
        how.append(_("Make the request %(form)s.", form=words(offered.form)))
    if offered.addressed_to:
        to_whom = listed(pick(role) for role in offered.addressed_to)
        how.append(_("Send it to: %(to_whom)s.", to_whom=to_whom))
    if how:
        yield " ".join(how)


def withdrawal(definition: RegisterDefinition) -> Section:
    """Art. 13(2)(c): wherever something rests on consent, it may be withdrawn."""
    heading, point = _("Can you withdraw your consent?"), "13(2)(c), 14(2)(d)"
    offered = definition.right(Right.WITHDRAW_CONSENT)
    if _is_denied(offered) or not (rests_on_consent(definition) or offered):
        return Section(heading, point, optional=True)
    said = [_("Yes, at any time. What we did before stays lawful."), *_own_words(offered)]
    return Section(heading, point, tuple(said), optional=True)


def complaint(definition: RegisterDefinition) -> Section:
    """Art. 13(2)(d): the law gives the right, whether the register mentions it or not."""
    said = (
        _(
            "You may complain to the Office of the Data Protection Ombudsman if you think that we "
            "use your data against the law. You may also ask us first."
        ),
        *_own_words(definition.right(Right.COMPLAINT)),
    )
    where = (
        _("Visiting address: %(address)s", address=pick(OMBUDSMAN.visits)),
        _("Postal address: %(address)s", address=pick(OMBUDSMAN.post)),
        _("Telephone (switchboard): %(number)s", number=OMBUDSMAN.telephone),
        _("E-mail: %(address)s", address=OMBUDSMAN.email),
        _("Website: %(address)s", address=OMBUDSMAN.website),
    )
    rows = ((pick(OMBUDSMAN.name), "\n".join(where)),)
    return Section(_("Where can you complain?"), "13(2)(d), 14(2)(e)", said, rows=rows)


def marketing(definition: RegisterDefinition) -> Section:
    """Which marketing there is; that it may be forbidden stands with the objections (Art. 21)."""
    found = definition.direct_marketing
    heading = _("Do we use your data for marketing?")
    if found is None:
        return Section(heading, "21(2)", optional=True)
    return Section(heading, "21(2)", tuple(_marketing(found)), optional=True)


def marketing_lines(definition: RegisterDefinition) -> list[str]:
    """All that the notice says of marketing: which there is, and that it may be forbidden."""
    return [*marketing(definition).paragraphs, *_forbidding(definition)]


def _marketing(found: DirectMarketing) -> list[str]:
    lines = [_("No. We do no direct marketing.")] if found.made is False else []
    if found.made:
        lines.append(_("Yes. We use your data for direct marketing."))
    if found.own is not None:
        channels = ", ".join(words(channel) for channel in found.own.channels)
        lines += [pick(found.own.about), _("Ways of sending: %(channels)s.", channels=channels)]
        form = words(found.own.permission)
        lines.append(_("We ask for your permission first, %(form)s.", form=form))
    if found.disclosed_outside is False:
        lines.append(_("We do not give data to others for direct marketing."))
    if found.statutes:
        laws = "; ".join(law_words(statute) for statute in found.statutes)
        lines.append(_("Law: %(laws)s", laws=laws))
    return lines
