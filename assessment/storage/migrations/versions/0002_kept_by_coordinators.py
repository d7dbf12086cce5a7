"""What coordinators keep themselves: themes and quotes of texts, wins, leaders who grew, commitments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _texts()
    _win()
    _leader()
    _commitment()


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, length=20)


def _texts() -> None:
    # No batch: a rebuilt table would get a row id, and with it an order.
    op.add_column("text", sa.Column("quote", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("text", sa.Column("kept", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "theme",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("alliance_id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["alliance_id"], ["alliance.id"], name=op.f("fk_theme_alliance_id_alliance"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("alliance_id", "name", name=op.f("uq_theme_alliance_id")),
    )
    op.create_table(
        "text_theme",
        sa.Column("text_id", sa.String(length=24), nullable=False),
        sa.Column("theme_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_text_theme_text_id_text"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_text_theme_theme_id_theme"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("text_id", "theme_id", name=op.f("pk_text_theme")),
    )


def _win() -> None:
    op.create_table(
        "win",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("alliance_id", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("won_on", sa.Date(), nullable=False),
        sa.Column("outcome", _words("outcome", "won", "partial", "brief", "reversed"), nullable=False),
        sa.Column("lasting", _words("lasting", "lasts", "unsure", "fragile"), nullable=False),
        sa.Column("climate", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["alliance_id"], ["alliance.id"], name=op.f("fk_win_alliance_id_alliance"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_win")),
    )
    op.create_index(op.f("ix_win_alliance_id"), "win", ["alliance_id"], unique=False)
    op.create_table(
        "win_organisation",
        sa.Column("win_id", sa.String(length=24), nullable=False),
        sa.Column("organisation_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_win_organisation_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["win_id"], ["win.id"], name=op.f("fk_win_organisation_win_id_win"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("win_id", "organisation_id", name=op.f("pk_win_organisation")),
    )


def _leader() -> None:
    op.create_table(
        "leader",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("alliance_id", sa.String(length=24), nullable=False),
        sa.Column("organisation_id", sa.String(length=24), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(length=80), nullable=False),
        sa.Column("post", _words("post", "staff", "volunteer"), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_leader_has_people")),
        sa.ForeignKeyConstraint(
            ["alliance_id"], ["alliance.id"], name=op.f("fk_leader_alliance_id_alliance"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_leader_organisation_id_organisation"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader")),
    )
    op.create_index(op.f("ix_leader_alliance_id"), "leader", ["alliance_id"], unique=False)


def _commitment() -> None:
    op.create_table(
        "commitment",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("alliance_id", sa.String(length=24), nullable=False),
        sa.Column("what", sa.String(length=140), nullable=False),
        sa.Column("organisation_id", sa.String(length=24), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(length=80), nullable=True),
        sa.Column("round_id", sa.String(length=24), nullable=True),
        sa.Column("state", _words("promise", "open", "kept", "dropped"), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alliance_id"], ["alliance.id"], name=op.f("fk_commitment_alliance_id_alliance"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_commitment_organisation_id_organisation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_commitment_round_id_round"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    op.create_index(op.f("ix_commitment_alliance_id"), "commitment", ["alliance_id"], unique=False)
