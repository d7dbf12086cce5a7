"""The attacker of the guarded level: knows the rules, who belongs where, who answered, and one own answer.

People alike in organisation, group and having answered are one atom: only how often each answer occurs in an atom can
matter. The attacker goes through every way in which an atom's people can have answered, keeps those worlds whose
release would read exactly like the one he sees, and asks of everybody else which answers are left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from math import comb, lcm, prod

import numpy as np
from numpy.typing import NDArray

from assessment.disclosure.averages import Mean, has_room, of_people, rounded, shown_spread
from assessment.disclosure.columns import columns
from assessment.disclosure.door import door
from assessment.disclosure.lenses import reach
from assessment.disclosure.people import own_spread
from assessment.disclosure.planner import Plan, Who, plan
from assessment.disclosure.release import counted_by
from assessment.disclosure.rules import Breakdown, Lens, Protection, Rules
from assessment.disclosure.tally import Tally, attributed
from tests.attacks.enumeration import Pinned, Table, TooMany, averages_read, extreme_averages, histograms, named
from tests.attacks.worlds import World

MOST_WORLDS = 60_000


@cache
def read_average(n: int, points: int, total: int, square: int | None) -> object:
    """What is said of an average by person, and of its spread where `square` is the sum of squares."""
    mean = of_people(total, 1, n)
    if not has_room(mean, points):
        return None
    value = rounded(mean, points)
    if square is None or value.bound != "exact" or not own_spread(n):
        return value
    deviation = float(np.sqrt(max(0.0, (n * square - total * total) / (n * (n - 1)))))
    return value, shown_spread(deviation, n, value, points)


@cache
def read_columns(counts: tuple[int, ...], protection: Protection) -> object:
    """What is said of how often each answer occurs."""
    return columns(counts, False, protection)


@dataclass(frozen=True, eq=False)
class Attacker:
    """Everything about a world but the answers."""

    world: World

    @cached_property
    def rules(self) -> Rules:
        return counted_by(self.world.rules, self.world.people)

    @cached_property
    def tally(self) -> Tally:
        return Tally(self.world.asked, attributed(self.world.answered(), self.rules), self.rules)

    @cached_property
    def who(self) -> Who:
        return self.tally.who(self.tally.measures[0])

    @cached_property
    def plan(self) -> Plan:
        return plan(self.who, self.rules, self.tally.holders, self.world.points)

    @cached_property
    def atoms(self) -> Table:
        """(group, organisation) of each atom; the last of each means none."""
        return np.argwhere(self.table > 0)

    @cached_property
    def table(self) -> Table:
        """People by group and organisation, each only where something shown depends on it."""
        found = self.who.table
        if self.plan.organisations is not None:
            found = found.sum(axis=1, keepdims=True)
        return found if self.plan.shown else found.sum(axis=0, keepdims=True)

    @cached_property
    def sizes(self) -> list[int]:
        return [int(self.table[g, o]) for g, o in self.atoms]

    @cached_property
    def place(self) -> list[int]:
        """The atom of each person."""
        index = {(int(g), int(o)): i for i, (g, o) in enumerate(self.atoms)}
        tall, wide = (length - 1 for length in self.table.shape)
        member = [o if 0 <= o < wide else wide for o in self.tally.answers.member]
        return [index[min(int(g), tall), int(o)] for g, o in zip(self.tally.member, member, strict=True)]

    @cached_property
    def possible(self) -> Table:
        """Every possible world: (worlds x atoms x points)."""
        points = self.world.points
        if prod(comb(n + points - 1, points - 1) for n in self.sizes) > MOST_WORLDS:
            raise TooMany
        ways = [histograms(n, points) for n in self.sizes]
        grid = np.meshgrid(*[np.arange(len(w)) for w in ways], indexing="ij")
        return np.stack([w[g.ravel()] for w, g in zip(ways, grid, strict=True)], axis=1)

    @cached_property
    def actual(self) -> Table:
        found = np.zeros((len(self.atoms), self.world.points), np.int64)
        for atom, (answer,) in zip(self.place, self.world.answers, strict=True):
            found[atom, answer - 1] += 1
        return found

    def read(self, worlds: Table) -> Table:
        """What the release would say in each world, as numbers: (worlds x things shown)."""
        with door():
            return np.column_stack([*self._read(worlds)])

    def _read(self, worlds: Table) -> Iterator[Table]:
        if self.plan.alliance is not None:
            yield np.zeros(len(worlds), np.int64)
            return
        points = self.world.points
        sums = worlds @ np.arange(1, points + 1)
        squares = worlds @ np.arange(1, points + 1) ** 2
        by_people = self.rules.voice is Lens.PEOPLE
        both = self._both(worlds, sums)
        yield both
        lone = np.full_like(both, self.plan.people is None), np.full_like(both, self.plan.organisations is None)
        if self.plan.both:
            lone = (lone[0], both) if by_people else (both, lone[1])
        first, second = lone
        yield np.where(first, self._people(sums.sum(axis=1), squares.sum(axis=1) if by_people else None), -1)
        yield np.where(first, self._columns(worlds.sum(axis=1)), -1)
        if second.any():
            yield np.where(second, self._organisations(sums), -1)
        yield from self._groups(sums, both.astype(bool))

    def _both(self, worlds: Table, sums: Table) -> Table:
        """Tell in which worlds both lenses are shown; with one organisation one voice the other one is the people's."""
        if not self.plan.both:
            return np.zeros(len(worlds), np.int64)
        if self.rules.protection is Protection.OPEN:
            return np.ones(len(worlds), np.int64)
        people = self.who.organisations
        heard = np.flatnonzero(people > 0)
        sizes, nowhere = [int(people[o]) for o in heard], self.who.people - int(people.sum())
        value, scale = self._value(sums, [int(o) for o in heard])
        ends = extreme_averages(worlds.sum(axis=1), sizes, nowhere, scale)
        away = int(reach(sizes, nowhere, self.world.points) * scale)
        # in twentieths of the scale a rounding step of 0.1 is a whole number
        middle = (20 * value + scale) // (2 * scale) * (2 * scale)
        least, most = middle - scale, middle + scale
        low, high, away = 20 * ends[0], 20 * ends[1], 20 * away
        above = (least <= high - away) & ((most <= high - away) | (high < most))
        below = (low + away <= most) & ((low + away <= least) | (least <= low))
        return np.asarray(above & below & self._open_ended(sums, value, scale)).astype(np.int64)

    def _open_ended(self, sums: Table, value: Table, scale: int) -> NDArray[np.bool_]:
        """Tell in which worlds the average that counts is not end-coded; beside one that is no second lens stands."""
        mean = self.who.by_organisation
        if self.rules.voice is Lens.PEOPLE:
            value, scale, mean = sums.sum(axis=1), self.who.people, of_people(self.who.people, 1, self.who.people)
        return averages_read(value, scale, mean, self.world.points) >= 0

    def _people(self, totals: Table, squares: Table | None) -> Table:
        n = self.who.people
        pairs = np.column_stack([totals, totals if squares is None else squares])

        return named(pairs, lambda row: read_average(n, self.world.points, row[0], None if squares is None else row[1]))

    def _columns(self, counts: Table) -> Table:
        return named(counts, lambda row: read_columns(row, self.rules.protection))

    def _organisations(self, sums: Table) -> Table:
        value, scale = self._value(sums, [int(o) for o in np.flatnonzero(self.who.organisations > 0)])
        return averages_read(value, scale, self.who.by_organisation, self.world.points)

    def _value(self, sums: Table, organisations: list[int]) -> tuple[Table, int]:
        """Return the average by organisation in every world as whole numbers, and what one of them is a part of."""
        people = [int(self.who.organisations[o]) for o in organisations]
        scale = lcm(*people) * len(people)
        parts = (
            sums[:, self.atoms[:, 1] == o].sum(axis=1) * (scale // n // len(people))
            for o, n in zip(organisations, people, strict=True)
        )
        return np.sum(list(parts), axis=0), scale

    def _groups(self, sums: Table, both: NDArray[np.bool_]) -> Iterator[Table]:
        """Averages of the groups, all withheld where one or the rest is end-coded."""
        shown = self.plan.shown
        if not shown:
            return
        points = self.world.points
        inside = [self.atoms[:, 0] == g for g in shown]
        rest = ~np.logical_or.reduce(inside)
        told = [*inside, *([rest] if rest.any() else [])]
        totals = [sums[:, which].sum(axis=1) for which in told]
        people = [sum(n for n, w in zip(self.sizes, which, strict=True) if w) for which in told]
        coded = self._others_coded(sums, shown)
        if self.plan.both and self.rules.voice is Lens.PEOPLE:
            coded &= both
        if self.plan.organisations is not None:
            coded[:] = False
        for total, n in zip(totals, people, strict=True):
            coded |= averages_read(total, n, of_people(0, 1, n), points) < 0
        for total, n in zip(totals[: len(inside)], people, strict=False):
            yield np.where(coded, -1, averages_read(total, n, of_people(0, 1, n), points))

    def _others_coded(self, sums: Table, shown: tuple[int, ...]) -> NDArray[np.bool_]:
        """Tell in which worlds the average by organisation leaves others end-coded beside shown organisations."""
        rules, people = self.world.rules, self.who.organisations
        left = [o for o in np.flatnonzero(people > 0) if o not in shown]
        if rules.breakdown is not Breakdown.ORGANISATIONS or not left:
            return np.zeros(len(sums), bool)
        value, scale = self._value(sums, [int(o) for o in left])
        shared_by, n = len(left) * int(people[left].min()), int(people[left].sum())

        return averages_read(value, scale, Mean(Fraction(0), n, shared_by, len(left)), self.world.points) < 0

    @cached_property
    def consistent(self) -> Table:
        """The possible worlds whose release reads like the actual one."""
        seen = self.read(np.concatenate([self.actual[None], self.possible]))
        return self.possible[(seen[1:] == seen[0]).all(axis=1)]

    def pinned(self, promised: int) -> Pinned | None:
        """Find somebody who has fewer possible answers left than promised, for any one insider."""
        for insider, own in np.argwhere(self.actual > 0):
            fitting = self.consistent[self.consistent[:, insider, own] > 0]
            for atom in range(len(self.atoms)):
                others = fitting[:, atom].copy()
                if atom == insider:
                    others[:, own] -= 1
                    if self.sizes[atom] == 1:
                        continue
                left = tuple(int(v) + 1 for v in np.flatnonzero((others > 0).any(axis=0)))
                if len(left) < promised:
                    return Pinned(atom, (int(insider), int(own) + 1), left)
        return None

    def world_of(self, table: Table) -> World:
        """Return the world with these answers."""
        left = [list(np.repeat(np.arange(1, self.world.points + 1), row)) for row in table]
        return self.world.with_answers([(int(left[atom].pop()),) for atom in self.place])
