"""Histories of cases; a grant may be a copy without the story; deliveries are found by what they are about."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_steps",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["reports.id"], name=op.f("fk_case_steps_case_id_reports"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_case_steps")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("reports") as reports:
        reports.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("grants") as grants:
        grants.add_column(sa.Column("sees_story", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("grants") as grants:
        grants.alter_column("sees_story", server_default=None)
    op.drop_index(op.f("ix_grants_user_id"), table_name="grants")
    op.create_index("ix_grants_inbox", "grants", ["user_id", "granted_at", "case_id"], unique=False)
    op.create_index(op.f("ix_deliveries_subject"), "deliveries", ["subject"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_deliveries_subject"), table_name="deliveries")
    op.drop_index("ix_grants_inbox", table_name="grants")
    op.create_index(op.f("ix_grants_user_id"), "grants", ["user_id"], unique=False)
    with op.batch_alter_table("grants") as grants:
        grants.drop_column("sees_story")
    with op.batch_alter_table("reports") as reports:
        reports.drop_column("closed_at")
    op.drop_table("case_steps")
