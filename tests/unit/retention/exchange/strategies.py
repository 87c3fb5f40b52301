"""Any retention rule that a file of rules can hold."""

import json
from itertools import combinations
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from app.calendar.periods import Period
from app.retention.definition_models import LocalizedText
from app.retention.exchange import Nature, Plan, PlanClass, PlanRecord
from app.retention.policies import Alternative, Certainty, Mandate, RetentionPolicy
from app.retention.rules import CutOff, DisposalAction
from app.retention.triggers import RetentionTrigger
from tests.fixtures.generated import data_of

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


def _holds(model: type[BaseModel], content: dict[str, Any]) -> bool:
    try:
        model.model_validate_json(json.dumps(content))
    except ValidationError:
        return False
    return True


def _most_of(model: type[BaseModel], content: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """As much of the content as its model takes together; `names` are those that may be missing."""
    for count in range(len(names) + 1):
        for left_out in combinations(names, count):
            kept = {name: part for name, part in content.items() if name not in left_out}
            if _holds(model, kept):
                return kept
    return {}


def _in_other_language(value: Any) -> Any:
    """The same, with what was said in Finnish said in Swedish and the other way round."""
    if isinstance(value, list):
        return [_in_other_language(member) for member in value]
    if not isinstance(value, dict):
        return value
    other = {"fi": "sv", "sv": "fi"}
    return {other.get(name, name): _in_other_language(part) for name, part in value.items()}


@st.composite
def _parts(draw: st.DrawFn, model: type[BaseModel]) -> dict[str, Any]:
    """Content of a part that its model takes; empty where none of what was drawn goes together."""
    content = draw(data_of(model))
    may_miss = [n for n, f in model.model_fields.items() if n in content and not f.is_required()]
    return _most_of(model, content, draw(st.permutations(may_miss)))


@st.composite
def policies_of_any_field(draw: st.DrawFn) -> RetentionPolicy:
    """A rule in which any field of the model may stand, also those that the model gains later."""
    fields = RetentionPolicy.model_fields
    drawn = draw(data_of(RetentionPolicy))
    drawn["key"] = "rule"
    drawn["mandate"] = draw(_parts(Mandate))
    if "alternatives" in drawn:
        drawn["alternatives"] = [
            part for part in draw(st.lists(_parts(Alternative), max_size=3)) if part
        ]
    content = {name: part for name, part in drawn.items() if fields[name].is_required()}
    for name in draw(st.permutations([name for name in drawn if name not in content])):
        if _holds(RetentionPolicy, content | {name: drawn[name]}):
            content[name] = drawn[name]
    if draw(st.booleans()):
        content = _in_other_language(content)
    return RetentionPolicy.model_validate_json(json.dumps(content))


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
