"""What may be said about change: judged on exact totals, never where one person's move could show (R11).

Of an average whose end is coded a comparison knows only that: two rounds then differ by the least that they can.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from assessment.disclosure.averages import fixed_spread, held
from assessment.disclosure.columns import Counted
from assessment.disclosure.exact import Earlier, Statistic, comparable
from assessment.disclosure.people import SEVERAL
from assessment.disclosure.values import Average, Change, Column, Verdict
from assessment.questionnaire.measures import Measure
from assessment.questionnaire.values import Questionnaire
from assessment.statistics import change as statistics
from assessment.statistics.values import Summary

STORED = Fraction(1, 100_000)
"""Averages by organisation are stored rounded; a move that is exactly one person's must not look like more."""


@dataclass(frozen=True)
class Side:
    """One round's part of a comparison: its average, who counts, what was published; `fewest` may have answered.

    `mean` is exact, but beside a coded end as near to the other round's as that end allows (`averages.nearest`).
    """

    mean: Fraction
    n: int
    average: Average
    fewest: int
    invited: int | None
    composite: bool

    def summary(self, points: int) -> Summary:
        """Return what the verdict may use: the exact average, but the published spread and band of people (R17)."""
        spread = self.average.spread
        fixed = fixed_spread(points, self.composite) if spread is None else spread
        return Summary(self.fewest, float(self.mean), fixed, self.invited)


def one_move(points: int, n: int, before: int) -> Fraction:
    """Return how far one person joining, leaving or changing answers can move an average of either round."""
    return Fraction(points - 1, min(n, before))


def within_one_move(mean: Fraction, n: int, earlier: Fraction, before: int, points: int) -> bool:
    """Tell whether two averages differ by no more than one person can make them (R11a).

    >>> [within_one_move(Fraction(total, 9), 9, Fraction(27, 9), 9, 5) for total in (31, 32)]
    [True, False]
    """
    return abs(mean - earlier) <= one_move(points, n, before) + STORED


def too_close(counts: Sequence[int], before: Sequence[Column], k: int) -> bool:
    """Tell whether fewer than k people can have made the difference between new answers and earlier columns."""
    moves = [sum(counts[code - 1] for code in column.codes) - column.people for column in before]
    return max(sum(m for m in moves if m > 0), -sum(m for m in moves if m < 0)) < k


def no_new_columns(
    questionnaire: Questionnaire, measure: Measure, counted: Counted, earlier: Sequence[Earlier], k: int
) -> bool:
    """Tell whether columns beside those of an earlier round would show what fewer than k people did (R11b).

    Below 20 people in either round also where the averages differ by no more than one person's move.
    """
    for round_ in earlier:
        found = round_.release.result(measure.id)
        if found is None or not comparable(questionnaire, measure, round_):
            continue
        if found.columns is not None and too_close(counted.counts, found.columns.columns, k):
            return True
        sums = round_.sums.get(("alliance", measure.id))
        if sums is None or measure.choice or min(counted.people, sums.n) >= SEVERAL:
            continue
        now = held(counted.mean, counted.people, measure.points)
        if within_one_move(now, counted.people, sums.held(measure.points), sums.n, measure.points):
            return True
    return False


@dataclass(frozen=True)
class Compared:
    """One measure of one group beside an earlier round: both sides, or the verdict that needs none."""

    measure: Measure
    now: Side | None
    before: Side | None
    verdict: Verdict | None


def judged(round_id: str, family: Sequence[Compared]) -> list[Change]:
    """Judge everything that is shown together against one earlier round (Benjamini and Hochberg over the family)."""
    told = [_told(round_id, one) for one in family]
    places = [i for i, one in enumerate(family) if one.verdict is None]
    moved = [i for i in places if not _still(family[i])]
    comparisons = {i: _comparison(family[i]) for i in places}
    p = np.array([float(comparisons[i].p) if i in moved else 1.0 for i in places])
    for i, q in zip(places, statistics.adjusted(p) if len(p) else p, strict=True):
        found = statistics.verdict(comparisons[i], float(q), family[i].measure.points)
        told[i] = _told(round_id, family[i], Verdict(found.value) if i in moved else Verdict.NONE, comparisons[i])
    return told


def _sides(one: Compared) -> tuple[Side, Side]:
    if one.now is None or one.before is None:
        raise ValueError(f"{one.measure.id} has nothing to compare")
    return one.now, one.before


def _still(one: Compared) -> bool:
    now, before = _sides(one)
    return within_one_move(now.mean, now.n, before.mean, before.n, one.measure.points)


def _comparison(one: Compared) -> statistics.Comparison:
    now, before = _sides(one)
    points = one.measure.points
    return statistics.compare(before.summary(points), now.summary(points), points)


def _told(
    round_id: str, one: Compared, verdict: Verdict | None = None, found: statistics.Comparison | None = None
) -> Change:
    """Say it in numbers only where neither end is coded."""
    said = verdict or one.verdict or Verdict.NONE
    if found is None or one.now is None or one.before is None:
        return Change(round_id, said, None, None)
    if {one.now.average.bound, one.before.average.bound} != {"exact"}:
        return Change(round_id, said, None, None)
    return Change(round_id, said, one.before.average.value, round(float(found.noticeable), 2))


def repeated(
    questionnaire: Questionnaire, measure: Measure, now: Statistic, earlier: Sequence[Earlier]
) -> tuple[str, Average] | None:
    """Find the latest earlier round whose shown average is to be shown again, and that average (R11b).

    A round that itself repeats another is passed over: measured from it, averages could drift unseen.
    """
    key, points = now.group, measure.points
    for round_ in reversed(earlier):
        sums, found = round_.sums.get((key, measure.id)), round_.average(measure.id, key)
        if sums is None or found is None or not comparable(questionnaire, measure, round_):
            continue
        ends = now.held(points), now.shared_by, sums.held(points), sums.shared_by
        if not round_.repeats(measure.id, key) and within_one_move(*ends, points):
            return round_.release.facts.round_id, found
    return None
