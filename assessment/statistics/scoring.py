"""From codes to each person's score on every measure (statistics 1.1).

Scores are whole numbers: a composite of K questions is counted in units of 1/lcm(1..K) of a point, an axis in units
that also divide by its number of cells. Adding whole numbers gives the same digits in any order, so that a release
is a function of the set of ballots. From 13 questions on the unit stays 1/27720 of a point and each person's score is
rounded to it: sums stay whole numbers of 64 bits, and nobody's score is off by more than 0.00002.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assessment.questionnaire.measures import Measure, measures
from assessment.questionnaire.values import DONT_KNOW, NO_ANSWER, Question, Questionnaire
from assessment.statistics.answers import Codes, Flags, Integers

MISSING = -1
"""Numerator of a person who has no score on a measure."""
CHUNK = 1 << 16
"""People that are scored at once, so that what it takes in between does not grow with them."""
KINDS = (np.int8, np.int16, np.int32, np.int64)
EXACT_UP_TO = 12
"""Questions in a composite up to which every person's score is exact."""


@dataclass(frozen=True, eq=False)
class Scores:
    """Every person's score on every measure.

    `columns` holds one row of people per measure, whole numbers of the smallest kind that they fit, -1 where missing;
    the score in points is numerator / unit of the measure. A single choice's "score" is its code: to be counted, never
    averaged.
    """

    measures: tuple[Measure, ...]
    units: tuple[int, ...]
    columns: tuple[Integers, ...]

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Column of a measure by its id."""
        return {measure.id: i for i, measure in enumerate(self.measures)}

    @property
    def numerators(self) -> Integers:
        """Return all scores in units, people x measures: a copy as large as all of them, for few people."""
        return np.stack(self.columns, axis=1)

    @property
    def values(self) -> NDArray[np.float64]:
        """Return all scores in points, people x measures, NaN where missing."""
        return np.where(self.numerators == MISSING, np.nan, self.numerators / np.array(self.units))

    def column(self, measure: str) -> Integers:
        """Return everybody's score on one measure in units, -1 where missing."""
        return self.columns[self.position[measure]]

    def of(self, measure: str) -> NDArray[np.float64]:
        """Return everybody's score on one measure in points, NaN where missing."""
        column = self.column(measure)
        return np.where(column == MISSING, np.nan, column / self.units[self.position[measure]])


def reversed_codes(codes: Codes, points: int) -> Codes:
    """Turn answers round: x' = points + 1 - x. No answer and "can't say" stay what they are.

    >>> reversed_codes(np.array([1, 5, 0, 255], np.uint8), 5).tolist()
    [5, 1, 0, 255]
    """
    return np.where(answered(codes), np.uint8(points + 1) - codes, codes)


def answered(codes: Codes) -> Flags:
    """Tell which codes are points or choices: neither skipped nor "can't say"."""
    flags: Flags = (codes != NO_ANSWER) & (codes != DONT_KNOW)
    return flags


def oriented(codes: Codes, questions: Sequence[Question]) -> Codes:
    """Return (questions x people) codes with reversed questions turned round, checked against each question's options.

    Raises ValueError, naming the question, for a code above its number of options.
    """
    if codes.shape[1] != len(questions):
        raise ValueError(f"{codes.shape[1]} columns of answers for {len(questions)} coded questions")
    turned = np.ascontiguousarray(codes.T)
    for row, question in zip(turned, questions, strict=True):
        if np.any(answered(row) & (row > question.options)):
            raise ValueError(f"an answer to {question.id} is above {question.options}")
        if question.reverse:
            row[:] = reversed_codes(row, question.options)
    return turned


def fewest(questions: int) -> int:
    """Return how many of a composite's questions a person must have answered (half rule, two from three on).

    >>> [fewest(k) for k in range(1, 8)]
    [1, 1, 2, 2, 3, 3, 4]
    """
    return max(math.ceil(questions / 2), 2 if questions >= 3 else 1)


def score(questionnaire: Questionnaire, codes: Codes, asked: Sequence[Measure] | None = None) -> Scores:
    """Score every person on every measure of a questionnaire (or on `asked`).

    `codes` is people x coded questions. A person's score on a composite is the mean of the valid answers if
    `fewest` were given, an axis the mean of its cells' scores if it has one at least; else missing. Replacing a missing
    item by the person's own mean is nearly unbiased (Peyre et al. 2011); the half rule is the usual SF-36 convention.
    """
    listed = tuple(measures(questionnaire) if asked is None else asked)
    units = dict(zip((measure.id for measure in listed), _units(listed), strict=True))
    columns = {m.id: np.empty(len(codes), _kind(units[m.id] * m.points)) for m in listed}
    for start in range(0, max(len(codes), 1), CHUNK):
        rows = oriented(codes[start : start + CHUNK], questionnaire.coded)
        part = {name: column[start : start + CHUNK] for name, column in columns.items()}
        for measure in listed:
            part[measure.id][:] = (
                _cells(part, units, measure) if measure.components else _mean(questionnaire, rows, measure)
            )
    return Scores(listed, tuple(units.values()), tuple(columns.values()))


def _units(listed: Sequence[Measure]) -> tuple[int, ...]:
    """Return the smallest common unit of every score that can occur on each measure."""
    units: dict[str, int] = {}
    for measure in listed:
        cells = [units[c] for c in measure.components]
        units[measure.id] = math.lcm(*cells) * _spread(len(cells)) if cells else _spread(len(measure.questions))
    return tuple(units.values())


def _spread(count: int) -> int:
    return math.lcm(*range(1, min(count, EXACT_UP_TO) + 1))


def _kind(bound: int) -> np.dtype[np.signedinteger]:
    """Return the smallest kind of number that holds scores up to `bound`, and -1."""
    return next(np.dtype(kind) for kind in KINDS if bound <= np.iinfo(kind).max)


def _divide(total: NDArray[np.int64], count: NDArray[np.int64], unit: int) -> NDArray[np.int64]:
    """Return total / count in units; exact wherever count divides unit, else rounded half up."""
    several = np.maximum(count, 1)
    return np.asarray((2 * total * unit + several) // (2 * several))


def _mean(questionnaire: Questionnaire, rows: Codes, measure: Measure) -> Integers:
    unit = _spread(len(measure.questions))
    count = np.zeros(rows.shape[1], np.int64)
    total = np.zeros(rows.shape[1], np.int64)
    for question in measure.questions:
        row = rows[questionnaire.position[question]]
        valid = answered(row)
        count += valid
        total += np.where(valid, row, 0)
    return np.where(count >= fewest(len(measure.questions)), _divide(total, count, unit), MISSING)


def _cells(columns: Mapping[str, Integers], units: Mapping[str, int], axis: Measure) -> Integers:
    """Average the cells of an axis that a person has; each cell counts the same (statistics 1.9)."""
    people, cells = len(columns[axis.components[0]]), len(axis.components)
    count = np.zeros(people, np.int64)
    total = np.zeros(people, np.int64)
    for name in axis.components:
        cell = columns[name].astype(np.int64)
        count += cell != MISSING
        total += np.where(cell == MISSING, 0, cell) * (units[axis.id] // units[name] // _spread(cells))
    return np.where(count > 0, _divide(total, count, _spread(cells)), MISSING)
