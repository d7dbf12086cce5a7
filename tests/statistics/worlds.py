"""Small questionnaires and random rounds for the tests of the statistics."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from assessment.questionnaire.values import Part, Question, Questionnaire, Reading, Scale, Section
from assessment.statistics.answers import Answers, Roster, RosterEntry


def questionnaire(points: int = 5, sizes: tuple[int, ...] = (4, 2, 1, 3), reverse: bool = False) -> Questionnaire:
    """Build dimensions d0, d1, ... of the given sizes, an axis over two, a two-sided and a choice question."""
    scale = Scale("degree", points)
    rated = tuple(
        Question(f"d{d}.{i}", "rating", "s", f"d{d}", scale, reverse=reverse and i == 0)
        for d, size in enumerate(sizes)
        for i in range(size)
    )
    two_sided = Question("balance", "rating", "s", "d0", Scale("balance", points, "middle"))
    role = Question("role", "choice", "s", choices=("one", "two", "three"), use="role")
    cells = tuple(Part(f"c{d}", "", dimension=f"d{d}", axis="axis") for d in (0, 1))
    readings = (Reading("frame", "", "", "two_by_two", cells),) if len(sizes) > 1 else ()
    return Questionnaire("test", 1, 1, 1, (Section("s", (*rated, two_sided, role)),), {}, readings)


def codes(form: Questionnaire, people: int, seed: int) -> NDArray[np.uint8]:
    """Draw valid answers with gaps and "can't say"."""
    random = np.random.default_rng(seed)
    drawn = np.stack([random.integers(1, q.options + 1, people) for q in form.coded], axis=1)
    drawn[random.random(drawn.shape) < 0.2] = 0
    drawn[random.random(drawn.shape) < 0.1] = 255
    return drawn.astype(np.uint8)


def roster(organisations: int, headcount: int = 9) -> Roster:
    """Invite some organisations of two chapters."""
    return Roster(tuple(RosterEntry(f"o{i}", f"Org {i}", "NS"[i % 2], headcount) for i in range(organisations)))


def round_of(form: Questionnaire, people: int, organisations: int, seed: int) -> Answers:
    """Draw a round: who is where, and who wants to be in the total only."""
    random = np.random.default_rng(seed + 1)
    where = random.integers(-1, organisations, people)
    return Answers(codes(form, people, seed), where, random.random(people) < 0.1, roster(organisations, people))


points = st.integers(2, 11)
seeds = st.integers(0, 2**32 - 1)
counted = points.flatmap(lambda m: st.lists(st.integers(0, 30), min_size=m, max_size=m)).filter(any)
