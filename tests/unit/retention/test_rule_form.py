"""The form of a rule says everything that a rule says, and its example is the command's."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from app.calendar.periods import Period
from app.cli.law import explain_command
from app.retention.confirmation import after_a_proposal
from app.retention.explain import example
from app.retention.forms import RuleForm
from app.retention.forms.alternatives import AlternativeForm
from app.retention.policies import Alternative, Mandate, RetentionPolicy, load_policies
from app.retention.rules import CutOff, DisposalAction, RetentionTerms
from app.retention.triggers import RetentionTrigger
from app.web.i18n import LANGUAGES, language

ROOT = Path(__file__).parents[3]

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
    st.one_of(
        st.fixed_dictionaries({"condition": localized, "criteria": localized}),
        st.fixed_dictionaries({"condition": localized, "permanent": st.just(True)}),
        st.fixed_dictionaries(
            {
                "condition": localized,
                "retention_period": periods.map(str),
                "retention_trigger": st.just("event"),
                "trigger_text": localized,
            }
        ),
        st.fixed_dictionaries(
            {
                "condition": localized,
                "retention_period": periods.map(str),
                "retention_trigger": st.sampled_from(list(RetentionTrigger)),
            }
        ),
    ),
    max_size=2,
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
    for field in parts(form):
        value = field._value() if hasattr(field, "_value") else field.data
        if field.type == "BooleanField":
            value = "y" if field.data else None
        if value:
            sent[field.name] = value.replace("\n", "\r\n")
    return sent


def parts(field: Any) -> Iterator[Any]:
    """The fields that hold something themselves, inside a form or a field."""
    for part in field:
        inner = getattr(part, "form", None) or getattr(part, "entries", None)
        if inner is not None:
            yield from parts(inner)
        else:
            yield part


def sent_back(policy: RetentionPolicy) -> tuple[RuleForm, RetentionPolicy | None]:
    """A rule shown in the form and sent as it stands: the form, and what it reads."""
    shown = RuleForm(formdata=None)
    shown.offer()
    shown.fill(policy)
    shown.reason.data = "syy"
    sent = RuleForm(formdata=browser(shown), meta={"csrf": False})
    sent.offer()
    return sent, sent.read(None)


def test_the_form_has_a_field_for_everything_a_rule_says(app: Flask) -> None:
    """A field that a rule, an authority or another length gains later must come here as well."""
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
        "alternatives": "alternatives",
        "mandate": "citation_fi",
        "notes": "notes_fi",
    }
    row = {
        "condition": "condition_fi",
        "retention_period": "period",
        "criteria": "criteria_fi",
        "permanent": "how",
        "retention_trigger": "trigger",
        "trigger_text": "event_fi",
    }
    confirmation = {"confirmed_by", "confirmed_on"}  # An act of its own, on a page of its own.
    assert set(RetentionPolicy.model_fields) == set(known)
    assert set(Alternative.model_fields) == set(row)
    assert set(Mandate.model_fields) - confirmation == {"citation", "certainty", "source"}
    with app.test_request_context():
        assert {*known.values(), "certainty", "source"} <= set(RuleForm()._fields)
        assert set(row.values()) <= set(AlternativeForm()._fields)


@ONE_APP
@given(policy=policies(), code=st.sampled_from(list(LANGUAGES)))
def test_what_the_form_shows_is_what_it_reads(
    app: Flask, policy: RetentionPolicy, code: str
) -> None:
    with app.test_request_context(), language(code):
        form, read = sent_back(policy)

        assert read == policy, form.errors
        assert read.content_hash == policy.content_hash


@pytest.mark.parametrize(
    "folder", ["retention_policies", "tests/definitions/examples/retention_policies"]
)
def test_every_rule_of_a_file_can_be_proposed_as_it_is(app: Flask, folder: str) -> None:
    """Its confirmation stays with it: nobody gives that with a proposal."""
    rules = load_policies(ROOT / folder)
    assert rules
    with app.test_request_context():
        for rule in rules:
            form, read = sent_back(rule)

            assert read is not None, (rule.key, form.errors)
            assert after_a_proposal(read, rule) == rule


def test_a_row_is_added_and_taken_away_and_the_others_keep_what_was_typed(app: Flask) -> None:
    sent = {
        "alternatives-0-condition_fi": "ensin",
        "alternatives-0-period-years": "ei luku",
        "alternatives-1-condition_fi": "sitten",
        "alternatives-4444444444444444444-condition_fi": "ei rivi",
        "shown": "nähty",
    }
    with app.test_request_context():
        form = RuleForm(formdata=MultiDict(sent), meta={"csrf": False})
        assert not form.rearrange({})
        assert form.rearrange({"more": "alternatives"})
        assert [row.form.condition_fi.data for row in form.alternatives][:2] == ["ensin", "sitten"]
        assert form.added == "alternatives-2-condition_fi"
        assert form.alternatives[0].form.period.form.years.data == "ei luku"

        for number in ("9", "²", ""):
            form.rearrange({"remove": number})
        assert len(form.alternatives) == 3
        form.rearrange({"remove": "0"})

        first = form.alternatives[0].form.condition_fi
        assert (first.name, first.data) == ("alternatives-0-condition_fi", "sitten")
        assert form.shown.data == ""


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
