"""Electronic direct marketing beside the rule of its own sector.

Act on Electronic Communications Services 917/2014, s. 200: people get marketing by e-mail, text
message and the like only when they have consented before; an existing customer also for the same
kind of products, when forbidding it was offered. Organisations get it unless they forbid it
(s. 202). A legitimate interest (GDPR Art. 6(1)(f)) does not replace the consent.
"""

import re
from collections.abc import Iterator

from app.registers.definitions import LegalBasis, MarketingChannel, Purpose, RegisterDefinition
from app.registers.findings.model import Finding
from app.registers.findings.model import FindingCode as Code
from app.registers.findings.texts import finding

_ELECTRONIC = {MarketingChannel.EMAIL, MarketingChannel.TEXT_MESSAGE}
_ACT = "917/2014"

_MARKETING = re.compile(
    r"markkino|mainon|mainost|mainoks|marknadsför|\breklam|marketing|advertis", re.IGNORECASE
)
_BY_COMPUTER = re.compile(
    r"sähköpost|sähköi|tekstiviest|\be-post|elektronisk|\bsms\b|\be-?mail|electronic"
    r"|text message",
    re.IGNORECASE,
)
_NEWSLETTER = re.compile(r"uutiskirj|nyhetsbrev|newsletter", re.IGNORECASE)


def electronic_marketing(register: RegisterDefinition) -> Iterator[Finding]:
    """Act 917/2014 s. 200: an interest is the only basis, and no permission is told of.

    Whoever cites the act has looked at it: the recipients are customers or organisations.
    """
    stated = register.direct_marketing
    own = stated.own if stated is not None else None
    if own is not None and _ELECTRONIC & set(own.channels):
        return
    of_register = (*register.statutes, *(stated.statutes if stated is not None else ()))
    is_denied = stated is not None and stated.made is False
    for purpose in register.purposes:
        cited = any(statute.number == _ACT for statute in (*of_register, *purpose.statutes))
        if not cited and _rests_on_interest_alone(purpose) and _is_sent(purpose, is_denied):
            where = ("purposes", purpose.key)
            yield finding(Code.MARKETING_WITHOUT_PERMISSION, where, purpose=purpose.text)


def _rests_on_interest_alone(purpose: Purpose) -> bool:
    bases = set(purpose.legal_bases)
    return LegalBasis.LEGITIMATE_INTERESTS in bases and LegalBasis.CONSENT not in bases


def _is_sent(purpose: Purpose, is_denied: bool) -> bool:
    """Whether a purpose is electronic marketing. A newsletter is, unless the register denies it."""
    texts = [purpose.text, *([purpose.legitimate_interest] if purpose.legitimate_interest else [])]
    text = " ".join(each.original for each in texts)
    if _NEWSLETTER.search(text) and not is_denied:
        return True
    return bool(_MARKETING.search(text) and _BY_COMPUTER.search(text))
