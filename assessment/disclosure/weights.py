"""How published averages weigh answers: a question's alike, a composite's by how many questions one answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assessment.disclosure.tally import Tally
from assessment.questionnaire.measures import Measure
from assessment.statistics.answers import NOWHERE, Flags
from assessment.statistics.scoring import MISSING, answered

Table = NDArray[np.float64]
Places = NDArray[np.intp]
Name = tuple[str, str]
"""A measure and the lens of its average: what a combination of published averages gives a weight to."""
PEOPLE, ORGANISATIONS, OWN = "people", "organisations", "own"


@dataclass(frozen=True, eq=False)
class Weights:
    """The weights of a round's averages; `member` is each person's group, the last one for those in none."""

    tally: Tally

    @property
    def member(self) -> Places:
        return self.tally.member

    @property
    def groups(self) -> int:
        return len(self.tally.units)

    @cached_property
    def composites(self) -> tuple[Measure, ...]:
        return tuple(m for m in self.tally.measures if m.kind != "question")

    @cached_property
    def patterns(self) -> Sequence[NDArray[np.integer]]:
        """Keys that sort alike people together: those of an organisation who answered the same questions."""
        packed = np.packbits(answered(self.tally.answers.codes), axis=1)
        return [*packed.T, self.tally.answers.member]

    def answered(self, question: str) -> Flags:
        """Tell who answered a question."""
        return answered(self.tally.answers.codes[:, self.tally.questionnaire.position[question]])

    def of(self, question: str, lenses: Sequence[Name]) -> tuple[list[Name], Table]:
        """Return what of some averages weighs an answer to a question, and each person's weights: (people x names)."""
        found = {question: np.ones(len(self.member))}
        found |= {m.id: self._of(m, question) for m in self.composites if question in m.questions}
        named = [name for name in lenses if name[0] in found]
        columns = [found[m] if lens == PEOPLE else found[m] * self._voices(m) for m, lens in named]
        return named, np.column_stack(columns)

    def _has(self, measure: str) -> Flags:
        return np.asarray(self.tally.scores.column(measure) != MISSING)

    def _of(self, measure: Measure, question: str) -> Table:
        """Return how each person's score on a composite weighs their answer to one of its questions."""
        if not measure.components:
            held = np.sum([self.answered(q) for q in measure.questions], axis=0)
            return np.asarray(self._has(measure.id) / np.maximum(held, 1))
        cells = np.sum([self._has(cell) for cell in measure.components], axis=0)
        inside = next(m for m in self.composites if m.id in measure.components and question in m.questions)
        return np.asarray(self._of(inside, question) / np.maximum(cells, 1))

    def _voices(self, measure: str) -> Table:
        """Return each person's weight in the average by organisation, 1 where all organisations are of one size."""
        place = self.tally.answers.member
        heard = np.bincount(
            place[self._has(measure) & (place != NOWHERE)], minlength=len(self.tally.answers.roster) + 1
        )
        fair = heard.sum() / max(int((heard > 0).sum()), 1)
        return np.asarray(np.where(place != NOWHERE, fair / np.maximum(heard[place], 1), 0.0))
