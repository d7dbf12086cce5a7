"""Small ballots: round and organisation by the number of a box, keys and codes by half of their digest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_PLACES = (
    "SELECT round_id, organisation_id FROM ballot UNION SELECT round_id, organisation_id FROM code UNION "
    "SELECT roster.round_id, organisation_id FROM roster JOIN round ON round.id = round_id WHERE state = 'open' UNION "
    "SELECT id, CAST(NULL AS VARCHAR) FROM round WHERE state = 'open'"
)
_OWN_BOX = (
    "JOIN ballot_box ON ballot_box.round_id = old.round_id AND "
    "coalesce(ballot_box.organisation_id, '') = coalesce(old.organisation_id, '')"
)


def upgrade() -> None:
    _boxes()
    for table in ("ballot", "code"):
        op.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    _forget_old_names()
    _code()
    _ballot()
    # What an open round holds goes on under the same keys. The files are cleaned of the rest at the next start.
    op.execute(
        "UPDATE instance SET purge_due = true "
        "WHERE EXISTS (SELECT 1 FROM old_code) OR EXISTS (SELECT 1 FROM old_ballot)"
    )
    for table in ("ballot", "code"):
        op.drop_table(f"old_{table}")


def _boxes() -> None:
    op.create_table(
        "ballot_box",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("round_id", sa.String(length=24), nullable=False),
        sa.Column("organisation_id", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_ballot_box_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_ballot_box_round_id_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ballot_box")),
    )
    op.create_index(op.f("ix_ballot_box_round_id"), "ballot_box", ["round_id"], unique=False)
    op.execute(
        "INSERT INTO ballot_box (number, round_id, organisation_id) SELECT row_number() OVER "  # noqa: S608 - our own
        f"(ORDER BY round_id, coalesce(organisation_id, '')), round_id, organisation_id FROM ({_PLACES}) AS places"
    )


def _forget_old_names() -> None:
    """Free the names of indexes and keys for the new tables."""
    op.drop_index("ix_ballot_round", table_name="old_ballot")
    op.drop_index("ix_code_round_id", table_name="old_code")
    if op.get_context().dialect.name != "sqlite":
        for table in ("ballot", "code"):
            op.execute(f"ALTER TABLE old_{table} RENAME CONSTRAINT pk_{table} TO pk_old_{table}")


def _code() -> None:
    op.create_table(
        "code",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("box", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats > 0", name=op.f("ck_code_has_seats")),
        sa.ForeignKeyConstraint(
            ["box"], ["ballot_box.number"], name=op.f("fk_code_box_ballot_box"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_code")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO code (code_hash, box, seats) SELECT substr(code_hash, 1, 16), number, seats "  # noqa: S608
        f"FROM old_code AS old {_OWN_BOX} ORDER BY code_hash"
    )
    _index("ix_code_box", "code", ["box"])


def _ballot() -> None:
    op.create_table(
        "ballot",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("only_total", sa.Boolean(), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("box", sa.Integer(), nullable=False),
        sa.Column("revisions", sa.LargeBinary(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["box"], ["ballot_box.number"], name=op.f("fk_ballot_box_ballot_box"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_ballot")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO ballot (key_hash, only_total, sent, box, revisions, answers, texts) "  # noqa: S608
        "SELECT substr(key_hash, 1, 16), only_total, sent, number, revisions, answers, texts "
        f"FROM old_ballot AS old {_OWN_BOX} ORDER BY key_hash"
    )
    _index("ix_ballot_box", "ballot", ["box", "sent"])


def _index(name: str, table: str, columns: list[str]) -> None:
    if op.get_context().dialect.name != "sqlite":
        op.create_index(name, table, columns, unique=False)
