"""Tables of what coordinators keep: written answers and themes, wins, leaders who grew, commitments, links."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from assessment.storage.columns import Base, Id, Lasting, Outcome, Post, Promise, TextState, new_id


class Written(Base):
    """A written answer of a sealed round, torn from its ballot: a fresh random id, no language, no time.

    `quote`: chosen for the retreat. `kept`: on purpose, beyond the 90 days for which shown texts stay.
    """

    __tablename__ = "text"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[str] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[TextState] = mapped_column(default=TextState.WAITING)
    quote: Mapped[bool] = mapped_column(default=False, server_default=false())
    kept: Mapped[bool] = mapped_column(default=False, server_default=false())


class Theme(Base):
    """An entry of the alliance's short codebook: what a written answer is about."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("alliance_id", "name"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))


class TextTheme(Base):
    """A theme that somebody heard in a written answer."""

    __tablename__ = "text_theme"

    text_id: Mapped[str] = mapped_column(ForeignKey("text.id", ondelete="CASCADE"), primary_key=True)
    theme_id: Mapped[str] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True)


class Win(Base):
    """Something the alliance fought for and how it came out; `climate`: what it changed in how people see it."""

    __tablename__ = "win"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    on: Mapped[date] = mapped_column("won_on")
    outcome: Mapped[Outcome]
    lasting: Mapped[Lasting]
    climate: Mapped[str | None] = mapped_column(String(300))


class WinOrganisation(Base):
    """An organisation that a win belongs to."""

    __tablename__ = "win_organisation"

    win_id: Mapped[str] = mapped_column(ForeignKey("win.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)


class Leader(Base):
    """How many people grew into a skill: never who. `organisation_id` NULL: of several or none."""

    __tablename__ = "leader"
    __table_args__ = (CheckConstraint("people > 0", name="has_people"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))
    on: Mapped[date] = mapped_column("noted_on")
    people: Mapped[int]
    skill: Mapped[str] = mapped_column(String(80))
    post: Mapped[Post]


class Commitment(Base):
    """What the alliance said it would do.

    `organisation_id` owns it, NULL: everybody. `measure` is what it should move, as it was in the round `since`.
    """

    __tablename__ = "commitment"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(String(140))
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))
    made_on: Mapped[date]
    due_on: Mapped[date]
    measure: Mapped[str | None] = mapped_column(String(80))
    since: Mapped[str | None] = mapped_column("round_id", ForeignKey("round.id", ondelete="SET NULL"))
    state: Mapped[Promise] = mapped_column(default=Promise.OPEN)
    closed_on: Mapped[date | None]


class ResultsLink(Base):
    """The one address at which members read the results of a sealed round: only its hash; withdrawn is gone."""

    __tablename__ = "results_link"

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    made_at: Mapped[datetime]


class OwnTitle(Base):
    """A title that coordinators wrote over a computed one; `place` names the chart."""

    __tablename__ = "own_title"

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[str] = mapped_column(String(40), primary_key=True)
    words: Mapped[str] = mapped_column(String(200))
