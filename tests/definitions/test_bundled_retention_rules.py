"""The bundled retention rules: all proposals are there, dates come out right, doubt is marked."""

import re
from datetime import date

import pytest

from app.registers.definitions import RegisterDefinition
from app.retention.policies import PolicySet
from app.retention.rules import CutOff, DisposalAction, retention_date
from app.retention.triggers import RetentionTrigger

# Code, period, trigger, cut-off and action.
RULES = """
R1   P10Y matter_closed               none               return_to_controller
R1b  P10Y matter_closed               none               destroy
R2   P5Y  clientship_ended            none               return_to_controller
R3   P10Y matter_closed               none               destroy
R4   P5Y  clientship_ended            none               destroy
R5   P10Y matter_closed               none               destroy
R6   P10Y matter_closed               none               destroy
R7   P5Y  clientship_ended            none               destroy
R8a  P10Y matter_closed               none               destroy
R8b  P5Y  clientship_ended            none               destroy
R9   P0D  absence_settled             none               destroy
R10  P0D  shown                       none               destroy
R11  P0D  pay_settled                 none               destroy
R12a P10Y agreement_ended             none               destroy
R12b P5Y  agreement_ended             none               destroy
R13  P3Y  consent_withdrawn_or_ended  none               destroy
R14  P10Y matter_closed               none               destroy
R14b P10Y matter_closed               none               destroy
R15  P5Y  clientship_ended            none               destroy
R16a P2Y  document_dated              calendar_year_end  destroy
R16b P2Y  employment_ended            none               destroy
R17a P5Y  clientship_ended            none               destroy
R17b P10Y matter_closed               none               destroy
R18  P10Y employment_ended            none               destroy
R19  P10Y employment_ended            none               destroy
R20a P6Y  financial_year_end          calendar_year_end  destroy
R20b P10Y financial_year_end          none               destroy
R21a P2Y  event                       none               destroy
R21b P10Y matter_closed               none               destroy
R22  P5Y  clientship_ended            none               destroy
R23a P5Y  clientship_ended            none               destroy
R23b P10Y matter_closed               none               destroy
R24a P3Y  accounts_submitted          calendar_year_end  destroy
R24b P2Y  accounts_submitted          calendar_year_end  destroy
R25  P5Y  last_payment                calendar_year_end  destroy
R26  P0D  project_end                 none               destroy
R27  -    plan_ended                  none               transfer
R28  P3Y  consent_withdrawn_or_ended  none               destroy
R29  -    no_longer_needed            none               review
R30  P5Y  service_ended               none               destroy
R31  -    no_longer_needed            none               review
R32  P5Y  service_ended               none               destroy
R33a P12Y entry_created               none               destroy
R33b P5Y  entry_created               none               destroy
R34  P2Y  selection_told              none               destroy
R35  P1Y  recording_ended             none               destroy
R36  P5Y  matter_closed               none               destroy
"""

# Read in their source, or an instruction of the organisation itself. All others are proposals.
VERIFIED = {"R10", "R16a", "R16b", "R18", "R19", "R20a", "R20b", "R26"}

DATES = [
    ("social-final-statement", date(2025, 3, 14), date(2035, 3, 14)),
    ("employee-working-time-running", date(2024, 5, 31), date(2026, 12, 31)),
    ("employee-working-time-ended", date(2025, 6, 15), date(2027, 6, 15)),
    ("payroll-vouchers", date(2017, 4, 30), date(2023, 12, 31)),
    ("payroll-books", date(2017, 4, 30), date(2027, 4, 30)),
    ("payroll-vouchers", date(2024, 12, 31), date(2030, 12, 31)),
    ("payroll-books", date(2024, 12, 31), date(2034, 12, 31)),
    ("esf-forms-original", date(2023, 2, 15), date(2026, 12, 31)),
    ("esf-forms-original-large-operation", date(2023, 2, 15), date(2025, 12, 31)),
    ("esf-plus-participant-data", date(2025, 3, 14), date(2030, 12, 31)),
]


def test_every_rule_has_its_period_trigger_and_action(policies: PolicySet) -> None:
    expected = {line.split()[0]: line.split()[1:] for line in RULES.strip().splitlines()}

    found = {
        policy.code: [
            str(policy.retention_period or "-"),
            policy.retention_trigger.value,
            policy.cut_off.value,
            policy.disposal_action.value,
        ]
        for policy in policies
    }

    assert found == expected


def test_the_proposals_r1_to_r36_are_all_there(policies: PolicySet) -> None:
    numbers = {int(re.sub("[^0-9]", "", policy.code or "")) for policy in policies}

    assert numbers == set(range(1, 37))


def test_what_was_not_read_in_its_source_is_to_be_confirmed(policies: PolicySet) -> None:
    assert {p.code for p in policies if p.mandate.is_settled} == VERIFIED


def test_nobody_has_confirmed_a_bundled_rule_in_advance(policies: PolicySet) -> None:
    assert all(p.mandate.confirmed_by is None for p in policies)


@pytest.mark.parametrize(("key", "trigger_on", "last_kept_day"), DATES)
def test_dates_come_out_as_the_law_has_them(
    policies: PolicySet, key: str, trigger_on: date, last_kept_day: date
) -> None:
    assert retention_date(policies.policy(key).terms(), trigger_on).last_kept_day == last_kept_day


@pytest.mark.parametrize("key", ["presented-absence-certificate", "client-absence-certificate"])
def test_a_certificate_is_never_kept_after_its_use(policies: PolicySet, key: str) -> None:
    result = retention_date(policies.policy(key).terms(), date(2026, 2, 3))

    assert result.last_kept_day is None
    assert result.disposable_from == date(2026, 2, 3)


@pytest.mark.parametrize(
    ("key", "review_period"),
    [
        ("employment-health-statements", "P1Y"),
        ("employee-sick-leave-certificate", "P5Y"),
        ("employment-contracts", "P2Y"),
    ],
)
def test_the_need_is_reviewed_in_between(policies: PolicySet, key: str, review_period: str) -> None:
    assert str(policies.policy(key).review_period) == review_period


def test_an_open_period_never_makes_a_document_due(policies: PolicySet) -> None:
    policy = policies.policy("integration-plans-and-mappings")

    result = retention_date(policy.terms(), date(2020, 1, 1))

    assert policy.is_period_open
    assert policy.disposal_action is DisposalAction.TRANSFER
    assert result.disposable_from is None


def test_a_year_end_rule_is_triggered_by_something_that_has_a_date(policies: PolicySet) -> None:
    moved = {p.retention_trigger for p in policies if p.cut_off is not CutOff.NONE}

    assert RetentionTrigger.NO_LONGER_NEEDED not in moved


def test_every_rule_that_a_register_names_is_bundled(
    policies: PolicySet, foundation: RegisterDefinition, project: RegisterDefinition
) -> None:
    named = {r.retention_rule for r in foundation.storage_rules + project.storage_rules}

    assert None not in named
    assert all(key in policies for key in named)
