"""All of a round at once: exact sums per group and measure, counts per group and question.

Everything that the statistics say about a group follows from these. They are whole numbers, added in chunks of people:
the same in any order of the ballots, in time and memory proportional to people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assessment.questionnaire.measures import Measure
from assessment.questionnaire.values import DONT_KNOW, NO_ANSWER, Question, Questionnaire
from assessment.statistics.answers import Answers, Codes, Integers
from assessment.statistics.groups import Grouping
from assessment.statistics.scoring import MISSING, Scores
from assessment.statistics.values import Floats, Summary

Whole = NDArray[np.int64]
CHUNK = 1 << 16
EXACT_FLOAT = 1 << 53


@dataclass(frozen=True, eq=False)
class Sums:
    """The exact sums of one grouping.

    `people`, `total`, `squares` are (groups x measures): how many have a score, its sum in 1/unit of a point, the sum
    of its squares in 1/unit^2. `invited` is N per group, None where unknown.
    """

    keys: tuple[str, ...]
    invited: tuple[int | None, ...]
    measures: tuple[Measure, ...]
    units: tuple[int, ...]
    people: Whole
    total: Whole
    squares: Whole

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Column of a measure by its id."""
        return {measure.id: i for i, measure in enumerate(self.measures)}

    @cached_property
    def mean(self) -> Floats:
        """Averages in points, groups x measures; NaN where nobody has a score."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self.total / (self.people * np.array(self.units)))

    @cached_property
    def sd(self) -> Floats:
        """Standard deviations in points (dividing by n - 1), exactly 0 for equal scores; NaN below two people."""
        several = self.people > 1
        n, total, squares = (a[several].astype(object) for a in (self.people, self.total, self.squares))
        units = np.broadcast_to(np.array(self.units, dtype=object), self.people.shape)[several]
        # Python's integers do not overflow, and dividing them rounds once only
        variance = (n * squares - total * total) / (n * (n - 1) * units * units)
        result = np.full(self.people.shape, np.nan)
        result[several] = np.sqrt(variance.astype(float))
        return result

    @property
    def summary(self) -> Summary:
        """Return n, mean, sd (groups x measures) and N (groups x 1, NaN where unknown)."""
        invited = np.array([np.nan if n is None else n for n in self.invited], dtype=float)
        return Summary(self.people, self.mean, self.sd, invited[:, None])

    def of(self, key: str, measure: str) -> Summary:
        """Return the summary of one group on one measure, as numbers."""
        row, column = self.keys.index(key), self.position[measure]
        cell = (row, column)
        return Summary(int(self.people[cell]), float(self.mean[cell]), float(self.sd[cell]), self.invited[row])

    def rest(self, whole: Sums) -> Sums:
        """Return the sums of everybody outside each group: `whole` (one group, the alliance) minus it.

        A group is compared with the rest, never with the total that contains it.
        """
        everybody = whole.invited[0]
        left = tuple(None if everybody is None or n is None else everybody - n for n in self.invited)
        people, total, squares = whole.people - self.people, whole.total - self.total, whole.squares - self.squares
        return Sums(self.keys, left, self.measures, self.units, people, total, squares)


@dataclass(frozen=True, eq=False)
class Counts:
    """How often every answer was given: (groups x questions x codes 1..widest), reversed questions turned round.

    `dont_know` and `skipped` are (groups x questions).
    """

    keys: tuple[str, ...]
    questions: tuple[Question, ...]
    counts: Whole
    dont_know: Whole
    skipped: Whole

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Place of a question by its id."""
        return {question.id: i for i, question in enumerate(self.questions)}

    def of(self, key: str, question: str) -> Whole:
        """Return one group's counts of points or choices 1..options of one question."""
        place = self.position[question]
        return self.counts[self.keys.index(key), place, : self.questions[place].options]

    @property
    def dont_know_share(self) -> Floats:
        """Return "can't say" of all who did not skip the question, groups x questions; NaN where all skipped."""
        said = self.counts.sum(axis=2) + self.dont_know
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self.dont_know / said)


@dataclass(frozen=True, eq=False)
class RoundStatistics:
    """Sums and counts of one grouping of a round."""

    sums: Sums
    counts: Counts


def round_statistics(
    questionnaire: Questionnaire, answers: Answers, scores: Scores, groupings: Sequence[Grouping]
) -> tuple[RoundStatistics, ...]:
    """Return sums and counts for every grouping of a round, in the order of `groupings`.

    Raises ValueError where a measure is so finely divided that exact sums would not fit 64 bits.
    """
    return tuple(RoundStatistics(sums(scores, g), counts(questionnaire, answers.codes, g)) for g in groupings)


def sums(scores: Scores, grouping: Grouping) -> Sums:
    """Add up every measure's scores in every group, exactly."""
    chunk = _chunk(scores, len(grouping.member))
    shape = (len(grouping.keys), len(scores.measures))
    people, total, squares = (np.zeros(shape, np.int64) for _ in range(3))
    for start in range(0, len(grouping.member), chunk):
        member = grouping.member[start : start + chunk]
        for column in range(shape[1]):
            numerators = scores.columns[column][start : start + chunk]
            for table, added in zip((people, total, squares), _add(member, numerators, shape[0]), strict=True):
                table[:, column] += added
    return Sums(grouping.keys, grouping.invited, scores.measures, scores.units, people, total, squares)


def _add(member: Integers, numerators: Integers, groups: int) -> tuple[Whole, Whole, Whole]:
    held = (numerators != MISSING) & (member >= 0)
    group, values = member[held], numerators[held].astype(float)
    # sums of whole numbers below 2^53 are exact in any order, as floats too (_chunk)
    found = (np.bincount(group, weight, minlength=groups) for weight in (None, values, values * values))
    people, total, squares = (np.asarray(table).astype(np.int64) for table in found)
    return people, total, squares


def _chunk(scores: Scores, people: int) -> int:
    """Return how many people may be added up at once so that the squares of all measures stay below 2^53."""
    largest = max((u * m.points for u, m in zip(scores.units, scores.measures, strict=True)), default=1) ** 2
    if largest >= EXACT_FLOAT or largest * people > np.iinfo(np.int64).max:
        raise ValueError("a measure is divided too finely for exact sums; give it fewer cells or questions")
    return min(CHUNK, (EXACT_FLOAT - 1) // largest)


def counts(questionnaire: Questionnaire, codes: Codes, grouping: Grouping) -> Counts:
    """Count every answer to every coded question in every group."""
    questions = questionnaire.coded
    widest = max((q.options for q in questions), default=0)
    groups = len(grouping.keys)
    table = np.zeros((groups, len(questions), widest), np.int64)
    dont_know, skipped = (np.zeros((groups, len(questions)), np.int64) for _ in range(2))
    inside = grouping.member >= 0
    offset = grouping.member[inside].astype(np.int64) * 256
    for i, question in enumerate(questions):
        seen = np.bincount(offset + codes[inside, i], minlength=groups * 256).reshape(groups, 256)
        skipped[:, i], dont_know[:, i] = seen[:, NO_ANSWER], seen[:, DONT_KNOW]
        points = seen[:, 1 : question.options + 1]
        table[:, i, : question.options] = points[:, ::-1] if question.reverse else points
    return Counts(grouping.keys, questions, table, dont_know, skipped)
