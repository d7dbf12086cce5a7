"""An attacker who knows who belongs where and who answered what, and adds up a release by exact elimination."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np

from assessment.disclosure.rules import Lens
from assessment.disclosure.values import ALLIANCE, Group, GroupKind, PublishedRelease, Result
from assessment.questionnaire.values import DONT_KNOW, NO_ANSWER, Questionnaire, SectionText, Texts
from assessment.rounds import ImportedBallot
from assessment.statistics.scoring import MISSING, score
from tests.attacks.worlds import ROLES

PRIME = (1 << 61) - 1
Row = list[int]


def inverse(number: int) -> int:
    """Return 1/number modulo the prime."""
    return pow(number, -1, PRIME)


def reduced(rows: Sequence[Row]) -> tuple[list[Row], list[int]]:
    """Bring rows to reduced echelon form and return them with their pivots."""
    table, pivots = [[x % PRIME for x in row] for row in rows], []
    for column in range(len(table[0]) if table else 0):
        at = len(pivots)
        found = next((r for r in range(at, len(table)) if table[r][column]), None)
        if found is None:
            continue
        table[at], table[found] = table[found], table[at]
        factor = inverse(table[at][column])
        table[at] = [x * factor % PRIME for x in table[at]]
        for r in range(len(table)):
            if r != at and table[r][column]:
                by = table[r][column]
                table[r] = [(x - by * y) % PRIME for x, y in zip(table[r], table[at], strict=True)]
        pivots.append(column)
    return table[: len(pivots)], pivots


def isolated(rows: Sequence[Row], k: int) -> tuple[int, ...] | None:
    """Find fewer than k people whose total can be computed; column i of the rows is the weight of person i's answer.

    A vector of the row space weighs people alike who are alike in every row, so that only people with fewer than k of
    their kind can be isolated.
    """
    kinds: dict[tuple[int, ...], list[int]] = {}
    for person, weights in enumerate(zip(*rows, strict=True)):
        kinds.setdefault(weights, []).append(person)
    few = [kind for kind in kinds.values() if len(kind) < k]
    basis = reduced(rows)[0]
    for together in range(1, k):
        for chosen in combinations(few, together):
            people = {person for kind in chosen for person in kind}
            total = [int(person in people) for person in range(len(rows[0]))]
            if len(people) < k and len(reduced([*basis, total])[1]) == len(basis):
                return tuple(sorted(people))
    return None


def in_english(bare: Questionnaire) -> Questionnaire:
    """Return a questionnaire of one section and one scale with English words, as a round needs them."""
    words = {q.id: q.id for q in bare.questions}
    labels = {q.scale.key: tuple(map(str, range(1, q.options + 1))) for q in bare.questions if q.scale}
    named = {d: d for d in bare.dimensions}
    sections = {"all": SectionText("All", "Together")}
    choices = {choice: choice for q in bare.questions for choice in q.choices}
    texts = Texts("en", "ltr", "reviewed", "Small", "Can't say", labels, named, sections, words, choices, {})
    return replace(bare, texts={"en": texts})


@dataclass(frozen=True, order=True)
class Ballot:
    """What somebody sent: their organisation (-1: counted in the total only) and codes, the role last."""

    organisation: int
    codes: tuple[int, ...]

    def imported(self, questionnaire: Questionnaire, organisations: Sequence[str]) -> ImportedBallot:
        """Return the ballot as another tool's file would bring it."""
        told = zip(questionnaire.coded, self.codes, strict=True)
        values = {q.id: "dk" if code == DONT_KNOW else str(code) for q, code in told if code != NO_ANSWER}
        where = organisations[self.organisation] if self.organisation >= 0 else None
        return ImportedBallot(values, where, where is None)


@dataclass(frozen=True)
class Attacker:
    """Somebody who knows who belongs where and who answered which question, and has read a release."""

    questionnaire: Questionnaire
    organisations: Sequence[str]
    ballots: Sequence[Ballot]
    release: PublishedRelease

    def members(self, group: Group) -> list[int]:
        """Return the people of a published group."""
        if group.key == ALLIANCE:
            return list(range(len(self.ballots)))
        named = [i for i, ballot in enumerate(self.ballots) if ballot.organisation >= 0]
        return [i for i in named if self._place(group, self.ballots[i]) == group.key.partition(":")[2]]

    def _place(self, group: Group, ballot: Ballot) -> str:
        if group.kind is GroupKind.ORGANISATION:
            return self.organisations[ballot.organisation]
        if group.kind is GroupKind.ROLE:
            return ROLES[ballot.codes[-1] - 1] if ballot.codes[-1] else ""
        return hashlib.sha256("AB"[ballot.organisation % 2].encode()).hexdigest()[:16]

    @cached_property
    def _given(self) -> dict[str, set[int]]:
        """Who has a score on each measure."""
        scores = score(self.questionnaire, np.array([b.codes for b in self.ballots], np.uint8))
        scored = (scores.numerators != MISSING).T
        return {m.id: set(map(int, np.flatnonzero(who))) for m, who in zip(scores.measures, scored, strict=True)}

    def answered(self, result: Result) -> list[int]:
        """Return who of its group has a score on the measure of a result."""
        group = next(g for g in self.release.groups if g.key == result.group)
        return [i for i in self.members(group) if i in self._given[result.measure]]

    def rows(self, measure: str) -> list[Row]:
        """Return every shown average of a measure as weights of everybody's score; from its questions it adds none."""
        found = []
        for result in self.release.results:
            if result.from_questions or result.measure != measure:
                continue
            by_organisation = result.group == ALLIANCE and self.release.rules.voice is Lens.ORGANISATIONS
            if result.average is not None:
                found.append(self._row(result, by_organisation))
            if result.other_lens is not None:
                found.append(self._row(result, not by_organisation))
        return found

    def _row(self, result: Result, by_organisation: bool) -> Row:
        people = self.answered(result)
        row, heard = [0] * len(self.ballots), Counter(self.ballots[i].organisation for i in people)
        for i in people:
            where = self.ballots[i].organisation
            row[i] = 1 if not by_organisation else inverse(heard[where]) if where >= 0 else 0
        return row

    def finds(self, k: int) -> dict[str, tuple[int, ...]]:
        """Return, for each measure that gives them away, fewer than k people whose total can be computed."""
        shown = {measure: self.rows(measure) for measure in self._given}
        tried = {measure: isolated(rows, k) for measure, rows in shown.items() if rows}
        return {measure: people for measure, people in tried.items() if people}
