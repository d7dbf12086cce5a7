"""The room: retreats, phones, votes while they are hidden, counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _retreats()
    op.create_table(
        "phone",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("retreat_id", sa.String(length=24), nullable=False),
        _of_retreat("phone"),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_phone")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_phone_retreat_id"), "phone", ["retreat_id"])
    op.create_table(
        "poll",
        sa.Column("retreat_id", sa.String(length=24), nullable=False),
        sa.Column("step_key", sa.String(length=20), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        _of_retreat("poll"),
        sa.PrimaryKeyConstraint("retreat_id", "step_key", name=op.f("pk_poll")),
    )
    op.create_table(
        "poll_vote",
        sa.Column("phone_hash", sa.LargeBinary(), nullable=False),
        sa.Column("step_key", sa.String(length=20), nullable=False),
        sa.Column("retreat_id", sa.String(length=24), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["phone_hash"], ["phone.key_hash"], name=op.f("fk_poll_vote_phone_hash_phone"), ondelete="CASCADE"
        ),
        _of_retreat("poll_vote"),
        sa.PrimaryKeyConstraint("phone_hash", "step_key", name=op.f("pk_poll_vote")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_poll_vote_retreat_id"), "poll_vote", ["retreat_id"])


def _retreats() -> None:
    flags = ("blank", "small", "dark", "answering", "screen_awake")
    moments = ("timer_ends_at", "screen_seen_at", "started_at", "acted_at", "ended_at")
    op.create_table(
        "retreat",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("alliance_id", sa.String(length=24), nullable=False),
        sa.Column("round_id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String(length=20), nullable=True),
        sa.Column("options", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()) for name in flags),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in moments),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=True),
        sa.Column("screen_token", sa.String(length=26), nullable=True),
        sa.ForeignKeyConstraint(
            ["alliance_id"], ["alliance.id"], name=op.f("fk_retreat_alliance_id_alliance"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_retreat_round_id_round"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retreat")),
        sa.UniqueConstraint("code", name=op.f("uq_retreat_code")),
        sa.UniqueConstraint("screen_token", name=op.f("uq_retreat_screen_token")),
    )
    op.create_index(op.f("ix_retreat_alliance_id"), "retreat", ["alliance_id"])
    op.create_index(op.f("ix_retreat_round_id"), "retreat", ["round_id"])
    op.create_table(
        "retreat_commitment",
        sa.Column("retreat_id", sa.String(length=24), nullable=False),
        sa.Column("commitment_id", sa.String(length=24), nullable=False),
        _of_retreat("retreat_commitment"),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name=op.f("fk_retreat_commitment_commitment_id_commitment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("retreat_id", "commitment_id", name=op.f("pk_retreat_commitment")),
    )


def _of_retreat(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_retreat_id_retreat")
    return sa.ForeignKeyConstraint(["retreat_id"], ["retreat.id"], name=name, ondelete="CASCADE")
