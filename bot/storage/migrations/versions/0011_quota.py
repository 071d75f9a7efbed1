"""When the next message may leave, and which spaces were written to just now: all workers keep Google's quotas."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pace_lanes",
        sa.Column("lane", sa.String(length=32), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_pace_lanes")),
    )
    op.create_table(
        "pace_spaces",
        sa.Column("space", sa.String(length=64), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("space", name=op.f("pk_pace_spaces")),
    )


def downgrade() -> None:
    op.drop_table("pace_spaces")
    op.drop_table("pace_lanes")
