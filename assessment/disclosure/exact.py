"""Exact sums of what a release published: what later rounds are judged by, while sealing, and by nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from assessment.disclosure.averages import COARSE, EXACT, Known, held, known
from assessment.disclosure.rules import Lens
from assessment.disclosure.values import ALLIANCE, Average, PublishedRelease, Result
from assessment.questionnaire.measures import Measure, measures
from assessment.questionnaire.values import Questionnaire

BY_ORGANISATION = "alliance/organisations"
"""Under this group stands the alliance's average with one organisation one voice: `n` are organisations."""
SIXTH = 1_000_000
"""Unit of averages by organisation: their true denominators do not fit a column."""


class Statistic(NamedTuple):
    """Who answered and the sum of their scores: `total` in 1/unit of a point, `squares` in 1/unit^2.

    Of the average by organisation `n` are organisations, and `squares` holds how many people one move is shared by.
    """

    group: str
    measure: str
    n: int
    invited: int | None
    unit: int
    total: int
    squares: int

    @property
    def mean(self) -> Fraction:
        return Fraction(self.total, self.unit * self.n)

    @property
    def shared_by(self) -> int:
        """Return among how many people, one voice each, one person's move would weigh as much as in this average."""
        return max(self.squares, self.n) if self.group == BY_ORGANISATION else self.n

    def held(self, points: int) -> Fraction:
        """Return the average as others may be repeated for it: in a coded end its inner edge (R11b)."""
        return held(self.mean, self.shared_by, points, self._cells)

    def known(self, points: int) -> Known:
        """Return between what the average lies as far as a verdict may know (R11a)."""
        return known(self.mean, self.shared_by, points, self._cells)

    @property
    def _cells(self) -> Fraction:
        return COARSE if self.group == BY_ORGANISATION else EXACT


@dataclass(frozen=True)
class Earlier:
    """A sealed round to compare with: what it published, its exact sums, and what it asked."""

    release: PublishedRelease
    statistics: Sequence[Statistic]
    questionnaire: Questionnaire

    @cached_property
    def sums(self) -> Mapping[tuple[str, str], Statistic]:
        return {(s.group, s.measure): s for s in self.statistics}

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        return {m.id: m for m in measures(self.questionnaire)}

    def _result(self, measure: str, key: str) -> tuple[Result | None, bool]:
        """Return a result and whether `key` is its headline, not its second lens."""
        group = ALLIANCE if key == BY_ORGANISATION else key
        counted = Lens.ORGANISATIONS if key == BY_ORGANISATION else Lens.PEOPLE
        headline = group != ALLIANCE or self.release.rules.voice is counted
        return self.release.result(measure, group), headline

    def average(self, measure: str, key: str) -> Average | None:
        """Return the shown average that belongs to a statistic's key, None where none was shown."""
        found, headline = self._result(measure, key)
        if found is None:
            return None
        return found.average if headline else found.other_lens

    def repeats(self, measure: str, key: str) -> bool:
        """Tell whether that average was itself repeated from an earlier round.

        Only headlines say so; a second lens was repeated where it is not its own exact average rounded.
        """
        found, headline = self._result(measure, key)
        if headline or found is None:
            return found is not None and found.repeats is not None
        own, shown = self.sums.get((key, measure)), found.other_lens
        if own is None or shown is None or shown.bound != "exact":
            return False
        return abs(own.mean - Fraction(str(shown.value))) > Fraction(str(shown.step)) / 2


def same_question(one: Questionnaire, other: Questionnaire, question: str) -> bool:
    """Tell whether two rounds asked a question alike: same answers, same direction, same wording.

    Ballots do not tell their language, so one rewording in a language of both rounds breaks the line for all.
    """
    a, b = one.by_id.get(question), other.by_id.get(question)
    if a is None or b is None or (a.options, a.reverse, a.choices) != (b.options, b.reverse, b.choices):
        return False
    shared = one.texts.keys() & other.texts.keys()
    return all(one.texts[t].versions.get(question, 1) == other.texts[t].versions.get(question, 1) for t in shared)


def comparable(one: Questionnaire, measure: Measure, earlier: Earlier) -> bool:
    """Tell whether a measure means the same in both rounds: the same questions, each asked alike."""
    before = earlier.measures.get(measure.id)
    if before is None or (set(before.questions), before.points) != (set(measure.questions), measure.points):
        return False
    return all(same_question(one, earlier.questionnaire, q) for q in measure.questions)
