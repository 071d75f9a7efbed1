"""Who is in a group, why it is suspended, until when it takes part, and how far a round over all groups came.

Every new column may be empty: workers of the version before this one go on adding groups during a rolling update.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NEW = ("suspended_for", "overruled", "members_complete", "looked_at", "expires_on", "asked_on")


def upgrade() -> None:
    with op.batch_alter_table("spaces") as spaces:
        spaces.add_column(sa.Column("suspended_for", sa.String(length=32), nullable=True))
        spaces.add_column(sa.Column("overruled", sa.String(length=32), nullable=True))
        spaces.add_column(sa.Column("members_complete", sa.Boolean(), nullable=True))
        spaces.add_column(sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
        spaces.add_column(sa.Column("expires_on", sa.Date(), nullable=True))
        spaces.add_column(sa.Column("asked_on", sa.Date(), nullable=True))
    op.create_table(
        "memberships",
        sa.Column("space", sa.String(length=255), nullable=False),
        sa.Column("user_id", sa.String(length=255), nullable=False),
        sa.Column("outsider", sa.Boolean(), nullable=False),
        sa.Column("first_seen", sa.Date(), nullable=False),
        sa.Column("welcomed", sa.Boolean(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("space", "user_id", name=op.f("pk_memberships")),
    )
    op.create_index(op.f("ix_memberships_welcomed"), "memberships", ["welcomed"])
    op.create_table(
        "rounds",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_rounds")),
    )


def downgrade() -> None:
    op.drop_table("rounds")
    op.drop_index(op.f("ix_memberships_welcomed"), "memberships")
    op.drop_table("memberships")
    with op.batch_alter_table("spaces") as spaces:
        for name in reversed(NEW):
            spaces.drop_column(name)
