"""The joint attacker: adds up everything published about all measures together, and knows who skipped what.

A composite weighs every answer of a person by how many questions they answered, so that composites which share
questions can be combined until only those are left who skipped certain ones. Columns are (person, question); a person
is exposed with whatever weights a combination leaves on their answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from assessment.disclosure.rules import Attribution, Breakdown, Lens, Protection, Rules
from assessment.disclosure.values import ALLIANCE, PublishedRelease, Result
from assessment.questionnaire.measures import Measure, measures
from assessment.questionnaire.values import Part, Question, Questionnaire, Reading, Scale, Section
from assessment.statistics.answers import Answers
from assessment.statistics.scoring import fewest
from tests.attacks.worlds import ROLES, World, sizes

Table = NDArray[np.float64]
Flags = NDArray[np.bool_]
EPS = 1e-9


def asks(points: int, ratings: int, dimensions: int, parts: tuple[tuple[int, ...], ...]) -> Questionnaire:
    """Ratings in dimensions, read again in parts that share questions with them and with one another."""
    scale = Scale("degree", points, best="high")
    rated = [Question(f"q{i}", "rating", "all", f"d{i % dimensions}", scale) for i in range(ratings)]
    role = Question("role", "choice", "all", choices=ROLES, use="role")
    axes = tuple(Part(f"d{i}", f"d{i}", dimension=f"d{i}", axis="both") for i in range(dimensions))
    read = tuple(Part(f"p{i}", f"p{i}", tuple(f"q{q}" for q in part)) for i, part in enumerate(parts))
    readings = (Reading("square", "Square", "", "two_by_two", axes), Reading("list", "List", "", "ranked", read))
    return Questionnaire("joint", 1, 1, 1, (Section("all", (*rated, role)),), {}, readings)


@dataclass(frozen=True)
class JointWorld(World):
    """A world whose questions are read in several composites; answer 0: skipped."""

    dimensions: int = 2
    parts: tuple[tuple[int, ...], ...] = ()

    @property
    def asked(self) -> Questionnaire:
        return asks(self.points, len(self.answers[0]), self.dimensions, self.parts)


@st.composite
def joint_worlds(draw: st.DrawFn, most: int = 30) -> JointWorld:
    """Up to 30 people of some organisations and roles, most of whom skip nothing or the same few questions."""
    people = draw(sizes(most, 9, 5))
    place = [o for o, n in enumerate(people) for _ in range(n)]
    ratings = draw(st.integers(2, 5))
    parts = draw(st.lists(st.sets(st.integers(0, ratings - 1), min_size=2, max_size=4), max_size=4))
    skipped = draw(st.lists(st.sets(st.integers(0, ratings - 1), max_size=2), min_size=1, max_size=4))
    answers = []
    for i in range(len(place)):
        left = draw(st.sampled_from([set(), *skipped]))
        answers.append(tuple(0 if q in left else 1 + (i + q) % 5 for q in range(ratings)))
    rules = Rules(
        protection=draw(st.sampled_from((Protection.OPEN, Protection.OPEN, Protection.GUARDED))),
        attribution=Attribution.VISIBLE,
        breakdown=draw(st.sampled_from(Breakdown)),
        lens=draw(st.sampled_from(Lens)),
    )
    member = tuple(-1 if draw(st.integers(0, 9)) == 0 else o for o in place)
    role = tuple(draw(st.sampled_from((1, 1, 2, 3))) for _ in place)
    chapters = tuple(i % 2 for i in range(max(place) + 1))
    return JointWorld(
        5,
        member,
        role,
        tuple(answers),
        rules,
        chapters,
        draw(st.integers(1, 2)),
        tuple(tuple(sorted(p)) for p in parts),
    )


@dataclass(frozen=True, eq=False)
class JointAttacker:
    """Somebody who knows who belongs where and who answered what, and has read a release of many measures."""

    questionnaire: Questionnaire
    answers: Answers
    member: NDArray[np.intp]
    keys: tuple[str, ...]
    release: PublishedRelease

    @cached_property
    def given(self) -> Flags:
        """Who answered which rating: (people x ratings)."""
        places = [self.questionnaire.position[q] for q in self.ratings]
        return np.asarray(self.answers.codes[:, places] > 0)

    @cached_property
    def ratings(self) -> tuple[str, ...]:
        return tuple(q.id for q in self.questionnaire.coded if q.kind == "rating")

    @cached_property
    def weights(self) -> dict[str, Table]:
        """How each person's score on a measure weighs each of their answers: (people x ratings); 0: no score."""
        found: dict[str, Table] = {}
        for measure in measures(self.questionnaire):
            if not measure.choice:
                found[measure.id] = self._cells(measure, found) if measure.components else self._mean(measure)
        return found

    def _mean(self, measure: Measure) -> Table:
        held = self.given & np.isin(self.ratings, measure.questions)
        count = held.sum(axis=1, keepdims=True)
        return np.asarray(held * (count >= fewest(len(measure.questions))) / np.maximum(count, 1))

    def _cells(self, axis: Measure, found: dict[str, Table]) -> Table:
        cells = [found[c] for c in axis.components]
        count = sum(
            (cell.any(axis=1, keepdims=True).astype(int) for cell in cells), np.zeros((len(self.given), 1), int)
        )
        return np.asarray(sum(cells, np.zeros_like(cells[0])) / np.maximum(count, 1))

    def rows(self) -> Iterator[Table]:
        """Yield everything shown as weights of everybody's answers; what is made of shown averages adds nothing."""
        for result in self.release.results:
            if result.measure not in self.weights or result.from_questions:
                continue
            by_people = result.group != ALLIANCE or self.release.rules.voice is Lens.PEOPLE
            for average, people in ((result.average, by_people), (result.other_lens, not by_people)):
                if average is not None:
                    yield self._row(result, people)

    def _row(self, result: Result, people: bool) -> Table:
        weights = self.weights[result.measure]
        if result.group != ALLIANCE:
            weights = weights * (self.member == self.keys.index(result.group))[:, None]
        if people:
            return weights
        place = self.answers.member
        heard = np.bincount(place[(place >= 0) & weights.any(axis=1)], minlength=len(self.answers.roster) + 1)
        return np.asarray(weights * np.where(place >= 0, 1 / np.maximum(heard[place], 1), 0.0)[:, None])

    def finds(self, k: int) -> tuple[int, ...] | None:
        """Return fewer than k people about whom a combination of everything shown tells something, and nobody else."""
        rows = np.array(list(self.rows()))
        return exposed(rows, k) if len(rows) else None


def exposed(rows: Table, k: int) -> tuple[int, ...] | None:
    """Try every set of fewer than k people; `rows` is (rows x people x questions).

    People with the same weights in every row are told together or not at all.
    """
    kinds: dict[bytes, list[int]] = {}
    for person in range(rows.shape[1]):
        kinds.setdefault(np.round(rows[:, person], 9).tobytes(), []).append(person)
    few = [kind for kind in kinds.values() if len(kind) < k and np.abs(rows[:, kind[0]]).max() > EPS]
    one_each = [kind[0] for kind in kinds.values()]
    basis = _row_space(rows[:, one_each].reshape(len(rows), -1)).reshape(-1, len(one_each), rows.shape[2])
    place = {person: i for i, person in enumerate(one_each)}
    for together in range(1, k):
        for chosen in combinations(few, together):
            if sum(map(len, chosen)) >= k:
                continue
            left = np.delete(basis, [place[kind[0]] for kind in chosen], axis=1).reshape(len(basis), -1)
            if np.linalg.svd(left, compute_uv=False).min(initial=np.inf) < 1e-7 or left.shape[1] < len(basis):
                return tuple(sorted(person for kind in chosen for person in kind))
    return None


def _row_space(rows: Table) -> Table:
    _, size, basis = np.linalg.svd(rows, full_matrices=False)
    return np.asarray(basis[size > 1e-9 * size.max(initial=1.0)])
