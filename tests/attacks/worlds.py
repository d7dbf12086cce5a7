"""Small alliances to attack: questionnaires of one or two ratings, rosters, answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from assessment.disclosure.release import Earlier, Header, SealedRound, release_round
from assessment.disclosure.rules import Attribution, Breakdown, Lens, Protection, Rules
from assessment.questionnaire.values import Question, Questionnaire, Scale, Section
from assessment.statistics.answers import Answers, Roster, RosterEntry

Codes = NDArray[np.uint8]
ROLES = ("driver", "weaver", "operator")


def asks(points: int, ratings: int = 1) -> Questionnaire:
    """A questionnaire of some ratings of one dimension, and a role."""
    scale = Scale("degree", points)
    rated = [Question(f"q{i}", "rating", "all", "d" if ratings > 1 else None, scale) for i in range(ratings)]
    role = Question("role", "choice", "all", choices=ROLES, use="role")
    return Questionnaire("small", 1, 1, 1, (Section("all", (*rated, role)),), {})


@dataclass(frozen=True)
class World:
    """Who belongs where and what everybody answered; organisation -1: counted in the total only."""

    points: int
    organisation: tuple[int, ...]
    role: tuple[int, ...]
    answers: tuple[tuple[int, ...], ...]
    rules: Rules
    chapters: tuple[int, ...] = ()

    @property
    def people(self) -> int:
        return len(self.organisation)

    @property
    def asked(self) -> Questionnaire:
        return asks(self.points, len(self.answers[0]))

    def answered(self) -> Answers:
        """The ballots as sealing gets them."""
        organisation = np.array(self.organisation, np.int64)
        rated = np.array(self.answers, np.uint8).reshape(self.people, -1)
        codes = np.column_stack([rated, np.array(self.role, np.uint8)])
        return Answers(codes, organisation, organisation < 0, roster(self))

    def seal(self, earlier: Sequence[Earlier] = (), name: str = "r1") -> SealedRound:
        return release_round(self.asked, self.answered(), self.rules, Header(name, name, date(2026, 1, 1)), earlier)

    def with_answers(self, answers: Sequence[Sequence[int]]) -> World:
        return replace(self, answers=tuple(tuple(int(a) for a in row) for row in answers))


def roster(world: World) -> Roster:
    """Every organisation with its people and one more who never answers."""
    members = np.bincount([o for o in world.organisation if o >= 0], minlength=max((*world.organisation, 0)) + 1)
    chapter = [f"c{world.chapters[i]}" if world.chapters else None for i in range(len(members))]
    return Roster(tuple(RosterEntry(f"o{i}", f"O{i}", chapter[i], int(n) + 1) for i, n in enumerate(members)))


def rules_for(breakdown: Breakdown, lens: Lens = Lens.PEOPLE, protection: Protection = Protection.GUARDED) -> Rules:
    return Rules(protection=protection, attribution=Attribution.VISIBLE, breakdown=breakdown, lens=lens)


@st.composite
def sizes(draw: st.DrawFn, most: int = 14, fewest: int = 5, organisations: int = 6) -> tuple[int, ...]:
    """People of each organisation, at least three organisations."""
    h = draw(st.integers(3, organisations))
    total = draw(st.integers(max(fewest, h), most))
    found = [1] * h
    for _ in range(total - h):
        found[draw(st.integers(0, h - 1))] += 1
    return tuple(found)


@st.composite
def worlds(
    draw: st.DrawFn,
    breakdown: Breakdown,
    lens: Lens = Lens.PEOPLE,
    points: Sequence[int] = (3, 4, 5, 6),
    protection: Protection = Protection.GUARDED,
    most: int = 14,
    fewest: int = 5,
    organisations: int = 5,
    stored: bool = True,
) -> World:
    """Any small alliance with one rating, answers of all shapes: alike, split, spread."""
    people = draw(sizes(most, fewest, organisations))
    place = [o for o, n in enumerate(people) for _ in range(n)]
    scale = draw(st.sampled_from(points))
    alone = draw(st.lists(st.integers(0, len(place) - 1), max_size=2))
    member = tuple(-1 if i in alone else o for i, o in enumerate(place))
    chapters = tuple(draw(st.integers(0, 1)) for _ in people)
    if breakdown is Breakdown.ROLES:
        role = tuple(draw(st.sampled_from((1, 1, 2, 2, 3))) for _ in place)
    else:
        role = (1,) * len(place)
    camps = draw(st.lists(st.integers(1, scale), min_size=1, max_size=3))
    answers = tuple((draw(st.sampled_from(camps) | st.integers(1, scale)),) for _ in place)
    rules = rules_for(breakdown, lens, protection)
    if not stored:
        rules = replace(rules, attribution=Attribution.ALLIANCE)
    return World(scale, member, role, answers, rules, chapters)
