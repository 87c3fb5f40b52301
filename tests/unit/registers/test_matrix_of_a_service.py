"""Rows put into a definition: whatever two people do to different rows, both are kept."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from app.registers.editor.identity import digest
from app.registers.editor.matrix import Row, Rule, fill, rules_of

SERVICES = ("a", "b", "c")
KINDS = tuple("qrstuv")
rules = st.fixed_dictionaries(
    {"media": st.sampled_from([["atk"], ["man"], ["atk", "man"]])},
    optional={"add_on": st.just(True), "retention_rule": st.sampled_from(["x", "y"])},
)
pairs = st.lists(st.tuples(st.sampled_from(SERVICES), st.sampled_from(KINDS)), unique=True)
changes = st.dictionaries(st.sampled_from(KINDS), st.none() | rules)
contents = pairs.flatmap(
    lambda found: st.tuples(*(rules for _pair in found)).map(
        lambda made: {
            "storage_rules": [
                {"service": service, "document_type": kind, **rule}
                for (service, kind), rule in zip(found, made, strict=True)
            ]
        }
    )
)


def form(content: Mapping[str, object], changed: Mapping[str, Rule | None]) -> list[Row]:
    """What a form of the service a sends that was made from a definition."""
    stored = rules_of(content, "a")
    typed = {kind: changed.get(kind, stored.get(kind)) for kind in KINDS}
    return [Row(kind, rule, digest(stored.get(kind))) for kind, rule in typed.items()]


@given(contents)
def test_a_form_that_is_sent_as_it_came_changes_nothing(content: dict[str, list[Rule]]) -> None:
    assert fill(content, "a", form(content, {})).content == content


@given(contents, changes)
def test_a_service_gets_what_was_typed_and_the_others_keep_theirs(
    content: dict[str, list[Rule]], changed: dict[str, Rule | None]
) -> None:
    filled = fill(content, "a", form(content, changed))

    wanted = {**rules_of(content, "a"), **changed}
    assert rules_of(filled.content, "a") == {k: rule for k, rule in wanted.items() if rule}
    assert (filled.overtaken, filled.merged) == ((), False)
    others = [
        [rule for rule in each["storage_rules"] if rule["service"] != "a"]
        for each in (content, filled.content)
    ]
    assert others[0] == others[1]
    for number, kind in filled.places.items():
        assert filled.content["storage_rules"][number]["document_type"] == kind


@given(contents, changes, changes)
def test_only_a_row_that_both_changed_differently_is_asked_about(
    content: dict[str, list[Rule]], first: dict[str, Rule | None], second: dict[str, Rule | None]
) -> None:
    stored = rules_of(content, "a")
    sent = form(content, second)
    after = fill(content, "a", form(content, first)).content

    filled = fill(after, "a", sent)

    def differs(typed: dict[str, Rule | None], kind: str) -> bool:
        return kind in typed and typed[kind] != stored.get(kind)

    both = {k for k in KINDS if differs(first, k) and differs(second, k) and first[k] != second[k]}
    assert set(filled.overtaken) == both
    if not both:
        wanted = {**stored, **{k: r for k, r in first.items() if differs(first, k)}}
        wanted |= {k: r for k, r in second.items() if differs(second, k)}
        assert rules_of(filled.content, "a") == {k: rule for k, rule in wanted.items() if rule}
