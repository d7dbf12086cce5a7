"""What screens receive about retreats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assessment.alliance.commitments import CommitmentView
from assessment.alliance.values import Person, Role
from assessment.disclosure.rules import FEWEST
from assessment.errors import TendError
from assessment.slides.plan_data import from_data
from assessment.slides.steps import Plan
from assessment.slides.votes import Counted
from assessment.storage.tables import Retreat, Round, State

LEADERS = (Role.OWNER, Role.COORDINATOR)


class RetreatError(TendError):
    """Say why something cannot be done with a retreat in its present state."""

    http_status = 409


class NoRetreat(RetreatError):
    """Say that there is no such retreat, or that it is not theirs: the same for both."""

    http_status = 404

    def __init__(self) -> None:
        super().__init__("There is no such retreat. Look at the list of retreats.")


@dataclass(frozen=True, slots=True)
class RetreatView:
    """A retreat as screens see it. `code` and `screen` (the token of the screen's address) are there while it runs."""

    id: str
    alliance_id: str
    round_id: str
    round_name: str
    round_sealed: bool
    name: str
    steps: Plan
    position: int
    made_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    code: str | None
    screen: str | None

    @property
    def running(self) -> bool:
        """Whether it was started and not ended."""
        return self.started_at is not None and self.ended_at is None


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of a retreat: its steps, the counts of those that phones voted on by their ids, commitments."""

    view: RetreatView
    polls: Mapping[str, Counted]
    commitments: tuple[CommitmentView, ...]


def view(row: Retreat, round_: Round) -> RetreatView:
    """Return a retreat as screens see it."""
    return RetreatView(
        row.id,
        row.alliance_id,
        row.round_id,
        round_.name,
        round_.state is State.SEALED,
        row.name,
        from_data(row.plan),
        row.position,
        row.made_at,
        row.started_at,
        row.ended_at,
        row.code,
        row.screen_token,
    )


def may_lead(person: Person | None, row: Retreat | None) -> bool:
    """Tell whether somebody plans and leads a retreat: owners and coordinators of its alliance."""
    return person is not None and row is not None and person.role in LEADERS and person.alliance_id == row.alliance_id


def in_fives(count: int, done: str) -> str:
    """Say how many did something without telling more than rule R12 lets be told.

    >>> in_fives(0, "have joined"), in_fives(4, "have joined"), in_fives(14, "have voted")
    ('Fewer than 5 have joined', 'Fewer than 5 have joined', 'At least 10 have voted')
    """
    return f"At least {count // FEWEST * FEWEST:,} {done}" if count >= FEWEST else f"Fewer than {FEWEST} {done}"
