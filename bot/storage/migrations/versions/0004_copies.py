"""A grant may be a copy without the story; deliveries are found by what they are about."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("grants") as grants:
        grants.add_column(sa.Column("sees_story", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("grants") as grants:
        grants.alter_column("sees_story", server_default=None)
    op.create_index(op.f("ix_deliveries_subject"), "deliveries", ["subject"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_deliveries_subject"), table_name="deliveries")
    with op.batch_alter_table("grants") as grants:
        grants.drop_column("sees_story")
