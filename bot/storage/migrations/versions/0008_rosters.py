"""Class lists, and when a group was looked at for who is missing."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "classes",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_classes")),
    )
    op.create_table(
        "class_pupils",
        sa.Column("class_name", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_name"], ["classes.name"], name=op.f("fk_class_pupils_class_name_classes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("class_name", "email", name=op.f("pk_class_pupils")),
    )
    op.create_index(op.f("ix_class_pupils_email"), "class_pupils", ["email"], unique=False)
    op.create_table(
        "class_looks",
        sa.Column("space", sa.String(length=255), nullable=False),
        sa.Column("again_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("space", name=op.f("pk_class_looks")),
    )


def downgrade() -> None:
    op.drop_table("class_looks")
    op.drop_index(op.f("ix_class_pupils_email"), table_name="class_pupils")
    op.drop_table("class_pupils")
    op.drop_table("classes")
