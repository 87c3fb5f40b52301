"""Retention rules as files: ours, and JHS 191 XML and helerm's attributes, out and in.

Out: the format's own elements say what they can, and our rule stands beside them exactly, so that
what is read back is the same. In: a rule that another system wrote comes back as a proposal, with
its certainty to be confirmed; nothing is ever loaded from these formats directly.
"""

from app.retention.exchange.incoming import Incoming
from app.retention.exchange.plan import Nature, Plan, PlanClass, PlanRecord, Unwritable
from app.retention.exchange.policy_yaml import first_language, incoming_yaml, rules_yaml

__all__ = [
    "Incoming",
    "Nature",
    "Plan",
    "PlanClass",
    "PlanRecord",
    "Unwritable",
    "first_language",
    "incoming_yaml",
    "rules_yaml",
]
