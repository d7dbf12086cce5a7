"""Tables of the room: a retreat and where it stands, its phones, their votes while hidden, counts once revealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from assessment.storage.columns import Base, Id, new_id

StepKey = String(20)


class Retreat(Base):
    """A retreat: what it will look at (`plan`), and where it stands. Position 0 is the lobby, n the plan's step n.

    `version` counts up with every act that changes what is shown: whoever acts says which one they saw. `code` (typed
    from the screen) and `screen_token` (the screen's address) stand while it runs; the token is kept as it is, because
    a second screen needs it again, and it opens nothing that the database does not show anyway. `asked`: the step on
    which phones vote now, with so many `options`; `answering`: whether the code opens the round's questionnaire now.
    """

    __tablename__ = "retreat"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id", ondelete="CASCADE"), index=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    plan: Mapped[dict[str, Any]]
    position: Mapped[int] = mapped_column(default=0)
    page: Mapped[int] = mapped_column(default=0)
    blank: Mapped[bool] = mapped_column(default=False, server_default=false())
    small: Mapped[bool] = mapped_column(default=False, server_default=false())
    dark: Mapped[bool] = mapped_column(default=False, server_default=false())
    timer_ends_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)
    answering: Mapped[bool] = mapped_column(default=False, server_default=false())
    asked: Mapped[str | None] = mapped_column(StepKey)
    options: Mapped[int] = mapped_column(default=0)
    code: Mapped[str | None] = mapped_column(String(6), unique=True)
    screen_token: Mapped[str | None] = mapped_column(String(26), unique=True)
    screen_seen_at: Mapped[datetime | None]
    screen_awake: Mapped[bool] = mapped_column(default=False, server_default=false())
    made_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    acted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class RetreatCommitment(Base):
    """A commitment that was typed in a retreat."""

    __tablename__ = "retreat_commitment"

    retreat_id: Mapped[str] = mapped_column(ForeignKey("retreat.id", ondelete="CASCADE"), primary_key=True)
    commitment_id: Mapped[str] = mapped_column(ForeignKey("commitment.id", ondelete="CASCADE"), primary_key=True)


class Poll(Base):
    """What a step's votes came to once it was revealed, merged; the votes are gone then."""

    __tablename__ = "poll"

    retreat_id: Mapped[str] = mapped_column(ForeignKey("retreat.id", ondelete="CASCADE"), primary_key=True)
    step_key: Mapped[str] = mapped_column(StepKey, primary_key=True)
    counts: Mapped[dict[str, Any]]


class Phone(Base):
    """A phone that joined: the hash of a random key, until the retreat ends. No row id, no time, no device."""

    __tablename__ = "phone"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    retreat_id: Mapped[str] = mapped_column(ForeignKey("retreat.id", ondelete="CASCADE"), index=True)


class PollVote(Base):
    """The one vote of a phone on a step, until it is revealed: `choice` counts from 0."""

    __tablename__ = "poll_vote"
    __table_args__ = ({"sqlite_with_rowid": False},)

    phone_hash: Mapped[bytes] = mapped_column(ForeignKey("phone.key_hash", ondelete="CASCADE"), primary_key=True)
    step_key: Mapped[str] = mapped_column(StepKey, primary_key=True)
    retreat_id: Mapped[str] = mapped_column(ForeignKey("retreat.id", ondelete="CASCADE"), index=True)
    choice: Mapped[int]
