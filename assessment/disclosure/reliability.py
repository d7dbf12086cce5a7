"""Alpha and omega on their way out: the whole alliance only, from 30 complete answers on, two digits (R16)."""

from __future__ import annotations

import math

import numpy as np

from assessment.disclosure.tally import Tally
from assessment.disclosure.values import Reliability, Withheld
from assessment.questionnaire.measures import Measure
from assessment.statistics.reliability import alpha, omega
from assessment.statistics.scoring import answered, oriented
from assessment.statistics.settings import JUDGEMENT
from assessment.statistics.values import Floats

FEWEST_QUESTIONS = 2
LOWEST = -1.0
"""Where questions contradict each other alpha has no lower end, and how far below it lies tells nothing more."""


def of_dimensions(tally: Tally) -> tuple[Reliability, ...]:
    """Return one value per dimension of at least two questions, shown or withheld."""
    dimensions = [m for m in tally.measures if m.kind == "dimension" and len(m.questions) >= FEWEST_QUESTIONS]
    return tuple(_of_dimension(tally, measure) for measure in dimensions)


def _of_dimension(tally: Tally, measure: Measure) -> Reliability:
    table = _answers(tally, measure)
    if int((~np.isnan(table)).all(axis=1).sum()) < JUDGEMENT.reliability_people:
        return Reliability(measure.id, None, None, None, None, Withheld.FEW)
    found = alpha(table)
    ends = _two(found.low), _two(found.high)
    return Reliability(measure.id, _two(found.value), *ends, _two(omega(table)), None)


def _answers(tally: Tally, measure: Measure) -> Floats:
    """Return people x questions in points, NaN where missing, in an order that does not depend on the ballots'."""
    places = [tally.questionnaire.position[q] for q in measure.questions]
    questions = [tally.questionnaire.coded[place] for place in places]
    codes = oriented(tally.answers.codes[:, places], questions).T
    codes = codes[answered(codes).any(axis=1)]
    ordered = codes[np.lexsort(codes.T)]
    table = ordered.astype(float)
    table[~answered(ordered)] = np.nan
    return table


def _two(value: float) -> float | None:
    """Round to two digits; None for what cannot be computed (questions that everybody answered alike)."""
    return None if math.isnan(value) else round(max(value, LOWEST), 2)
