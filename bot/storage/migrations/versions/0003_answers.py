"""What stands beside answers: half an hour of memory for follow-up questions, counts per week, and opinions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_counts",
        sa.Column("article", sa.String(length=32), nullable=False),
        sa.Column("week", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("article", "week", "kind", name=op.f("pk_article_counts")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_article_counts_until"), "article_counts", ["until"], unique=False)

    op.create_table(
        "opinions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("article", sa.String(length=32), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("missed", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinions")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_opinions_until"), "opinions", ["until"], unique=False)

    op.create_table(
        "question_memory",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("codes", sa.String(length=64), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_question_memory")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_question_memory_until"), "question_memory", ["until"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_question_memory_until"), table_name="question_memory")

    op.drop_table("question_memory")
    op.drop_index(op.f("ix_opinions_until"), table_name="opinions")

    op.drop_table("opinions")
    op.drop_index(op.f("ix_article_counts_until"), table_name="article_counts")

    op.drop_table("article_counts")
