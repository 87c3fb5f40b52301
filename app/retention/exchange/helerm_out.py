"""Retention rules as helerm's tree: function, phase, action, record, each with its attributes.

All values are text, as helerm has them. Our rule stands beside the attributes of a record, exactly.
"""

import json
from typing import Any

from app.retention.exchange import codes
from app.retention.exchange.plan import Plan, PlanClass, PlanRecord

EXACT = "seloste"
LOSSES = (
    "RetentionPeriod: whole years, rounded up; -1 also for until further notice and open periods.",
    "A rule with alternatives: the longest, where all are periods with the same start; else -1.",
    "A rule with a condition beside its period: -1. RetentionReason tells both in brackets.",
    "RetentionPeriodStart: helerm's own list; where it has none like ours, the nearest of it.",
    "RecordType: the organisation's own name of the document, not a value of helerm's list.",
    "SecurityPeriod and SecurityReason are proposals to be checked.",
    "Conditions, alternatives, cut-off, disposal action, review, certainty: only under “seloste”.",
    "Languages other than the first that a text has: only under “seloste”.",
)


def write_helerm(plan: Plan, *, helsinki: bool = False) -> bytes:
    """The plan as JSON in UTF-8. `helsinki`: with the two newer values of PersonalData."""
    functions = [_function(each, helsinki=helsinki) for each in plan.classes]
    content = {"losses": LOSSES, "functions": functions}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _function(each: PlanClass, *, helsinki: bool) -> dict[str, Any]:
    attributes = {**_attributes(each.strictest, helsinki=helsinki), **_retention(each.longest)}
    if attributes["RetentionPeriod"] == str(codes.PERMANENT):
        attributes.pop("RetentionPeriodStart", None)
    records = [_record(record, helsinki=helsinki) for record in each.records]
    actions = [{"attributes": {"ActionType": "toimeenpano"}, "records": records}]
    return {
        "classification": {"code": each.code, "title": each.name},
        "attributes": attributes,
        "phases": [{"attributes": {"PhaseType": "toimeenpano"}, "actions": actions}],
    }


def _record(record: PlanRecord, *, helsinki: bool) -> dict[str, Any]:
    attributes = {"RecordType": record.name, **_attributes(record, helsinki=helsinki)}
    exact = record.policy.model_dump(mode="json", exclude_defaults=True)
    return {"attributes": attributes, EXACT: exact}


def _attributes(record: PlanRecord, *, helsinki: bool) -> dict[str, str]:
    nature = record.nature if helsinki else record.nature.plain()
    publicity = codes.SECRET if record.is_secret else codes.NON_PUBLIC
    secrecy = {
        "SecurityPeriod": str(codes.SECRECY_YEARS),
        "SecurityReason": codes.SECRECY_REASON,
        "Restriction.SecurityPeriodStart": codes.SECRECY_START,
    }
    return {
        "PublicityClass": codes.PUBLICITY[publicity],
        **(secrecy if record.is_secret else {}),
        "PersonalData": codes.PERSONAL_DATA[int(nature)],
        "SocialSecurityNumber": codes.IDENTITY_CODE[record.identity_code],
        **_retention(record),
    }


def _retention(record: PlanRecord) -> dict[str, str]:
    start = codes.helerm_start_of(record.policy)
    return {
        "RetentionPeriod": str(codes.years_of(record.policy)),
        "RetentionReason": codes.reason_of(record.policy),
        **({"RetentionPeriodStart": start} if start is not None else {}),
    }
