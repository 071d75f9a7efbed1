"""What the staff of a group chose about its reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_wishes",
        sa.Column("space", sa.String(length=255), nullable=False),
        sa.Column("weeks", sa.SmallInteger(), nullable=False),
        sa.Column("moved_on", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("left_out", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("space", name=op.f("pk_group_wishes")),
    )


def downgrade() -> None:
    op.drop_table("group_wishes")
