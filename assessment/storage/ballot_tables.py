"""What an open round holds of people: codes that let somebody begin, and ballots. Both go when it is sealed.

Neither holds a time, nor an id in the order in which people came. There is a row for everybody, so that sizes count.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assessment.storage.columns import Base

ON_POSTGRESQL = {"dialect": "postgresql"}
"""Marks an index that SQLite has not: there it would repeat the key of every ballot, and a file with a hundred thousand
of them is walked through in some hundredths of a second. PostgreSQL names a box once for many rows. What it costs: to
delete a box SQLite walks through the ballots of all other rounds: 7 s for 300 boxes beside 100,000 open ballots."""


class BallotBox(Base):
    """Where ballots lie together: a round and an organisation, or a round and none. Each is named once, here.

    All boxes of a round are made at once, in the order of its organisations' ids: their numbers tell nothing of who
    came first.
    """

    __tablename__ = "ballot_box"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))


class Code(Base):
    """What lets somebody start a ballot. No row id: its order of creation would tell who came when."""

    __tablename__ = "code"
    __table_args__ = (
        CheckConstraint("seats > 0", name="has_seats"),
        Index("ix_code_box", "box", info=ON_POSTGRESQL),
        {"sqlite_with_rowid": False},
    )

    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    box: Mapped[int] = mapped_column(ForeignKey("ballot_box.number", ondelete="CASCADE"))
    seats: Mapped[int]
    lies_in: Mapped[BallotBox] = relationship(lazy="joined", innerjoin=True, viewonly=True)


class Ballot(Base):
    """One person's answers while the round is open: no person, no time, no device, no language.

    `answers` is a byte a coded question in the order of the round's snapshot (0 none, 1..n, 255 can't say);
    `revisions` a byte a section (counting up, 255 wraps to 1), so that a stale save can be told from a repeated one;
    `texts` the written answers by question id. Only sent ballots count. The code that started it is nowhere.
    `key_hash` and a code's are `tokens.short_digest`. In this order of columns PostgreSQL pads nothing.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        Index("ix_ballot_box", "box", "sent", info=ON_POSTGRESQL),
        {"sqlite_with_rowid": False},
    )

    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    only_total: Mapped[bool] = mapped_column(default=False)
    sent: Mapped[bool] = mapped_column(default=False)
    box: Mapped[int] = mapped_column(ForeignKey("ballot_box.number", ondelete="CASCADE"))
    revisions: Mapped[bytes]
    answers: Mapped[bytes]
    texts: Mapped[dict[str, Any]]
    lies_in: Mapped[BallotBox] = relationship(lazy="joined", innerjoin=True, viewonly=True)
