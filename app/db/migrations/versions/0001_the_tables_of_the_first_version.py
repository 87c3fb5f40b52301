"""The tables of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_checkpoint",
        sa.Column(
            "size",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_audit_checkpoint")),
    )
    op.create_table(
        "audit_entry",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column(
            "register_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("object_type", sa.String(length=40), nullable=True),
        sa.Column("object_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_action", "audit_entry", ["action", "seq"], unique=False)
    op.create_index("ix_audit_entry_actor", "audit_entry", ["actor_id", "seq"], unique=False)
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"], unique=False)
    op.create_index("ix_audit_entry_client", "audit_entry", ["client_id", "seq"], unique=False)
    op.create_index("ix_audit_entry_register", "audit_entry", ["register_id", "seq"], unique=False)
    op.create_table(
        "audit_node",
        sa.Column(
            "level",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "idx",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("level", "idx", name=op.f("pk_audit_node")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "audit_outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_outbox")),
    )
    op.create_table(
        "register",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register")),
        sa.UniqueConstraint("key", name=op.f("uq_register_key")),
    )
    op.create_table(
        "retention_rule",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rule")),
        sa.UniqueConstraint("key", name=op.f("uq_retention_rule_key")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("username_hash", sa.String(length=64), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    op.create_index(
        op.f("ix_sign_in_failure_address_hash"), "sign_in_failure", ["address_hash"], unique=False
    )
    op.create_index(
        "ix_sign_in_failure_source",
        "sign_in_failure",
        ["username_hash", "address_hash", "at"],
        unique=False,
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("theme", sa.String(length=6), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("username", name=op.f("uq_user_account_username")),
    )
    op.create_table(
        "client",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "register_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("identity_code_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "birth_year", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "created_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user_account.id"], name=op.f("fk_client_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_client_register_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sa.UniqueConstraint("key_id", name=op.f("uq_client_key_id")),
        sa.UniqueConstraint("register_id", "number", name=op.f("uq_client_register_id_number")),
    )
    op.create_table(
        "disposal_confirmation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "register_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column(
            "proposed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "approved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("executable_from", sa.Date(), nullable=True),
        sa.Column(
            "stopped_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_reason", sa.String(length=200), nullable=True),
        sa.Column(
            "executed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("executed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('proposed', 'returned') OR (approved_by_id IS NOT NULL AND executable_from IS NOT NULL)",
            name=op.f("ck_disposal_confirmation_approved_first"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'returned', 'approved', 'cancelled', 'executing', 'executed')",
            name=op.f("ck_disposal_confirmation_state"),
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> proposed_by_id",
            name=op.f("ck_disposal_confirmation_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"],
            ["user_account.id"],
            name=op.f("fk_disposal_confirmation_approved_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["executed_by_id"],
            ["user_account.id"],
            name=op.f("fk_disposal_confirmation_executed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"],
            ["user_account.id"],
            name=op.f("fk_disposal_confirmation_proposed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_disposal_confirmation_register_id")
        ),
        sa.ForeignKeyConstraint(
            ["stopped_by_id"],
            ["user_account.id"],
            name=op.f("fk_disposal_confirmation_stopped_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_confirmation")),
        sa.UniqueConstraint(
            "register_id", "number", name=op.f("uq_disposal_confirmation_register_id_number")
        ),
    )
    op.create_table(
        "location",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "register_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["location.id"], name=op.f("fk_location_parent_id")),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_location_register_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
        sa.UniqueConstraint(
            "register_id", "parent_id", "name", name=op.f("uq_location_register_id_parent_id_name")
        ),
    )
    op.create_index(op.f("ix_location_register_id"), "location", ["register_id"], unique=False)
    op.create_table(
        "register_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "register_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "proposed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "published_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state <> 'published' OR (published_by_id IS NOT NULL AND in_force_from IS NOT NULL)",
            name=op.f("ck_register_version_published_complete"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'proposed', 'published')", name=op.f("ck_register_version_state")
        ),
        sa.CheckConstraint(
            "published_by_id IS NULL OR published_by_id <> proposed_by_id",
            name=op.f("ck_register_version_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["user_account.id"], name=op.f("fk_register_version_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["user_account.id"],
            name=op.f("fk_register_version_published_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_register_version_register_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_version")),
        sa.UniqueConstraint(
            "register_id", "number", name=op.f("uq_register_version_register_id_number")
        ),
    )
    op.create_table(
        "retention_rule_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["retention_rule.id"], name=op.f("fk_retention_rule_version_rule_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rule_version")),
        sa.UniqueConstraint(
            "rule_id", "number", name=op.f("uq_retention_rule_version_rule_id_number")
        ),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column(
            "register_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_role_grant_register_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_role_grant_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "user_id", "role", "register_id", name=op.f("uq_role_grant_user_id_role_register_id")
        ),
    )
    op.create_index(op.f("ix_role_grant_user_id"), "role_grant", ["user_id"], unique=False)
    op.create_table(
        "user_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_user_session_user_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_user_session")),
    )
    op.create_index(op.f("ix_user_session_user_id"), "user_session", ["user_id"], unique=False)
    op.create_table(
        "caseload_exception",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_caseload_exception_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_caseload_exception_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caseload_exception")),
    )
    op.create_index(
        "ix_caseload_exception_lookup", "caseload_exception", ["user_id", "client_id"], unique=False
    )
    op.create_table(
        "client_token",
        sa.Column(
            "client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("token", sa.LargeBinary(length=16), nullable=False),
        sa.Column(
            "register_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_client_token_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_client_token_register_id")
        ),
        sa.PrimaryKeyConstraint("client_id", "kind", "token", name=op.f("pk_client_token")),
    )
    op.create_index(
        "ix_client_token_lookup",
        "client_token",
        ["register_id", "kind", "token", "client_id"],
        unique=False,
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("service_key", sa.String(length=80), nullable=False),
        sa.Column(
            "register_version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column(
            "recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_consent_client_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["user_account.id"], name=op.f("fk_consent_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["register_version_id"],
            ["register_version.id"],
            name=op.f("fk_consent_register_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_client_id"), "consent", ["client_id"], unique=False)
    op.create_table(
        "data_subject_request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "register_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("details_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "registered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("identity_method", sa.String(length=20), nullable=True),
        sa.Column("identity_verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "identity_verified_by_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("extension_reason", sa.String(length=20), nullable=True),
        sa.Column("extension_told_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("refusal_ground", sa.String(length=20), nullable=True),
        sa.Column("delivery_channel", sa.String(length=20), nullable=True),
        sa.Column("delivery_proof_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("handed_over_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column(
            "closed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "(outcome = 'refused') = (refusal_ground IS NOT NULL) OR outcome IS NULL",
            name=op.f("ck_data_subject_request_refused_with_ground"),
        ),
        sa.CheckConstraint(
            "(closed_on IS NULL) = (outcome IS NULL)",
            name=op.f("ck_data_subject_request_closed_with_outcome"),
        ),
        sa.CheckConstraint(
            "(extension_reason IS NULL) = (extension_told_on IS NULL)",
            name=op.f("ck_data_subject_request_extended_with_reason"),
        ),
        sa.CheckConstraint(
            "closed_on IS NULL OR closed_on >= received_on",
            name=op.f("ck_data_subject_request_closed_after"),
        ),
        sa.CheckConstraint(
            "handed_over_on IS NULL OR identity_verified_at IS NOT NULL",
            name=op.f("ck_data_subject_request_identity_first"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_data_subject_request_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["user_account.id"], name=op.f("fk_data_subject_request_closed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["identity_verified_by_id"],
            ["user_account.id"],
            name=op.f("fk_data_subject_request_identity_verified_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_data_subject_request_register_id")
        ),
        sa.ForeignKeyConstraint(
            ["registered_by_id"],
            ["user_account.id"],
            name=op.f("fk_data_subject_request_registered_by_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_subject_request")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_data_subject_request_year_number")),
    )
    op.create_index(
        op.f("ix_data_subject_request_client_id"),
        "data_subject_request",
        ["client_id"],
        unique=False,
    )
    op.create_index(
        "ix_data_subject_request_open",
        "data_subject_request",
        ["register_id", "closed_on"],
        unique=False,
    )
    op.create_table(
        "disposal_certificate",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "confirmation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmation_id"],
            ["disposal_confirmation.id"],
            name=op.f("fk_disposal_certificate_confirmation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_certificate")),
        sa.UniqueConstraint(
            "confirmation_id", name=op.f("uq_disposal_certificate_confirmation_id")
        ),
    )
    op.create_table(
        "episode",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("service_key", sa.String(length=80), nullable=False),
        sa.Column(
            "worker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("coaching_number", sa.String(length=40), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_episode_client_id")),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["user_account.id"], name=op.f("fk_episode_worker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode")),
    )
    op.create_index(op.f("ix_episode_client_id"), "episode", ["client_id"], unique=False)
    op.create_index("ix_episode_worker", "episode", ["worker_id", "ended_on"], unique=False)
    op.create_table(
        "hand_over",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "register_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "from_user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "to_user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "to_location_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'acknowledged', 'refused')", name=op.f("ck_hand_over_state")
        ),
        sa.CheckConstraint("from_user_id <> to_user_id", name=op.f("ck_hand_over_two_people")),
        sa.ForeignKeyConstraint(
            ["from_user_id"], ["user_account.id"], name=op.f("fk_hand_over_from_user_id")
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_hand_over_register_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_location_id"], ["location.id"], name=op.f("fk_hand_over_to_location_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_user_id"], ["user_account.id"], name=op.f("fk_hand_over_to_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_hand_over_year_number")),
    )
    op.create_index(
        "ix_hand_over_receiver", "hand_over", ["to_user_id", "answered_at"], unique=False
    )
    op.create_table(
        "identity_code",
        sa.Column(
            "register_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("token", sa.LargeBinary(length=32), nullable=False),
        sa.Column(
            "client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_identity_code_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_identity_code_register_id")
        ),
        sa.PrimaryKeyConstraint("register_id", "token", name=op.f("pk_identity_code")),
        sa.UniqueConstraint("client_id", name=op.f("uq_identity_code_client_id")),
    )
    op.create_table(
        "answer_package",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("blob_id", sa.String(length=32), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("included", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("omitted", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "built_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["built_by_id"], ["user_account.id"], name=op.f("fk_answer_package_built_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["data_subject_request.id"], name=op.f("fk_answer_package_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_package")),
        sa.UniqueConstraint("blob_id", name=op.f("uq_answer_package_blob_id")),
        sa.UniqueConstraint("key_id", name=op.f("uq_answer_package_key_id")),
    )
    op.create_index(
        op.f("ix_answer_package_request_id"), "answer_package", ["request_id"], unique=False
    )
    op.create_index(
        "uq_answer_package_current",
        "answer_package",
        ["request_id"],
        unique=True,
        sqlite_where=sa.text("erased_at IS NULL"),
        postgresql_where=sa.text("erased_at IS NULL"),
    )
    op.create_table(
        "clock_suspension",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "request_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("asked_late", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "answered_on IS NULL OR answered_on >= asked_on",
            name=op.f("ck_clock_suspension_answer_after"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["data_subject_request.id"], name=op.f("fk_clock_suspension_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_suspension")),
    )
    op.create_index(
        op.f("ix_clock_suspension_request_id"), "clock_suspension", ["request_id"], unique=False
    )
    op.create_index(
        "uq_clock_suspension_open",
        "clock_suspension",
        ["request_id"],
        unique=True,
        sqlite_where=sa.text("answered_on IS NULL"),
        postgresql_where=sa.text("answered_on IS NULL"),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "register_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "episode_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "register_version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("service_key", sa.String(length=80), nullable=False),
        sa.Column("document_type_key", sa.String(length=80), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("note_key_id", sa.String(length=32), nullable=True),
        sa.Column("presented_from", sa.Date(), nullable=True),
        sa.Column("presented_until", sa.Date(), nullable=True),
        sa.Column(
            "retention_rule_version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("trigger_on", sa.Date(), nullable=True),
        sa.Column("last_kept_on", sa.Date(), nullable=True),
        sa.Column("disposable_from", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "logged_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.CheckConstraint("state IN ('active', 'destroyed')", name=op.f("ck_document_state")),
        sa.CheckConstraint(
            "(note_sealed IS NULL) = (note_key_id IS NULL)", name=op.f("ck_document_note_key")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_document_client_id")),
        sa.ForeignKeyConstraint(
            ["episode_id"], ["episode.id"], name=op.f("fk_document_episode_id")
        ),
        sa.ForeignKeyConstraint(
            ["logged_by_id"], ["user_account.id"], name=op.f("fk_document_logged_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_document_register_id")
        ),
        sa.ForeignKeyConstraint(
            ["register_version_id"],
            ["register_version.id"],
            name=op.f("fk_document_register_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["retention_rule_version_id"],
            ["retention_rule_version.id"],
            name=op.f("fk_document_retention_rule_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("note_key_id", name=op.f("uq_document_note_key_id")),
    )
    op.create_index("ix_document_client", "document", ["client_id", "id"], unique=False)
    op.create_index(
        "ix_document_due",
        "document",
        ["register_id", "state", "disposable_from", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_document_episode_id"), "document", ["episode_id"], unique=False)
    op.create_index("ix_document_register", "document", ["register_id", "id"], unique=False)
    op.create_index(
        op.f("ix_document_retention_rule_version_id"),
        "document",
        ["retention_rule_version_id"],
        unique=False,
    )
    op.create_table(
        "disposal_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "confirmation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("obstacle", sa.String(length=40), nullable=True),
        sa.Column(
            "retention_rule_version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("trigger_on", sa.Date(), nullable=True),
        sa.Column("last_kept_on", sa.Date(), nullable=True),
        sa.Column("disposable_from", sa.Date(), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('listed', 'excluded', 'released', 'failed', 'destroyed')",
            name=op.f("ck_disposal_entry_state"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmation_id"],
            ["disposal_confirmation.id"],
            name=op.f("fk_disposal_entry_confirmation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_disposal_entry_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["retention_rule_version_id"],
            ["retention_rule_version.id"],
            name=op.f("fk_disposal_entry_retention_rule_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_entry")),
    )
    op.create_index(
        op.f("ix_disposal_entry_confirmation_id"),
        "disposal_entry",
        ["confirmation_id"],
        unique=False,
    )
    op.create_index(
        "uq_disposal_entry_open",
        "disposal_entry",
        ["document_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('listed', 'failed', 'destroyed')"),
        postgresql_where=sa.text("state IN ('listed', 'failed', 'destroyed')"),
    )
    op.create_table(
        "disposal_hold",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "register_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("client_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("mandate", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "set_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "lifted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "(client_id IS NULL) <> (document_id IS NULL)", name=op.f("ck_disposal_hold_one_target")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_disposal_hold_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_disposal_hold_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["user_account.id"], name=op.f("fk_disposal_hold_lifted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_disposal_hold_register_id")
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["user_account.id"], name=op.f("fk_disposal_hold_set_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_hold")),
    )
    op.create_index(
        op.f("ix_disposal_hold_client_id"), "disposal_hold", ["client_id"], unique=False
    )
    op.create_index(
        op.f("ix_disposal_hold_document_id"), "disposal_hold", ["document_id"], unique=False
    )
    op.create_table(
        "item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("medium", sa.String(length=3), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("blob_id", sa.String(length=32), nullable=True),
        sa.Column("key_id", sa.String(length=32), nullable=True),
        sa.Column("file_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("media_type", sa.String(length=100), nullable=True),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "location_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("holder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sheets", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('original', 'copy', 'worker_copy')", name=op.f("ck_item_kind")
        ),
        sa.CheckConstraint(
            "medium = 'man' OR state = 'destroyed' OR key_id IS NOT NULL", name=op.f("ck_item_key")
        ),
        sa.CheckConstraint("medium IN ('atk', 'man')", name=op.f("ck_item_medium")),
        sa.CheckConstraint("state IN ('held', 'destroyed')", name=op.f("ck_item_state")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_item_document_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["user_account.id"], name=op.f("fk_item_holder_id")),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_item_location_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("blob_id", name=op.f("uq_item_blob_id")),
        sa.UniqueConstraint("key_id", name=op.f("uq_item_key_id")),
    )
    op.create_index(op.f("ix_item_document_id"), "item", ["document_id"], unique=False)
    op.create_index(op.f("ix_item_holder_id"), "item", ["holder_id"], unique=False)
    op.create_index(op.f("ix_item_location_id"), "item", ["location_id"], unique=False)
    op.create_table(
        "custody_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "by_user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("holder_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "location_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "hand_over_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["by_user_id"], ["user_account.id"], name=op.f("fk_custody_event_by_user_id")
        ),
        sa.ForeignKeyConstraint(
            ["hand_over_id"], ["hand_over.id"], name=op.f("fk_custody_event_hand_over_id")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["user_account.id"], name=op.f("fk_custody_event_holder_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_custody_event_item_id")),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name=op.f("fk_custody_event_location_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_event")),
    )
    op.create_index(op.f("ix_custody_event_item_id"), "custody_event", ["item_id"], unique=False)
    op.create_table(
        "disposal_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("medium", sa.String(length=3), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("destroyed_on", sa.Date(), nullable=False),
        sa.Column(
            "witness_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "medium = 'atk' OR (witness_id IS NOT NULL AND confirmed_by_id IS NOT NULL AND witness_id <> confirmed_by_id)",
            name=op.f("ck_disposal_item_witnessed"),
        ),
        sa.CheckConstraint(
            "medium = 'man' OR verified_at IS NOT NULL", name=op.f("ck_disposal_item_verified")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["user_account.id"], name=op.f("fk_disposal_item_confirmed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["disposal_entry.id"], name=op.f("fk_disposal_item_entry_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_disposal_item_item_id")),
        sa.ForeignKeyConstraint(
            ["witness_id"], ["user_account.id"], name=op.f("fk_disposal_item_witness_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_item")),
        sa.UniqueConstraint("entry_id", "item_id", name=op.f("uq_disposal_item_entry_id_item_id")),
    )
    op.create_index(op.f("ix_disposal_item_entry_id"), "disposal_item", ["entry_id"], unique=False)
    op.create_index(op.f("ix_disposal_item_item_id"), "disposal_item", ["item_id"], unique=False)
    op.create_table(
        "hand_over_item",
        sa.Column(
            "hand_over_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["hand_over_id"], ["hand_over.id"], name=op.f("fk_hand_over_item_hand_over_id")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_hand_over_item_item_id")),
        sa.PrimaryKeyConstraint("hand_over_id", "item_id", name=op.f("pk_hand_over_item")),
    )
    op.create_index(op.f("ix_hand_over_item_item_id"), "hand_over_item", ["item_id"], unique=False)
    guard_log()


def downgrade() -> None:
    op.drop_index(op.f("ix_hand_over_item_item_id"), table_name="hand_over_item")
    op.drop_table("hand_over_item")
    op.drop_index(op.f("ix_disposal_item_item_id"), table_name="disposal_item")
    op.drop_index(op.f("ix_disposal_item_entry_id"), table_name="disposal_item")
    op.drop_table("disposal_item")
    op.drop_index(op.f("ix_custody_event_item_id"), table_name="custody_event")
    op.drop_table("custody_event")
    op.drop_index(op.f("ix_item_location_id"), table_name="item")
    op.drop_index(op.f("ix_item_holder_id"), table_name="item")
    op.drop_index(op.f("ix_item_document_id"), table_name="item")
    op.drop_table("item")
    op.drop_index(op.f("ix_disposal_hold_document_id"), table_name="disposal_hold")
    op.drop_index(op.f("ix_disposal_hold_client_id"), table_name="disposal_hold")
    op.drop_table("disposal_hold")
    op.drop_index(
        "uq_disposal_entry_open",
        table_name="disposal_entry",
        sqlite_where=sa.text("state IN ('listed', 'failed', 'destroyed')"),
        postgresql_where=sa.text("state IN ('listed', 'failed', 'destroyed')"),
    )
    op.drop_index(op.f("ix_disposal_entry_confirmation_id"), table_name="disposal_entry")
    op.drop_table("disposal_entry")
    op.drop_index(op.f("ix_document_retention_rule_version_id"), table_name="document")
    op.drop_index("ix_document_register", table_name="document")
    op.drop_index(op.f("ix_document_episode_id"), table_name="document")
    op.drop_index("ix_document_due", table_name="document")
    op.drop_index("ix_document_client", table_name="document")
    op.drop_table("document")
    op.drop_index(
        "uq_clock_suspension_open",
        table_name="clock_suspension",
        sqlite_where=sa.text("answered_on IS NULL"),
        postgresql_where=sa.text("answered_on IS NULL"),
    )
    op.drop_index(op.f("ix_clock_suspension_request_id"), table_name="clock_suspension")
    op.drop_table("clock_suspension")
    op.drop_index(
        "uq_answer_package_current",
        table_name="answer_package",
        sqlite_where=sa.text("erased_at IS NULL"),
        postgresql_where=sa.text("erased_at IS NULL"),
    )
    op.drop_index(op.f("ix_answer_package_request_id"), table_name="answer_package")
    op.drop_table("answer_package")
    op.drop_table("identity_code")
    op.drop_index("ix_hand_over_receiver", table_name="hand_over")
    op.drop_table("hand_over")
    op.drop_index("ix_episode_worker", table_name="episode")
    op.drop_index(op.f("ix_episode_client_id"), table_name="episode")
    op.drop_table("episode")
    op.drop_table("disposal_certificate")
    op.drop_index("ix_data_subject_request_open", table_name="data_subject_request")
    op.drop_index(op.f("ix_data_subject_request_client_id"), table_name="data_subject_request")
    op.drop_table("data_subject_request")
    op.drop_index(op.f("ix_consent_client_id"), table_name="consent")
    op.drop_table("consent")
    op.drop_index("ix_client_token_lookup", table_name="client_token")
    op.drop_table("client_token")
    op.drop_index("ix_caseload_exception_lookup", table_name="caseload_exception")
    op.drop_table("caseload_exception")
    op.drop_index(op.f("ix_user_session_user_id"), table_name="user_session")
    op.drop_table("user_session")
    op.drop_index(op.f("ix_role_grant_user_id"), table_name="role_grant")
    op.drop_table("role_grant")
    op.drop_table("retention_rule_version")
    op.drop_table("register_version")
    op.drop_index(op.f("ix_location_register_id"), table_name="location")
    op.drop_table("location")
    op.drop_table("disposal_confirmation")
    op.drop_table("client")
    op.drop_table("user_account")
    op.drop_index("ix_sign_in_failure_source", table_name="sign_in_failure")
    op.drop_index(op.f("ix_sign_in_failure_address_hash"), table_name="sign_in_failure")
    op.drop_table("sign_in_failure")
    op.drop_table("retention_rule")
    op.drop_table("register")
    op.drop_table("audit_outbox")
    op.drop_table("audit_node")
    op.drop_index("ix_audit_entry_register", table_name="audit_entry")
    op.drop_index("ix_audit_entry_client", table_name="audit_entry")
    op.drop_index("ix_audit_entry_at", table_name="audit_entry")
    op.drop_index("ix_audit_entry_actor", table_name="audit_entry")
    op.drop_index("ix_audit_entry_action", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("audit_checkpoint")


# The log can only be added to. Written out here, because a migration must not change with the
# program; app.audit.models builds the same statements, and a test compares them.
APPEND_ONLY = {
    "audit_entry": ("seq",),
    "audit_node": ("level", "idx"),
    "audit_checkpoint": ("size",),
}


def guard_log() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"
        )
        for table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
                f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        return
    refuse = "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
    for table, columns in APPEND_ONLY.items():
        key = " AND ".join(f"{column} = NEW.{column}" for column in columns)
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key}) {refuse}"  # own names
        )
