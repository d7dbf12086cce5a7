"""Another breakdown in an earlier round: nearly the same people, cut twice, must not leave few of them (R6, R7).

A round that shows roles after one that showed organisations is subtracted from it like a second breakdown of its own
(R2), as far as people answer alike again. So groups that an earlier comparable round has shown count as shown again,
with those who belong to them now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from assessment.disclosure.exact import Earlier, comparable
from assessment.disclosure.linear import exposed
from assessment.disclosure.people import nobody_or_enough
from assessment.disclosure.planner import Plan, give_up, rows
from assessment.disclosure.rules import Breakdown
from assessment.disclosure.tally import Tally
from assessment.disclosure.values import ALLIANCE
from assessment.questionnaire.measures import Measure
from assessment.statistics.scoring import MISSING

Places = NDArray[np.intp]


def beside_earlier(tally: Tally, measure: Measure, found: Plan, earlier: Sequence[Earlier]) -> Plan:
    """Give up what beside an earlier round's other groups would leave fewer than k people."""
    who, k = tally.who(measure), tally.rules.k
    has = tally.scores.column(measure.id) != MISSING
    for place in _cuts(tally, measure, has, earlier):
        own = np.column_stack([tally.member, tally.answers.member % (len(tally.answers.roster) + 1), place])[has]
        atoms, sizes = np.unique(own, axis=0, return_counts=True)
        again = np.array([atoms[:, 2] == i for i in np.unique(place[has]) if i >= 0], np.int64)
        while exposed(np.vstack([rows(who, atoms[:, :2], found), again]), [int(n) for n in sizes], k):
            less = give_up(who, found, tally.rules)
            if less is None:
                break
            found = less
    return found


def _cuts(tally: Tally, measure: Measure, has: NDArray[np.bool_], earlier: Sequence[Earlier]) -> Iterator[Places]:
    """Yield for each other breakdown, from its latest comparable round, each person's shown group now, or -1."""
    for breakdown in set(Breakdown) - {tally.rules.breakdown, Breakdown.NONE}:
        cut = [e for e in earlier if e.release.rules.breakdown is breakdown]
        told = next((e for e in reversed(cut) if comparable(tally.questionnaire, measure, e)), None)
        if told is None:
            continue
        results = (r for r in told.release.results if r.measure == measure.id and r.group != ALLIANCE and r.average)
        place = _enough(tally.place(breakdown, [r.group for r in results]), has, tally.rules.k)
        if (place[has] >= 0).any():
            yield place


def _enough(place: Places, has: NDArray[np.bool_], k: int) -> Places:
    """Forget groups of too few now, then the smallest, until the others number 0 or at least k too."""
    kept = place.copy()
    while True:
        people = np.bincount(kept[has] + 1, minlength=1)
        shown = np.flatnonzero(people[1:])
        if not len(shown):
            return kept
        fewest = shown[np.argmin(people[1:][shown])]
        if people[1:][fewest] >= k and nobody_or_enough(int(people[0]), k):
            return kept
        kept[kept == fewest] = -1
