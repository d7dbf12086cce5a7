"""Where a room stands at this moment, as screen, remote and phones may know it: counts in steps of five only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from assessment import clock
from assessment.disclosure.rules import FEWEST
from assessment.retreat.phones import are_guessed
from assessment.slides.plan_data import from_data
from assessment.slides.steps import Plan, Step, choices
from assessment.slides.votes import Counted, counted
from assessment.storage import alliance as alliances
from assessment.storage import ballots
from assessment.storage import retreats as rows
from assessment.storage import rounds as round_rows
from assessment.storage.engine import Store
from assessment.storage.tables import Retreat, State

PRESENT_FOR = timedelta(seconds=25)
"""A screen says every ten seconds that it is there."""


@dataclass(frozen=True, slots=True)
class Now:
    """A room at one moment. `position` 0 is the lobby, n the step n of `steps`; `page` counts from 0.

    `joined`, `voted`, `answered` are rounded down to fives. `screen`: whether one is connected; `awake`: whether it
    keeps its machine awake. `guessed`: so many wrong codes are typed that nobody can join.
    """

    id: str
    alliance_id: str
    alliance: str
    round_id: str
    round_name: str
    sealed: bool
    name: str
    steps: Plan
    position: int
    page: int
    version: int
    running: bool
    ended: bool
    blank: bool
    small: bool
    dark: bool
    timer_ends_at: datetime | None
    code: str
    token: str
    revealed: bool
    counted: Counted | None
    joined: int
    voted: int
    answered: int
    screen: bool
    awake: bool
    guessed: bool

    @property
    def step(self) -> Step | None:
        """What the room looks at, None in the lobby."""
        return self.steps[self.position - 1] if 0 < self.position <= len(self.steps) else None

    @property
    def following(self) -> Step | None:
        """What comes next, None where nothing does."""
        return self.steps[self.position] if self.position < len(self.steps) else None

    @property
    def asks(self) -> bool:
        """Whether phones may vote now."""
        return self.step is not None and bool(choices(self.step)) and not self.revealed

    @property
    def answering(self) -> bool:
        """Whether the round's questions are answered in the room now."""
        return self.step is not None and self.step.kind == "answer_here" and not self.sealed


def read_now(store: Store, retreat_id: str) -> Now | None:
    """Return where a retreat stands, None where there is none of this id."""
    with store.read() as session:
        row = rows.find_retreat(session, retreat_id)
        return _now(session, row) if row else None


def _now(session: Session, row: Retreat) -> Now:
    alliance = alliances.find_alliance(session, row.alliance_id)
    round_ = round_rows.find_round(session, row.round_id)
    steps = from_data(row.plan)
    step = steps[row.position - 1] if 0 < row.position <= len(steps) else None
    kept = rows.revealed(session, row.id) if step and choices(step) else {}
    shown = step is None or not choices(step) or step.id in kept
    running = row.started_at is not None and row.ended_at is None
    seen = row.screen_seen_at is not None and row.screen_seen_at > clock.now() - PRESENT_FOR
    return Now(
        id=row.id,
        alliance_id=row.alliance_id,
        alliance=alliance.name if alliance else "",
        round_id=row.round_id,
        round_name=round_.name if round_ else "",
        sealed=round_ is not None and round_.state is State.SEALED,
        name=row.name,
        steps=steps,
        position=min(row.position, len(steps)),
        page=row.page,
        version=row.version,
        running=running,
        ended=row.ended_at is not None,
        blank=row.blank,
        small=row.small,
        dark=row.dark,
        timer_ends_at=row.timer_ends_at,
        code=row.code or "",
        token=row.screen_token or "",
        revealed=shown,
        counted=counted(step, kept[step.id]) if step and step.id in kept else None,
        joined=_fives(rows.count_phones(session, row.id)) if running else 0,
        voted=_fives(rows.count_voted(session, row.id, row.asked)) if row.asked else 0,
        answered=_fives(sum(ballots.count_sent(session, row.round_id).values())) if row.answering else 0,
        screen=running and seen,
        awake=running and seen and row.screen_awake,
        guessed=running and are_guessed(session),
    )


def _fives(count: int) -> int:
    return count // FEWEST * FEWEST
