"""What is wrong with typed client data, in words that say how to mend it."""

from app.clients.rules import (
    CodeFault,
    CodeRefused,
    EpisodeFault,
    NoticeChannel,
    RevealReason,
)
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l

NOTICE_CHANNELS = {
    NoticeChannel.IN_PERSON: _l("on paper, in person"),
    NoticeChannel.LETTER: _l("by letter"),
    NoticeChannel.SECURE_EMAIL: _l("by secure e-mail"),
    NoticeChannel.ONLINE: _l("in an online service or by a link"),
    NoticeChannel.ORAL: _l("told orally"),
}

_CODE_FAULTS = {
    CodeFault.SPACES: _l("There are spaces in the identity code. Did you mean %(code)s?"),
    CodeFault.DASH: _l(
        "The sign in the middle is a dash or a minus sign, not a hyphen. Did you mean %(code)s?"
    ),
    CodeFault.LOWER_CASE: _l(
        "An identity code is written in capital letters. Did you mean %(code)s?"
    ),
    CodeFault.LENGTH: _l(
        "An identity code has 11 characters: day, month and year of birth, a sign, three digits "
        "and a check character."
    ),
    CodeFault.FORM: _l(
        "An identity code has six digits, a sign, three digits and a check character, as in "
        "ddmmyy-123A."
    ),
    CodeFault.SIGN: _l(
        "The seventh character tells the century: + (1800s), - or Y, X, W, V, U (1900s), A, B, C, "
        "D, E or F (2000s)."
    ),
    CodeFault.DATE: _l("The first six digits are not a day of the calendar. Check the birth date."),
    CodeFault.UNBORN: _l(
        "The birth date in the identity code is in the future. Check the date and the sign."
    ),
    CodeFault.NUMBER: _l("The three digits after the sign are at least 002. Check them."),
    CodeFault.CHECK: _l(
        "The last character does not fit the others: one of them is mistyped. Compare with the "
        "original."
    ),
    CodeFault.ARTIFICIAL: _l(
        "The digits 900–999 after the sign belong to artificial codes, which are no one's own. "
        "Leave the code empty and give the birth date."
    ),
}

EPISODE_FAULTS = {
    EpisodeFault.TOO_FAR: _l("The start is more than a year ahead. Check the year."),
    EpisodeFault.BEFORE_BIRTH: _l("The start is before the client's birth. Check the year."),
    EpisodeFault.IN_FUTURE: _l("The end cannot be in the future: record it when it has come."),
    EpisodeFault.BEFORE_START: _l("The end cannot be before the start."),
}

REVEAL_REASONS = {
    RevealReason.IDENTIFY: _l("I make sure that this is the right person"),
    RevealReason.AUTHORITY: _l("A notice or statement to an authority needs it"),
    RevealReason.BENEFIT: _l("A payment or a benefit of the client needs it"),
    RevealReason.REQUEST: _l("The client's own request is being processed"),
    RevealReason.CORRECT: _l("I check or correct the code itself"),
}


def code_fault(refused: CodeRefused) -> str:
    """One sentence on a refused identity code, with the correction where there is one."""
    sentence = str(_CODE_FAULTS[refused.fault])
    return sentence % {"code": refused.suggestion} if refused.suggestion else sentence


def taken(number: int | None) -> str:
    """That a register has this person; the number only for those who may open the client."""
    if number is None:
        return _(
            "This register already has a client with this identity code. Search with the code to "
            "find the client."
        )
    return _(
        "This register already has a client with this identity code: client number %(number)s.",
        number=number,
    )
