"""Every table of an instance, typed. What a row may hold is decided in the design on disclosure.

Ids in addresses are random, moments are UTC. No table holds a participant; neither a code nor a ballot holds a time.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assessment.disclosure.rules import Attribution, Breakdown, Lens, Protection
from assessment.storage.ballot_tables import Ballot, BallotBox, Code
from assessment.storage.columns import Base, Id, Role, State, TextState, new_id
from assessment.storage.kept_tables import Commitment, Leader, TextTheme, Theme, Win, WinOrganisation, Written
from assessment.storage.room_tables import Phone, Poll, PollVote, Retreat, RetreatCommitment

__all__ = [
    "Ballot",
    "BallotBox",
    "Base",
    "Code",
    "Commitment",
    "Leader",
    "Phone",
    "Poll",
    "PollVote",
    "Retreat",
    "RetreatCommitment",
    "Role",
    "State",
    "TextState",
    "TextTheme",
    "Theme",
    "Win",
    "WinOrganisation",
    "Written",
]


class Instance(Base):
    """One row: what this installation is.

    `setup_hash` is the hash of the one-time set-up link, NULL once used. `purge_due` stands from the moment ballots
    are deleted until the database's files were cleaned of them too: a crash in between is made good at the next start.
    """

    __tablename__ = "instance"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sample: Mapped[bool] = mapped_column(default=False)
    sample_code: Mapped[str | None] = mapped_column(String(40))
    setup_hash: Mapped[bytes | None]
    purge_due: Mapped[bool] = mapped_column(default=False)


class Alliance(Base):
    __tablename__ = "alliance"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(10), default="en")
    created_at: Mapped[datetime]


class Organisation(Base):
    """A member of the alliance. `headcount`: people who may be asked to answer, NULL where nobody knows."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("alliance_id", "name"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    short_name: Mapped[str] = mapped_column(String(24))
    sector: Mapped[str | None] = mapped_column(String(60))
    chapter: Mapped[str | None] = mapped_column(String(60))
    headcount: Mapped[int | None]
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]


class Account(Base):
    """Somebody who may sign in: a coordinator, an owner, a viewer, a reader. Never a participant."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class Membership(Base):
    __tablename__ = "membership"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role]
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))


class SignIn(Base):
    """A server-side session: the cookie holds a random token, this row only its hash."""

    __tablename__ = "sign_in"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]


class KnownBrowser(Base):
    """A browser in which somebody signed in before: others' wrong guesses do not lock it out."""

    __tablename__ = "known_browser"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]


class Guess(Base):
    """Wrong passwords in the current window, by the hash of what they were tried on; no address of anybody."""

    __tablename__ = "guess"

    subject: Mapped[bytes] = mapped_column(primary_key=True)
    failures: Mapped[int]
    since: Mapped[datetime] = mapped_column(index=True)


class Round(Base):
    """One asking of the alliance. Everything that promises rest on is fixed when it opens."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("alliance_id", "name"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    short_form: Mapped[bool] = mapped_column(default=False)
    languages: Mapped[list[str]]
    questionnaire: Mapped[str] = mapped_column(Text)
    questionnaire_hash: Mapped[str] = mapped_column(String(64))
    k: Mapped[int] = mapped_column(default=5)
    k_text: Mapped[int] = mapped_column(default=10)
    protection: Mapped[Protection] = mapped_column(default=Protection.GUARDED)
    attribution: Mapped[Attribution] = mapped_column(default=Attribution.ALLIANCE)
    breakdown: Mapped[Breakdown] = mapped_column(default=Breakdown.NONE)
    lens: Mapped[Lens] = mapped_column(default=Lens.PEOPLE)
    phase: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    ends_on: Mapped[date | None]
    sealed_at: Mapped[datetime | None]


class RosterEntry(Base):
    """Who was asked: an organisation and its headcount as they were when the round opened."""

    __tablename__ = "roster"

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    chapter: Mapped[str | None] = mapped_column(String(60))
    headcount: Mapped[int | None]


class Release(Base):
    """The immutable published results of a sealed round; `facts` is its header, `rules` what it was made with."""

    __tablename__ = "release"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), unique=True)
    sealed_at: Mapped[datetime]
    rules: Mapped[dict[str, Any]]
    facts: Mapped[dict[str, Any]]


class Result(Base):
    """What may be shown of one measure for one group, or why not."""

    __tablename__ = "result"

    release_id: Mapped[str] = mapped_column(ForeignKey("release.id", ondelete="CASCADE"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", String(60), primary_key=True)
    measure: Mapped[str] = mapped_column(String(80), primary_key=True)
    shown: Mapped[dict[str, Any]]


class Statistic(Base):
    """Exact sums of publishable groups, to judge later rounds by. Read while sealing only, by no screen.

    `total` and `squares` are integers in units of 1/`unit` of a point (squares in 1/unit²), so that no order of
    adding can change a digit.
    """

    __tablename__ = "statistic"

    release_id: Mapped[str] = mapped_column(ForeignKey("release.id", ondelete="CASCADE"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", String(60), primary_key=True)
    measure: Mapped[str] = mapped_column(String(80), primary_key=True)
    n: Mapped[int]
    invited: Mapped[int | None]
    unit: Mapped[int]
    total: Mapped[int] = mapped_column(BigInteger)
    squares: Mapped[int] = mapped_column(BigInteger)


class Audit(Base):
    """What coordinators did, never what members did."""

    __tablename__ = "audit"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    act: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200))
