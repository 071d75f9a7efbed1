"""When a case is looked at again, whether it must be kept, who is away, and what was just said to whom."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reports") as reports:
        reports.add_column(sa.Column("look_at", sa.DateTime(timezone=True), nullable=True))
        reports.add_column(sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("reports") as reports:
        reports.alter_column("held", server_default=None)
    op.create_index(op.f("ix_reports_look_at"), "reports", ["look_at"], unique=False)
    op.create_index("ix_deliveries_just_said", "deliveries", ["address", "delivered_at"], unique=False)
    op.create_table(
        "absences",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("deputy", sa.String(length=254), nullable=False),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_absences")),
    )


def downgrade() -> None:
    op.drop_table("absences")
    op.drop_index("ix_deliveries_just_said", table_name="deliveries")
    op.drop_index(op.f("ix_reports_look_at"), table_name="reports")
    with op.batch_alter_table("reports") as reports:
        reports.drop_column("held")
        reports.drop_column("look_at")
