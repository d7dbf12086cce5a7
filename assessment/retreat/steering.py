"""What leaders of a retreat do in the room: step, reveal, blank, jump, set a timer, promise, seal.

Every act says which version of the room its leader saw: two remotes never step twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from assessment import clock
from assessment.alliance import commitments
from assessment.alliance.commitments import CommitmentDraft
from assessment.alliance.values import Person
from assessment.retreat.plans import commitments_of
from assessment.retreat.values import NoRetreat, RetreatError, may_lead
from assessment.retreat.where import present, stand
from assessment.slides.plan_data import from_data, to_data
from assessment.slides.step_faults import plan_faults
from assessment.slides.steps import Kind, Plan
from assessment.slides.votes import merged
from assessment.storage import retreats as rows
from assessment.storage.engine import Store
from assessment.storage.tables import Retreat
from assessment.storage.together import together

LONGEST_TIMER = 180
"""Minutes."""


class Overtaken(RetreatError):
    """Say that somebody else moved the room since this remote saw it."""

    def __init__(self) -> None:
        super().__init__("Somebody else has just moved the room. This is where it stands now.")


@dataclass(frozen=True, slots=True)
class Steering:
    """One act on a running retreat by a leader who saw it at `seen`.

    Each raises NoRetreat, RetreatError where it does not run, Overtaken where the room has moved since.
    """

    store: Store
    retreat_id: str
    person: Person
    seen: int

    def next(self, pages: int = 1) -> None:
        """Go on: to the next page of a step that takes `pages` screens, else to the next step."""
        with self._act() as (session, row):
            if row.page + 1 < pages:
                row.page += 1
                stand(session, row)
            else:
                _go(session, row, row.position + 1)

    def back(self) -> None:
        """Go back: to the page before, else to the step before."""
        with self._act() as (session, row):
            if row.page:
                row.page -= 1
                stand(session, row)
            else:
                _go(session, row, row.position - 1)

    def jump(self, position: int) -> None:
        """Go to a step of the plan, 0 is the lobby."""
        with self._act() as (session, row):
            _go(session, row, position)

    def reveal(self) -> None:
        """Count the votes of the present step, keep the merged counts, delete the votes; all of it or nothing."""
        with self._act() as (session, row):
            step = present(row)
            if step is None or row.asked != step.id:
                raise RetreatError("There is nothing to reveal here.")
            votes = rows.take_votes(session, row.id, step.id, row.options)
            rows.put_counts(session, row.id, step.id, merged(step, votes))
            row.blank = False
            stand(session, row)

    def blank(self, on: bool) -> None:
        """Hide what the screen shows, or show it again."""
        self._set(lambda row: setattr(row, "blank", on))

    def size(self, small: bool) -> None:
        """Draw for a small room or for a big one."""
        self._set(lambda row: setattr(row, "small", small))

    def light(self, dark: bool) -> None:
        """Draw light on dark, or dark on light."""
        self._set(lambda row: setattr(row, "dark", dark))

    def timer(self, minutes: int) -> None:
        """Count down so many minutes on the screen; 0 takes the timer away."""
        if not 0 <= minutes <= LONGEST_TIMER:
            raise RetreatError(f"A timer runs for {LONGEST_TIMER} minutes at most.")
        ends = clock.now() + timedelta(minutes=minutes) if minutes else None
        self._set(lambda row: setattr(row, "timer_ends_at", ends))

    def promise(self, draft: CommitmentDraft) -> None:
        """Add a commitment to the alliance's, and show it in the room; raise FieldFaults too.

        The same one again changes nothing: a button is pressed twice, a step on a bad network is sent twice.
        """
        with together(self.store) as joined, joined.write() as session:
            row = self._found(session)
            if any(one.promise == draft for one in commitments_of(joined, row.alliance_id, row.id)):
                return
            made = commitments.add(joined, row.alliance_id, draft, by=self.person.account_id)
            rows.add_commitment(session, row.id, made)
            stand(session, row)

    def append(self, more: object) -> None:
        """Put steps of another plan (`to_data`) behind the present one: results, once a round was sealed here.

        As many as one retreat may have; whatever version was seen, for the round is sealed already.
        """
        with self.store.write() as session:
            row = self._found(session)
            steps = from_data(row.plan)
            known = {step.id for step in steps}
            added: Plan = ()
            for step in from_data(more):
                fits = not plan_faults((*steps, *added, step))
                if fits and step.id not in known and step.kind is not Kind.ANSWER_HERE:
                    added = (*added, step)
            row.plan = to_data((*steps[: row.position], *added, *steps[row.position :]))
            stand(session, row)

    def _set(self, change: Callable[[Retreat], None]) -> None:
        with self._act() as (session, row):
            change(row)
            stand(session, row)

    @contextmanager
    def _act(self) -> Iterator[tuple[Session, Retreat]]:
        with self.store.write() as session:
            row = self._found(session)
            if row.version != self.seen:
                raise Overtaken
            yield session, row

    def _found(self, session: Session) -> Retreat:
        row = rows.lock_retreat(session, self.retreat_id)
        if row is None or not may_lead(self.person, row):
            raise NoRetreat
        if row.started_at is None or row.ended_at is not None:
            raise RetreatError("This retreat is not running. Start it on the page of retreats.")
        return row


def _go(session: Session, row: Retreat, position: int) -> None:
    steps = from_data(row.plan)
    if not 0 <= position <= len(steps):
        raise RetreatError("There is no step beyond this one.")
    row.position, row.page, row.blank, row.timer_ends_at = position, 0, False, None
    step = present(row)
    if step is not None and step.kind is Kind.PAUSE and step.minutes:
        row.timer_ends_at = clock.now() + timedelta(minutes=step.minutes)
    stand(session, row)
