"""A folder of rules is read in a few statements, however many rules it holds."""

from pathlib import Path

from flask import Flask

from app.retention.queries import rules_in_force
from app.retention.services import load_rules
from tests.fixtures.statements import statements

RULE = """\
  - key: rule-{number}
    name: {{fi: Sääntö {number}}}
    retention_period: P{years}Y
    retention_trigger: matter_closed
    disposal_action: destroy
    mandate:
      citation: {{fi: Laki 1/2020}}
      certainty: to_be_confirmed
      source: lähde
"""


def folder(path: Path, count: int, years: int = 10) -> Path:
    path.mkdir(exist_ok=True)
    rules = "".join(RULE.format(number=number, years=years) for number in range(count))
    head = "kind: retention_policies\nschema_version: 1\ntitle: {fi: Säännöt}\nrules:\n"
    (path / "rules.yaml").write_text(head + rules, "utf-8")
    return path


def test_many_rules_are_kept_with_a_few_statements(app: Flask, tmp_path: Path) -> None:
    load_rules(folder(tmp_path / "few", 1))
    with statements() as many:
        changed = load_rules(folder(tmp_path / "many", 60, years=5))

    assert len(changed.changed) == 60
    assert len(many) <= 10
    versions = {rule.policy.key: rule.number for rule in rules_in_force()}
    assert versions == {f"rule-{number}": 2 if number == 0 else 1 for number in range(60)}
    with statements() as again:
        assert load_rules(tmp_path / "many").changed == ()
    assert len(again) <= 4
