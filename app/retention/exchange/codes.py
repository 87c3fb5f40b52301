"""Code values of JHS 191 and of helerm, and how our rules are said in them.

Sources: the XML schema of JHS 191 (2015-01-15), and helerm's predefined attributes with the code
sheet "Koodistot" 1.4 of its own test workbook. Values are Finnish because the formats are.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.calendar.periods import Period
from app.retention.policies import Alternative, RetentionPolicy
from app.retention.rules import DisposalAction
from app.retention.triggers import TRIGGER_WORDS, RetentionTrigger
from app.retention.words import length_words, retention_words
from app.web.i18n import language

PERMANENT = -1

PUBLICITY = MappingProxyType(
    {1: "Julkinen", 2: "Osittain salassa pidettävä", 3: "Salassa pidettävä", 4: "Ei-julkinen"}
)
PERSONAL_DATA = MappingProxyType(
    {
        1: "Ei sisällä henkilötietoja",
        2: "Sisältää henkilötietoja",
        3: "Sisältää arkaluonteisia henkilötietoja",
        4: "Sisältää erityisiä henkilötietoja",
        5: "Sisältää rikoksiin tai rikkomuksiin liittyvää henkilötietoa",
    }
)
IDENTITY_CODE = MappingProxyType(
    {False: "Ei sisällä henkilötunnusta", True: "Sisältää henkilötunnuksen"}
)

# The secrecy of what GDPR Arts. 9 and 10 protect, where the Act on the Openness of Government
# Activities (621/1999) applies: s. 24(1)(25), and 100 years by s. 31(2) when the day of death is
# not known. A person checks it, because the act binds an organisation only in public tasks.
SECRET, NON_PUBLIC = 3, 4
SECRECY_YEARS = 100
SECRECY_REASON = "JulkL 24.1 § 25 kohta"
SECRECY_START = "Asiakirjan päivämäärä"

# helerm's closed list for RetentionPeriodStart. Where ours says the same, both ways.
SAME_START: Mapping[RetentionTrigger, str] = MappingProxyType(
    {
        RetentionTrigger.MATTER_CLOSED: "Asian lopullinen ratkaisu",
        RetentionTrigger.DOCUMENT_DATED: "Asiakirjan päivämäärä",
        RetentionTrigger.AGREEMENT_ENDED: "Asiakirjan voimassaoloaika",
        RetentionTrigger.CLIENT_DIED: "Henkilön kuolema",
        RetentionTrigger.EMPLOYMENT_ENDED: "Palvelussuhteen päättyminen",
        RetentionTrigger.PROJECT_END: "Projektin päättyminen",
        RetentionTrigger.FINANCIAL_YEAR_END: "Tilikauden päättyminen",
    }
)
ATTRIBUTES = frozenset(
    {
        *("PhaseType", "ActionType", "RecordType", "TypeSpecifier", "AdditionalInformation"),
        *("PublicityClass", "PublicityClassChange", "PersonalData", "SocialSecurityNumber"),
        *("SecurityPeriod", "SecurityReason", "Restriction.SecurityPeriodStart"),
        *("Restriction.ProtectionLevel", "Restriction.SecurityClass", "ProtectionClass"),
        *("RetentionPeriod", "RetentionReason", "RetentionPeriodStart", "RetentionPeriodTotal"),
        *("RetentionPeriodOffice", "StorageAccountable", "StorageOrder", "StorageLocation"),
        *("InformationSystem", "Subject", "Subject.Scheme", "DataGroup", "ProcessOwner"),
        *("CollectiveProcessIDSource", "ProcessStatus", "DisposePreviousVersions"),
    }
)
NEAREST_START = "Toimenpiteen päättyminen"


def years_of(policy: RetentionPolicy) -> int:
    """The period in whole years, rounded up so that nothing goes too early; −1 without an end.

    The formats have no "until further notice", no open period and no condition: −1 is the nearest
    that destroys nothing. Of alternatives they can hold one: the longest, where every one is a
    period counted from the same start as the period of the rule. Another start cannot be compared
    beforehand, and what is permanent or told in words has no last year: −1 then too.
    """
    period = policy.retention_period
    permanent = policy.disposal_action is DisposalAction.RETAIN_PERMANENTLY
    if permanent or period is None or policy.criteria is not None:
        return PERMANENT
    lengths = [_years(period)]
    for each in policy.alternatives:
        if each.retention_period is None or not _has_same_start(policy, each):
            return PERMANENT
        lengths.append(_years(each.retention_period))
    return max(lengths)


def _has_same_start(policy: RetentionPolicy, alternative: Alternative) -> bool:
    return (policy.retention_trigger, policy.trigger_text) == (
        alternative.retention_trigger,
        alternative.trigger_text,
    )


def _years(period: Period) -> int:
    """Whole years that the period does not outlast."""
    years, months = divmod(12 * period.years + period.months, 12)
    # The longest that the rest can be, in the shortest years there are: never rounded down.
    days = 31 * months + 7 * period.weeks + period.days + -(-period.hours // 24)
    return years + -(-days // 365)


def is_exact(policy: RetentionPolicy) -> bool:
    """Whether years alone say the period: no shorter unit, no "at least", no words."""
    if policy.is_conditional:
        return False
    if policy.disposal_action is DisposalAction.RETAIN_PERMANENTLY:
        return True
    period = policy.retention_period
    if period is None or policy.is_minimum:
        return False
    return not (period.weeks or period.days or period.hours or period.months % 12)


def reason_of(policy: RetentionPolicy) -> str:
    """SailytysajanPerusteTeksti, RetentionReason: the citation, and the length where years lie."""
    if is_exact(policy):
        return policy.mandate.citation.original
    with language("fi"):
        length = retention_words(policy) if policy.is_conditional else length_words(policy)
        return f"{policy.mandate.citation.original} (säilytysaika: {length})"


def start_of(policy: RetentionPolicy) -> str | None:
    """SailytysajanLaskentaperusteTeksti: helerm's words where they say the same, else ours.

    None for −1, with which helerm allows no start.
    """
    if years_of(policy) == PERMANENT:
        return None
    with language("fi"):
        return SAME_START.get(policy.retention_trigger) or policy.trigger_words


def helerm_start_of(policy: RetentionPolicy) -> str | None:
    """RetentionPeriodStart: only helerm's own list, so the nearest of it where none is the same."""
    if years_of(policy) == PERMANENT:
        return None
    return SAME_START.get(policy.retention_trigger, NEAREST_START)


def trigger_of(text: str) -> RetentionTrigger | None:
    """The trigger that a text of the formats names; None where ours has none like it."""
    wanted = " ".join(text.split()).casefold()
    with language("fi"):
        ours = {str(words).casefold(): trigger for trigger, words in TRIGGER_WORDS.items()}
    theirs = {words.casefold(): trigger for trigger, words in SAME_START.items()}
    return {**ours, **theirs}.get(wanted)


def without_remark(text: str) -> str:
    """A code value without what stands in brackets after it: -1 (säilytetään pysyvästi)."""
    return text.partition("(")[0].strip()
