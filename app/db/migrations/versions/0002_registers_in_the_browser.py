"""Editing in the browser, accepted findings, notices as given out, and to whom."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("register_version", sa.Column("source", sa.Text(), nullable=True))
    op.add_column(
        "register_version", sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True)
    )
    add_person("register_version", "edited_by_id")
    add_person("retention_rule_version", "changed_by_id")
    op.create_table(
        "finding_acceptance",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "register_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("facts_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "accepted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "revoked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoked_by_id IS NULL)",
            name=op.f("ck_finding_acceptance_revoked_by_whom"),
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"],
            ["user_account.id"],
            name=op.f("fk_finding_acceptance_accepted_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_finding_acceptance_register_id")
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by_id"], ["user_account.id"], name=op.f("fk_finding_acceptance_revoked_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_acceptance")),
    )
    op.create_index(
        op.f("ix_finding_acceptance_register_id"),
        "finding_acceptance",
        ["register_id"],
        unique=False,
    )

    op.create_table(
        "notice_edition",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "register_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "cause_version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("tells_clients", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cause_version_id"],
            ["register_version.id"],
            name=op.f("fk_notice_edition_cause_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_notice_edition_register_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["register_version.id"], name=op.f("fk_notice_edition_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_edition")),
        sa.UniqueConstraint(
            "register_id", "number", name=op.f("uq_notice_edition_register_id_number")
        ),
    )
    op.create_table(
        "notice_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["notice_edition.id"], name=op.f("fk_notice_file_edition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_file")),
        sa.UniqueConstraint(
            "edition_id",
            "language",
            "media_type",
            name=op.f("uq_notice_file_edition_id_language_media_type"),
        ),
    )
    op.create_table(
        "notice_given",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column(
            "recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_notice_given_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["notice_edition.id"], name=op.f("fk_notice_given_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user_account.id"], name=op.f("fk_notice_given_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_given")),
    )
    op.create_index(op.f("ix_notice_given_client_id"), "notice_given", ["client_id"], unique=False)
    op.create_index(
        op.f("ix_notice_given_edition_id"), "notice_given", ["edition_id"], unique=False
    )
    # The documents of a rule are counted by place; this index answers without the rows.
    op.drop_index("ix_document_retention_rule_version_id", table_name="document")
    op.create_index(
        "ix_document_rule",
        "document",
        [
            "retention_rule_version_id",
            "state",
            "register_id",
            "service_key",
            "document_type_key",
        ],
        unique=False,
    )


def add_person(table: str, column: str) -> None:
    """A column that names a person. SQLite can only add one whose reference is written inline."""
    name = f"fk_{table}_{column}"
    op.add_column(
        table,
        sa.Column(
            column,
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.ForeignKey("user_account.id", name=name),
            nullable=True,
        ),
        inline_references=True,
    )


def downgrade() -> None:
    op.drop_index("ix_document_rule", table_name="document")
    op.create_index(
        "ix_document_retention_rule_version_id",
        "document",
        ["retention_rule_version_id"],
        unique=False,
    )
    for table in ("notice_given", "notice_file", "notice_edition", "finding_acceptance"):
        op.drop_table(table)
    # SQLite drops no column that refers to another table; PostgreSQL drops the reference with it.
    with op.batch_alter_table("retention_rule_version") as batch:
        batch.drop_column("changed_by_id")
    with op.batch_alter_table("register_version") as batch:
        for column in ("edited_by_id", "edited_at", "source"):
            batch.drop_column(column)
