"""Where a retreat stands: what follows from its position for phones, and that everybody learns of it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from assessment import clock
from assessment.slides.plan_data import from_data
from assessment.slides.steps import Kind, Step, choices
from assessment.storage import retreats as rows
from assessment.storage.tables import Retreat


def present(row: Retreat) -> Step | None:
    """Return the step that the room looks at, None in the lobby."""
    steps = from_data(row.plan)
    return steps[row.position - 1] if 0 < row.position <= len(steps) else None


def stand(session: Session, row: Retreat) -> None:
    """Fit what phones may do to where a retreat stands now, and count its version up."""
    step, runs = present(row), row.started_at is not None and row.ended_at is None
    offered = choices(step) if step and runs else ()
    asks = bool(step and offered and step.id not in rows.revealed(session, row.id))
    row.asked, row.options = (step.id, len(offered)) if step and asks else (None, 0)
    row.answering = bool(runs and step and step.kind is Kind.ANSWER_HERE)
    row.version += 1
    row.acted_at = clock.now()
    session.flush()
