"""The form of a rule says everything that a rule says, and its example is the command's."""

from datetime import date
from typing import Any

from click.testing import CliRunner
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from app.calendar.periods import Period
from app.cli.law import explain_command
from app.retention.explain import example
from app.retention.forms import RuleForm
from app.retention.policies import RetentionPolicy, RetentionTrigger
from app.retention.rules import CutOff, DisposalAction, RetentionTerms
from app.web.i18n import LANGUAGES, language

ONE_APP = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)

texts = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool)
)
localized = st.dictionaries(st.sampled_from(list(LANGUAGES)), texts, min_size=1)
numbers = st.integers(0, 40)
periods = st.one_of(
    st.builds(Period, years=numbers, months=numbers, days=numbers, hours=numbers),
    st.builds(Period, weeks=numbers),
)
alternatives = st.lists(
    st.fixed_dictionaries({"condition": localized, "criteria": localized}), max_size=2
).map(tuple)


@st.composite
def policies(draw: st.DrawFn) -> RetentionPolicy:
    """Any rule that a file may have, without a confirmation: that is an act of its own."""
    content: dict[str, Any] = {
        "key": draw(st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)),
        "name": draw(localized),
        "retention_trigger": draw(st.sampled_from(list(RetentionTrigger))),
        "cut_off": draw(st.sampled_from(list(CutOff))),
        "disposal_action": draw(st.sampled_from(list(DisposalAction))),
        "mandate": {
            "citation": draw(localized),
            "certainty": draw(st.sampled_from(["verified", "to_be_confirmed"])),
        },
    }
    maybe: dict[str, st.SearchStrategy[Any]] = {
        "code": st.from_regex(r"[A-Z]{1,3}[0-9]{1,3}[a-z]?", fullmatch=True),
        "retention_period": periods.map(str),
        "is_minimum": st.booleans(),
        "until_further_notice": st.booleans(),
        "criteria": localized,
        "review_period": periods.map(str),
        "notes": localized,
        "alternatives": alternatives,
    }
    if content["retention_trigger"] is RetentionTrigger.EVENT:
        maybe["trigger_text"] = localized
    for name, strategy in maybe.items():
        if draw(st.booleans()):
            content[name] = draw(strategy)
    if draw(st.booleans()):
        content["mandate"]["source"] = draw(texts)
    try:
        return RetentionPolicy.model_validate(content, strict=False)
    except ValidationError:
        assume(False)
        raise


def browser(form: RuleForm) -> MultiDict[str, str]:
    """What a browser sends of a form as it is shown."""
    sent: MultiDict[str, str] = MultiDict()
    for field in form:
        for part in field.form if hasattr(field, "form") else [field]:
            value = part._value() if hasattr(part, "_value") else part.data
            if part.type == "BooleanField":
                value = "y" if part.data else None
            if value:
                sent[part.name] = value.replace("\n", "\r\n")
    return sent


def test_the_form_has_a_field_for_everything_a_rule_says(app: Flask) -> None:
    """A field that a rule gains later must come here as well. Alternatives are kept as they are."""
    known = {
        "key": "key",
        "code": "code",
        "name": "name_fi",
        "retention_period": "period",
        "is_minimum": "is_minimum",
        "until_further_notice": "length",
        "criteria": "criteria_fi",
        "retention_trigger": "trigger",
        "trigger_text": "event_fi",
        "cut_off": "cut_off",
        "disposal_action": "action",
        "review_period": "review",
        "mandate": "citation_fi",
        "notes": "notes_fi",
    }
    assert set(RetentionPolicy.model_fields) - set(known) == {"alternatives"}
    with app.test_request_context():
        assert set(known.values()) <= set(RuleForm()._fields)


@ONE_APP
@given(policy=policies(), code=st.sampled_from(list(LANGUAGES)))
def test_what_the_form_shows_is_what_it_reads(
    app: Flask, policy: RetentionPolicy, code: str
) -> None:
    with app.test_request_context(), language(code):
        shown = RuleForm(formdata=None)
        shown.offer()
        shown.fill(policy)
        shown.reason.data = "syy"

        sent = RuleForm(formdata=browser(shown), meta={"csrf": False})
        sent.offer()
        read = sent.read(policy)

        assert read == policy, sent.errors
        assert read.content_hash == policy.content_hash


@ONE_APP
@given(
    period=periods,
    cut_off=st.sampled_from(list(CutOff)),
    day=st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    code=st.sampled_from(list(LANGUAGES)),
)
def test_the_example_is_what_the_command_explains(
    period: Period, cut_off: CutOff, day: date, code: str
) -> None:
    arguments = ["--period", str(period), "--trigger", day.isoformat()]
    arguments += ["--cut-off", cut_off.value, "--language", code]

    result = CliRunner().invoke(explain_command, arguments)

    assert result.exit_code == 0, result.output
    with language(code):
        sentences = example(RetentionTerms(period, cut_off), day)
    assert result.output.splitlines()[1:] == [f"- {sentence}" for sentence in sentences]
