"""Cases that somebody may fetch, once and for minutes, with a code."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exports",
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=255), nullable=False),
        sa.Column("code_hash", sa.String(length=160), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["reports.id"], name=op.f("fk_exports_case_id_reports"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_exports")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_exports_case_id"), "exports", ["case_id"], unique=False)
    op.create_index(op.f("ix_exports_expires_at"), "exports", ["expires_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_exports_expires_at"), table_name="exports")
    op.drop_index(op.f("ix_exports_case_id"), table_name="exports")
    op.drop_table("exports")
