"""Reads of retention rules, their versions and proposed changes."""

from app.retention.queries.proposals import (
    ProposalPage,
    ProposalRow,
    count_to_approve,
    decided_proposals,
    open_proposals,
    proposal_page,
)
from app.retention.queries.rules import (
    RuleInForce,
    RuleVersion,
    current_rule_version,
    earlier_versions,
    in_force_of,
    keys_of_versions,
    parse_policy,
    rule_as_known,
    rule_of,
    rules_in_force,
    rules_known,
    rules_of,
    versions_of_rule,
)

__all__ = [
    "ProposalPage",
    "ProposalRow",
    "RuleInForce",
    "RuleVersion",
    "count_to_approve",
    "current_rule_version",
    "decided_proposals",
    "earlier_versions",
    "in_force_of",
    "keys_of_versions",
    "open_proposals",
    "parse_policy",
    "proposal_page",
    "rule_as_known",
    "rule_of",
    "rules_in_force",
    "rules_known",
    "rules_of",
    "versions_of_rule",
]
