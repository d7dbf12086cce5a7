"""One round as the door needs it: who answered what, in which group, and every exact sum."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assessment.disclosure.averages import Mean, bound_of, cell, of_averages, of_people
from assessment.disclosure.exact import BY_ORGANISATION, SIXTH, Statistic
from assessment.disclosure.lenses import apart_enough, extremes, reach
from assessment.disclosure.planner import Who
from assessment.disclosure.rules import Attribution, Breakdown, Lens, Rules
from assessment.disclosure.values import ALLIANCE, GroupKind
from assessment.questionnaire.measures import Measure
from assessment.questionnaire.values import Questionnaire
from assessment.statistics.answers import NOWHERE, Answers, Flags, Integers
from assessment.statistics.groups import Grouping, by_chapter, by_choice, by_organisation, everyone
from assessment.statistics.scoring import MISSING, Scores, score
from assessment.statistics.sums import Counts, Sums, counts, sums

NO_GROUPS = ()
Table = NDArray[np.int64]


@dataclass(frozen=True)
class Unit:
    """One group of the breakdown before anything is known to be publishable."""

    key: str
    kind: GroupKind
    name: str


@dataclass(frozen=True, eq=False)
class Tally:
    """Exact sums and memberships of a round. Nothing here leaves the door."""

    questionnaire: Questionnaire
    answers: Answers
    rules: Rules

    @cached_property
    def scores(self) -> Scores:
        return score(self.questionnaire, self.answers.codes)

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        return self.scores.measures

    @cached_property
    def whole(self) -> Sums:
        return sums(self.scores, everyone(self.answers))

    @cached_property
    def counts(self) -> Counts:
        return counts(self.questionnaire, self.answers.codes, everyone(self.answers))

    @cached_property
    def organisations(self) -> Sums:
        return sums(self.scores, by_organisation(self.answers))

    @cached_property
    def grouping(self) -> Grouping:
        """The groups of the round's breakdown, with each person's place."""
        return self._grouping(self.rules.breakdown)

    def _grouping(self, breakdown: Breakdown) -> Grouping:
        if breakdown is Breakdown.ORGANISATIONS:
            return by_organisation(self.answers)
        if breakdown is Breakdown.CHAPTERS:
            return by_chapter(self.answers)
        role = next((q.id for q in self.questionnaire.coded if q.use == "role"), None)
        if breakdown is Breakdown.ROLES and role is not None:
            return by_choice(self.answers, self.questionnaire, role)
        return Grouping(NO_GROUPS, np.full(self.answers.people, NOWHERE, np.intp), NO_GROUPS)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The groups of the breakdown with keys that stay the same in every round."""
        return self._units(self.rules.breakdown)

    def _units(self, breakdown: Breakdown) -> tuple[Unit, ...]:
        if self.rules.attribution is Attribution.ALLIANCE and breakdown is not Breakdown.ROLES:
            return ()
        if breakdown is Breakdown.ORGANISATIONS:
            entries = self.answers.roster.entries
            return tuple(Unit(f"organisation:{e.id}", GroupKind.ORGANISATION, e.name) for e in entries)
        keys = self._grouping(breakdown).keys
        if breakdown is Breakdown.CHAPTERS:
            return tuple(Unit(f"chapter:{_short(c)}", GroupKind.CHAPTER, c) for c in keys)
        return tuple(Unit(f"role:{c}", GroupKind.ROLE, c) for c in keys)

    def place(self, breakdown: Breakdown, keys: Sequence[str]) -> NDArray[np.intp]:
        """Return which of some groups of any breakdown each person belongs to, -1 for none of them."""
        units = [unit.key for unit in self._units(breakdown)]
        if not units:
            return np.full(self.answers.people, NOWHERE, np.intp)
        among = np.array([*(keys.index(u) if u in keys else NOWHERE for u in units), NOWHERE], np.intp)
        return among[self._grouping(breakdown).member]

    @cached_property
    def member(self) -> NDArray[np.int32]:
        """Each person's place among `units`, the number of units for those in none."""
        place = self.grouping.member if self.units else np.full(self.answers.people, NOWHERE)
        return np.where(place == NOWHERE, np.int32(len(self.units)), place.astype(np.int32))

    @cached_property
    def groups(self) -> Sums:
        return sums(self.scores, replace(self.grouping, keys=tuple(u.key for u in self.units)))

    @cached_property
    def holders(self) -> tuple[int, ...]:
        """How many people stand in each unit, whatever they answered."""
        return tuple(int(n) for n in np.bincount(self.member, minlength=len(self.units) + 1)[:-1])

    @cached_property
    def _cell(self) -> NDArray[np.int32]:
        """Each person's cell of a flattened (groups + 1) x (organisations + 1) table."""
        wide = len(self.answers.roster) + 1
        organisation = np.where(self.answers.member == NOWHERE, wide - 1, self.answers.member)
        cell: NDArray[np.int32] = self.member * np.int32(wide) + organisation.astype(np.int32)
        return cell

    def table(self, chosen: Flags) -> Table:
        """Count chosen people by group and organisation; last row and column: in none."""
        shape = (len(self.units) + 1, len(self.answers.roster) + 1)
        found: Table = np.bincount(self._cell[chosen], minlength=shape[0] * shape[1]).reshape(shape)
        return found

    def who(self, measure: Measure) -> Who:
        """Return who has a score on a measure, by group and organisation."""
        return Who(tuple(u.name for u in self.units), self.table(self.scores.column(measure.id) != MISSING))

    @cached_property
    def held(self) -> Mapping[str, Integers]:
        """By composite, how many of its questions each person answered."""
        return {m.id: self._held(m) for m in self.measures if m.kind != "question"}

    def _held(self, measure: Measure) -> Integers:
        found = np.zeros(self.answers.people, np.min_scalar_type(len(measure.questions)))
        for question in measure.questions:
            found += self.scores.column(question) != MISSING
        return found

    def partial(self, measure: Measure) -> Table:
        """Count, per unit and for people in none, who answered some but not all of a composite's questions."""
        held = self.held[measure.id]
        some = (held > 0) & (held < len(measure.questions))
        found: Table = np.bincount(self.member[some], minlength=len(self.units) + 1)
        return found

    def mean(self, measure: Measure) -> Mean:
        """Return the exact average of everybody, one person one voice."""
        return _mean(self.whole, 0, self.whole.position[measure.id])

    def group_mean(self, measure: Measure, group: int) -> Mean:
        return _mean(self.groups, group, self.groups.position[measure.id])

    def rest_mean(self, measure: Measure, shown: tuple[int, ...]) -> Mean | None:
        """Return the exact average of the people in none of some groups; None where there is nobody."""
        column = self.whole.position[measure.id]
        n = int(self.whole.people[0, column]) - sum(int(self.groups.people[g, column]) for g in shown)
        total = int(self.whole.total[0, column]) - sum(int(self.groups.total[g, column]) for g in shown)
        return of_people(total, self.whole.units[column], n) if n else None

    def organisations_mean(self, measure: Measure, but: frozenset[int] = frozenset()) -> Mean | None:
        """Return the exact average of the organisations' averages, but for some; None where none was heard."""
        column = self.organisations.position[measure.id]
        people, total = self.organisations.people[:, column], self.organisations.total[:, column]
        heard = [int(i) for i in np.flatnonzero(people > 0) if int(i) not in but]
        if not heard:
            return None
        sizes = [int(people[i]) for i in heard]
        value = of_averages([int(total[i]) for i in heard], sizes) / self.organisations.units[column]
        return Mean(value, sum(sizes), len(heard) * min(sizes), len(heard))

    def lenses_clear(self, measure: Measure) -> bool:
        """Tell whether both lenses may stand side by side, as far as answers go (R19).

        Beside an end-coded average never: what is near its end leaves so few sets of answers that the other lens, or
        that it alone is withheld, would tell one from another.
        """
        mean = self.organisations_mean(measure)
        if mean is None:
            return False
        first = self.mean(measure) if self.rules.voice is Lens.PEOPLE else mean
        if bound_of(first, measure.points) != "exact":
            return False
        column = self.scores.position[measure.id]
        scores = self.scores.columns[column]
        people = self.organisations.people[:, column]
        sizes = [int(n) for n in people[people > 0]]
        unit, nowhere = self.scores.units[column], int((scores != MISSING).sum()) - sum(sizes)
        low, high = extremes(scores[scores != MISSING], sizes, nowhere)
        return apart_enough(*cell(mean), low / unit, high / unit, reach(sizes, nowhere, measure.points))

    def deviation(self, measure: Measure, group: int | None = None) -> float:
        """Return the exact standard deviation of everybody or of one group."""
        table, row = (self.whole, 0) if group is None else (self.groups, group)
        return float(table.sd[row, table.position[measure.id]])

    def statistic(self, measure: Measure, group: int | None = None) -> Statistic:
        """Return the exact sums of everybody or of one group, for later rounds."""
        table, row = (self.whole, 0) if group is None else (self.groups, group)
        column = table.position[measure.id]
        key = ALLIANCE if group is None else self.units[group].key
        cell = (row, column)
        n, total, squares = int(table.people[cell]), int(table.total[cell]), int(table.squares[cell])
        return Statistic(key, measure.id, n, table.invited[row], table.units[column], total, squares)


def by_organisation_statistic(measure: Measure, mean: Mean, organisations: int) -> Statistic:
    """Return the average by organisation as a statistic of h organisations, and how many share one person's move."""
    total = round(mean.value * mean.voices * SIXTH)
    return Statistic(BY_ORGANISATION, measure.id, mean.voices, organisations, SIXTH, total, mean.shared_by)


def attributed(answers: Answers, rules: Rules) -> Answers:
    """Forget organisations where the round promised not to store them (R15)."""
    if rules.attribution is not Attribution.ALLIANCE:
        return answers
    return replace(answers, organisation=np.full(answers.people, NOWHERE, np.intp))


def _mean(table: Sums, row: int, column: int) -> Mean:
    return of_people(int(table.total[row, column]), table.units[column], int(table.people[row, column]))


def _short(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:16]
