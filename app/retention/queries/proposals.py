"""Reads of proposed changes of retention rules."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from app.accounts.models import User
from app.accounts.permissions import Actor, Role
from app.db import db
from app.retention.models import RetentionRuleProposal
from app.retention.policies import RetentionPolicy
from app.retention.queries.rules import RuleVersion, parse_policy, versions_of_rule
from app.web.problems import NotFound


@dataclass(frozen=True)
class ProposalRow:
    """A proposal with the rule as it would be, and who proposed it and decided on it."""

    row: RetentionRuleProposal
    policy: RetentionPolicy
    proposed_by: str
    decided_by: str | None


@dataclass(frozen=True)
class ProposalPage:
    """A proposal, and the version that it would follow, or followed; None for a new rule.

    `last` is the last version of the rule as it is now: where it is another one, the rule has
    changed since, and the proposal cannot be approved any more.
    """

    proposal: ProposalRow
    base: RuleVersion | None
    last: RuleVersion | None

    @property
    def is_overtaken(self) -> bool:
        """Whether the rule has changed since it was proposed."""
        last_id = self.last.id if self.last else None
        return self.proposal.row.state == "proposed" and last_id != self.proposal.row.base_id


def proposal_page(proposal_id: int) -> ProposalPage:
    """One proposal. Raises `NotFound`."""
    found = _rows(select(RetentionRuleProposal).where(RetentionRuleProposal.id == proposal_id))
    if not found:
        raise NotFound(proposal_id)
    (proposal,) = found
    versions: list[RuleVersion] = []
    # A new rule has none yet.
    with suppress(NotFound):
        versions = versions_of_rule(proposal.row.rule_key)
    base = next((each for each in versions if each.id == proposal.row.base_id), None)
    return ProposalPage(proposal, base, versions[0] if versions else None)


def open_proposals(rule_key: str | None = None) -> list[ProposalRow]:
    """The proposals that wait for a decision, oldest first; of one rule, or of all."""
    statement = select(RetentionRuleProposal).where(RetentionRuleProposal.state == "proposed")
    if rule_key is not None:
        statement = statement.where(RetentionRuleProposal.rule_key == rule_key)
    return _rows(statement.order_by(RetentionRuleProposal.id))


def decided_proposals(rule_key: str) -> list[ProposalRow]:
    """The proposals on a rule that came to nothing, newest first; approved ones are versions."""
    statement = select(RetentionRuleProposal).where(
        RetentionRuleProposal.rule_key == rule_key,
        RetentionRuleProposal.state.in_(("rejected", "withdrawn")),
    )
    return _rows(statement.order_by(RetentionRuleProposal.id.desc()))


def count_to_approve(actor: Actor) -> int:
    """How many proposals of other people wait for this person's decision."""
    if not actor.has(Role.DATA_PROTECTION_OFFICER):
        return 0
    statement = select(func.count()).where(
        RetentionRuleProposal.state == "proposed",
        RetentionRuleProposal.proposed_by_id != actor.user_id,
    )
    return db.session.scalar(statement) or 0


def _rows(statement: Select[RetentionRuleProposal]) -> list[ProposalRow]:
    rows = db.session.scalars(statement).all()
    names = _names(rows)
    return [
        ProposalRow(
            row,
            parse_policy(row.content),
            names[row.proposed_by_id],
            names[row.decided_by_id] if row.decided_by_id is not None else None,
        )
        for row in rows
    ]


def _names(rows: Sequence[RetentionRuleProposal]) -> dict[int, str]:
    people = {id_ for row in rows for id_ in (row.proposed_by_id, row.decided_by_id) if id_}
    found = db.session.execute(select(User.id, User.display_name).where(User.id.in_(people)))
    return dict(found.all())
