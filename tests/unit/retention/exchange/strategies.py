"""Any retention rule that a file of rules can hold."""

from hypothesis import strategies as st

from app.calendar.periods import Period
from app.retention.definition_models import LocalizedText
from app.retention.exchange import Nature, Plan, PlanClass, PlanRecord
from app.retention.policies import Certainty, Mandate, RetentionPolicy, RetentionTrigger
from app.retention.rules import CutOff, DisposalAction

# What an XML file can hold, carriage returns and characters beyond the first plane among them.
_TEXT = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
        | st.sampled_from("\n\t\r<>&\"']-"),
        min_size=1,
        max_size=40,
    )
    .map(str.strip)
    .filter(bool)
)
TEXTS = st.builds(LocalizedText, fi=_TEXT, sv=st.none() | _TEXT, en=st.none() | _TEXT)
PERIODS = st.builds(
    Period,
    years=st.integers(0, 150),
    months=st.integers(0, 30),
    days=st.integers(0, 400),
    hours=st.integers(0, 72),
) | st.builds(Period, weeks=st.integers(0, 600))
MANDATES = st.builds(
    Mandate, citation=TEXTS, certainty=st.sampled_from(Certainty), source=st.none() | _TEXT
) | st.builds(
    Mandate,
    citation=TEXTS,
    certainty=st.sampled_from(Certainty),
    confirmed_by=_TEXT,
    confirmed_on=st.dates(),
)


@st.composite
def policies(draw: st.DrawFn, key: str = "rule") -> RetentionPolicy:
    """A rule of any kind: with a period, with words, until further notice, open, permanent."""
    action = draw(st.sampled_from(DisposalAction))
    period = None
    if action is not DisposalAction.RETAIN_PERMANENTLY:
        period = draw(st.none() | PERIODS)
    return RetentionPolicy(
        key=key,
        code=draw(st.none() | st.sampled_from(["R1", "ABC123a"])),
        name=draw(TEXTS),
        retention_period=period,
        is_minimum=period is not None and draw(st.booleans()),
        until_further_notice=period is None and draw(st.booleans()),
        criteria=draw(st.none() | TEXTS) if period is None else None,
        retention_trigger=draw(st.sampled_from(RetentionTrigger)),
        cut_off=draw(st.sampled_from(CutOff)),
        disposal_action=action,
        review_period=draw(st.none() | PERIODS),
        mandate=draw(MANDATES),
        notes=draw(st.none() | TEXTS),
    )


def plan_of(*rules: RetentionPolicy, nature: Nature = Nature.PERSONAL) -> Plan:
    """A plan of one class with a record for each rule."""
    records = tuple(PlanRecord("Lausunto", nature, rule) for rule in rules)
    return Plan(
        "Säännöt", "Esimerkki", "tietosuojavastaava", (PlanClass("01", "Palvelu", records),)
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of some rules, some of them under several records."""
    count = draw(st.integers(1, 4))
    rules = [draw(policies(key=f"rule-{number}")) for number in range(count)]
    return plan_of(
        *rules, *rules[: draw(st.integers(0, count))], nature=draw(st.sampled_from(Nature))
    )
