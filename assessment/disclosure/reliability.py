"""Alpha and omega on their way out: the whole alliance only, and beside the columns of all their questions (R16).

Both are sums of products of answers. That a question does not vary tells that all answered it alike, and how it goes
with the others tells of those few who answered otherwise; so each question must show its columns, which no such answers
have. To two digits alpha would tell, among few, what the one person answered who skipped the other question.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from assessment.disclosure.tally import Tally
from assessment.disclosure.values import Columns, Reliability, Withheld
from assessment.questionnaire.measures import Measure
from assessment.statistics.reliability import alpha, feldt, omega
from assessment.statistics.scoring import answered, oriented
from assessment.statistics.settings import JUDGEMENT
from assessment.statistics.values import Floats

FEWEST_QUESTIONS = 2
LOWEST = -1.0
"""Where questions contradict each other alpha has no lower end, and how far below it lies tells nothing more."""
FINE, COARSE = Fraction(1, 100), Fraction(1, 10)
FINE_FROM = 100
"""From this many answers to each question on alpha and omega are told to two digits, below to one."""


def of_dimensions(tally: Tally, shown: Mapping[str, Columns | None]) -> tuple[Reliability, ...]:
    """Return one value per dimension of at least two questions, shown or withheld; `shown` are the columns told."""
    dimensions = [m for m in tally.measures if m.kind == "dimension" and len(m.questions) >= FEWEST_QUESTIONS]
    return tuple(_of_dimension(tally, measure, [shown.get(q) for q in measure.questions]) for measure in dimensions)


def _of_dimension(tally: Tally, measure: Measure, shown: list[Columns | None]) -> Reliability:
    table = _answers(tally, measure)
    if int((~np.isnan(table)).all(axis=1).sum()) < JUDGEMENT.reliability_people:
        return Reliability(measure.id, None, None, None, None, Withheld.FEW)
    people = [columns.people for columns in shown if columns is not None]
    if len(people) < len(shown):
        return Reliability(measure.id, None, None, None, None, Withheld.PROTECTED)
    fewest = min(people)
    value, total = told(alpha(table).value, fewest), told(omega(table), fewest)
    # the interval of what is shown, not of the exact alpha (R17)
    low, high = (told(end, FINE_FROM) for end in feldt(math.nan if value is None else value, fewest, len(shown)))
    return Reliability(measure.id, value, low, high, total, None)


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


def told(value: float, people: int) -> float | None:
    """Round alpha or omega of so many people, halves up; None for what cannot be computed (two questions' omega).

    >>> told(0.7349, 99), told(0.7349, 100), told(-7.0, 40), told(math.nan, 40)
    (0.7, 0.73, -1.0, None)
    """
    if math.isnan(value):
        return None
    step = FINE if people >= FINE_FROM else COARSE
    return float(math.floor(Fraction(max(value, LOWEST)) / step + Fraction(1, 2)) * step)
