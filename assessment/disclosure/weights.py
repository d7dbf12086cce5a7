"""How published averages weigh answers: a question's alike, a composite's by how many questions one answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assessment.disclosure.tally import Tally
from assessment.questionnaire.measures import Measure
from assessment.statistics.answers import Integers
from assessment.statistics.scoring import CHUNK, MISSING, answered

Table = NDArray[np.float64]
Places = NDArray[np.signedinteger]
Name = tuple[str, str]
"""A measure and the lens of its average: what a combination of published averages gives a weight to."""
PEOPLE, ORGANISATIONS = "people", "organisations"


@dataclass(frozen=True, eq=False)
class Weights:
    """The weights of a round's averages; `member` is each person's group, the last one for those in none.

    What is kept of each person is small whole numbers: a million people have no room for weights.
    """

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

    def patterns(self) -> Sequence[NDArray[np.integer]]:
        """Return keys that sort alike people together: those of an organisation who answered the same questions."""
        codes = self.tally.answers.codes
        parts = [np.packbits(answered(codes[i : i + CHUNK]), axis=1) for i in range(0, max(len(codes), 1), CHUNK)]
        return [*np.concatenate(parts).T, self.tally.answers.member]

    def named(self, question: str, lenses: Sequence[Name]) -> list[Name]:
        """Return which of some averages weigh an answer to a question, in order."""
        weighing = {question, *(m.id for m in self.composites if question in m.questions)}
        return [name for name in lenses if name[0] in weighing]

    def of(self, question: str, names: Sequence[Name], people: Places) -> Table:
        """Return whether some people answered a question, 1 or 0, and how averages weigh that: (1 + names) x people."""
        heard = self._has(question, people).astype(float)
        place, rows = self.tally.answers.member[people], [heard]
        shares = {question: heard}
        for measure, lens in names:
            if measure not in shares:
                shares[measure] = heard * self._share(measure, question, people)
            rows.append(shares[measure] if lens == PEOPLE else shares[measure] * self._voices[measure][place])
        return np.array(rows)

    def _has(self, measure: str, people: Places) -> NDArray[np.bool_]:
        return np.asarray(self.tally.scores.column(measure)[people] != MISSING)

    def _share(self, measure: str, question: str, people: Places) -> Table:
        """Return how people's scores on a composite weigh their answers to one of its questions."""
        inside = self._inside.get((measure, question))
        if inside is None:
            return _inverse(np.where(self._has(measure, people), self.tally.held[measure][people], 0))
        cells = np.sum([self._has(cell, people) for cell in self._cells[measure]], axis=0)
        return _inverse(cells) * self._share(inside, question, people)

    @cached_property
    def _cells(self) -> Mapping[str, Sequence[str]]:
        """By axis, its cells."""
        return {m.id: m.components for m in self.composites if m.components}

    @cached_property
    def _inside(self) -> Mapping[tuple[str, str], str]:
        """By axis and question, the axis' cell that holds the question."""
        held = {m.id: m.questions for m in self.composites}
        return {(axis, q): cell for axis, cells in self._cells.items() for cell in reversed(cells) for q in held[cell]}

    @cached_property
    def _voices(self) -> Mapping[str, Table]:
        """By measure, how a person weighs by organisation, 1 where all are of one size; last, 0, those in none."""
        heard, found = self.tally.organisations.people, {}
        for measure, column in self.tally.organisations.position.items():
            people = heard[:, column].astype(float)
            fair = people.sum() / max(int((people > 0).sum()), 1)
            found[measure] = np.append(fair / np.maximum(people, 1), 0.0)
        return found


def _inverse(counts: Integers) -> Table:
    """Return 1/count, 0 for none; by looking it up, for counts are small."""
    most = int(counts.max(initial=0))
    return np.append(0.0, 1 / np.arange(1, most + 1))[counts]
