"""Signed heads of histories, how many cases were purged on a day, and which ids a backup must let go of."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_heads",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_audit_heads")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "purges",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_purges")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "purged_cases",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_purged_cases")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_purged_cases_purged_at"), "purged_cases", ["purged_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_purged_cases_purged_at"), table_name="purged_cases")
    op.drop_table("purged_cases")
    op.drop_table("purges")
    op.drop_table("audit_heads")
