"""Columns of one question on their way out: planned, counted, merged, or withheld with a reason (R10, R11b)."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.disclosure.changes import no_new_columns
from assessment.disclosure.columns import Counted, columns, dont_know_share
from assessment.disclosure.exact import Earlier
from assessment.disclosure.planner import Plan
from assessment.disclosure.rules import Protection
from assessment.disclosure.tally import Tally
from assessment.disclosure.values import Columns, Withheld
from assessment.questionnaire.measures import Measure


def columns_of(
    tally: Tally, measure: Measure, plan: Plan, earlier: Sequence[Earlier]
) -> tuple[Columns | None, Withheld | None]:
    """Return a question's columns, or why they are not shown; composites have neither."""
    if measure.kind != "question":
        return None, None
    if plan.people is not None:
        return None, plan.people
    counted = counted_of(tally, measure)
    found = columns(counted.counts, measure.choice, tally.rules.protection)
    if found is None:
        return None, Withheld.COLUMNS
    if tally.rules.protection is Protection.GUARDED and no_new_columns(
        tally.questionnaire, measure, counted, earlier, tally.rules.k
    ):
        return None, Withheld.PROTECTED
    return Columns(found, dont_know_share(counted.dont_know, counted.people)), None


def counted_of(tally: Tally, measure: Measure) -> Counted:
    """Return the exact counts of one question over the whole alliance."""
    place = tally.counts.position[measure.id]
    counts = tally.counts.counts[0, place, : measure.points]
    return Counted(tuple(int(n) for n in counts), int(tally.counts.dont_know[0, place]))
