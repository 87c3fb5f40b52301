"""Changes of retention rules that are proposed and approved in the browser."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def number() -> sa.types.TypeEngine[int]:
    """The type of keys: SQLite counts only its own integers upwards."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "retention_rule_version", sa.Column("in_file_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_table(
        "retention_rule_proposal",
        sa.Column("id", number(), nullable=False),
        sa.Column("rule_key", sa.String(length=80), nullable=False),
        sa.Column("base_id", number(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moves_earlier", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed_by_id", number(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", number(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("version_id", number(), nullable=True),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'rejected', 'withdrawn')",
            name=op.f("ck_retention_rule_proposal_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'rejected') OR decided_by_id <> proposed_by_id",
            name=op.f("ck_retention_rule_proposal_four_eyes"),
        ),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR decided_by_id = proposed_by_id",
            name=op.f("ck_retention_rule_proposal_own_withdrawal"),
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_by_id IS NULL) "
            "AND (decided_by_id IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_retention_rule_proposal_decided_by_whom"),
        ),
        sa.CheckConstraint(
            "(state = 'approved') = (version_id IS NOT NULL)",
            name=op.f("ck_retention_rule_proposal_approved_version"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved') OR decision_reason IS NOT NULL",
            name=op.f("ck_retention_rule_proposal_why_not"),
        ),
        sa.ForeignKeyConstraint(
            ["base_id"],
            ["retention_rule_version.id"],
            name=op.f("fk_retention_rule_proposal_base_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["user_account.id"],
            name=op.f("fk_retention_rule_proposal_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"],
            ["user_account.id"],
            name=op.f("fk_retention_rule_proposal_proposed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["retention_rule_version.id"],
            name=op.f("fk_retention_rule_proposal_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rule_proposal")),
        sa.UniqueConstraint("version_id", name=op.f("uq_retention_rule_proposal_version_id")),
    )
    op.create_index(
        op.f("ix_retention_rule_proposal_rule_key"),
        "retention_rule_proposal",
        ["rule_key"],
        unique=False,
    )
    op.create_index(
        "uq_retention_rule_proposal_open",
        "retention_rule_proposal",
        ["rule_key"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )


def downgrade() -> None:
    op.drop_table("retention_rule_proposal")
    with op.batch_alter_table("retention_rule_version") as batch:
        batch.drop_column("in_file_at")
