"""The gap between a reading's two axes on its way out: the shown averages' difference, and the paired spread (R17).

Nothing is published of it that the two averages do not tell but, from 50 people on, how far people's own gaps lie
apart. What that can give away is what any spread can: that all are alike, or that they stand at the ends.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from assessment.disclosure.averages import bounded_spread, fixed_spread, largest_spread
from assessment.disclosure.drafting import Draft, Drafting
from assessment.disclosure.exact import Earlier
from assessment.disclosure.people import band, enough, lowest, own_spread
from assessment.disclosure.rules import Lens
from assessment.disclosure.tally import Tally
from assessment.disclosure.values import Average, Gap
from assessment.questionnaire.measures import Measure
from assessment.statistics.scoring import MISSING
from assessment.statistics.success import gap_interval

AXES = 2
TENTH = 10


def gaps_of(drafting: Drafting, earlier: Sequence[Earlier]) -> tuple[Gap, ...]:
    """Return the gap of every reading with two axes, both shown exactly; nothing for the others."""
    found = (_gap(drafting, earlier, reading, *pair) for reading, pair in _pairs(drafting.tally))
    return tuple(gap for gap in found if gap is not None)


def _pairs(tally: Tally) -> Iterator[tuple[str, tuple[Measure, Measure]]]:
    for reading in tally.questionnaire.readings:
        axes = [m for m in tally.measures if m.kind == "axis" and m.id.startswith(f"{reading.key}/")]
        if len(axes) == AXES:
            yield reading.key, (axes[0], axes[1])


def _gap(drafting: Drafting, earlier: Sequence[Earlier], reading: str, first: Measure, second: Measure) -> Gap | None:
    tally, by_people = drafting.tally, drafting.tally.rules.voice is Lens.PEOPLE
    headline = drafting.people if by_people else drafting.organisations
    drafts = headline[first.id], headline[second.id]
    one, other = (draft.average for draft in drafts)
    own = _own(tally, first, second)
    if one is None or other is None or {one.bound, other.bound} != {"exact"} or not enough(own.n, tally.rules.k):
        return None
    points, value = first.points, float(_tenths(one) - _tenths(other))
    spread = fixed_spread(points, composite=True)
    if by_people and own_spread(own.n) and not any(draft.from_questions for draft in drafts):
        spread = _spread(own, earlier, drafts, (first, second), value)
    voices = lowest(band(own.n)) if by_people else tally.who(first).by_organisation.voices
    invited = tally.whole.invited[0] if by_people else len(tally.answers.roster)
    low, high = gap_interval(voices, value, spread, invited, points)
    return Gap(reading, first.id, second.id, band(own.n), value, spread, (round(low, 2), round(high, 2)))


def _tenths(average: Average) -> Fraction:
    return Fraction(round(average.value * TENTH), TENTH)


def _spread(
    own: Own, earlier: Sequence[Earlier], drafts: Sequence[Draft], axes: tuple[Measure, Measure], value: float
) -> float:
    """Return the spread of people's own gaps; where an average is repeated from a round, the spread of that round.

    Averages within one person's move would otherwise stand beside spreads that are not.
    """
    points = axes[0].points
    repeats = {draft.repeats for draft in drafts}
    if repeats != {None}:
        rounds = [e.release for e in earlier if {e.release.facts.round_id} == repeats]
        before = [g for r in rounds for g in r.gaps if (g.first, g.second) == (axes[0].id, axes[1].id)]
        return before[0].spread if before else fixed_spread(points, composite=True)
    largest = sum(largest_spread(d.average.value, points) for d in drafts if d.average is not None)
    return bounded_spread(own.deviation, own.n, points - 1 + abs(value), largest)


class Own(NamedTuple):
    """How many have a gap of their own, and its standard deviation between them."""

    n: int
    deviation: float


def _own(tally: Tally, first: Measure, second: Measure) -> Own:
    """Compute people's own gaps from exact sums: the same digits for any order of the ballots."""
    units = [tally.scores.units[tally.scores.position[m.id]] for m in (first, second)]
    scores = np.stack([tally.scores.column(m.id) for m in (first, second)], axis=1).astype(np.int64)
    unit = math.lcm(*units)
    gaps = scores[(scores != MISSING).all(axis=1)] @ [unit // units[0], -unit // units[1]]
    n, total, squares = len(gaps), int(gaps.sum()), int((gaps * gaps).sum())
    return Own(n, math.sqrt((n * squares - total * total) / (n * (n - 1))) / unit if n > 1 else 0.0)
