"""Which groups of a measure may be shown: decided by who answered it, never by what they answered (R2-R8, R19)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assessment.disclosure.averages import Mean, has_room
from assessment.disclosure.linear import exposed, inverse
from assessment.disclosure.people import MANY, SEVERAL, enough, nobody_or_enough
from assessment.disclosure.rules import Attribution, Breakdown, Lens, Protection, Rules
from assessment.disclosure.values import Withheld

FEWEST_ORGANISATIONS = 3
Table = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Who:
    """Who answered one measure: people by group of the breakdown and by organisation.

    `table` is (groups + 1) x (organisations + 1); the last row holds people in no group, the last column those whose
    organisation is not stored. `names` are the groups' names, for ties.
    """

    names: tuple[str, ...]
    table: Table

    @cached_property
    def people(self) -> int:
        return int(self.table.sum())

    @cached_property
    def groups(self) -> Sequence[int]:
        """People of each group."""
        return [int(n) for n in self.table[:-1].sum(axis=1)]

    @property
    def by_organisation(self) -> Mean:
        """The weights of an average by organisation, without its value."""
        heard = [int(n) for n in self.organisations if n]
        return Mean(Fraction(0), sum(heard), len(heard) * min(heard), len(heard))

    def rest(self, shown: Iterable[int]) -> int:
        """Return how many who answered stand in none of some groups."""
        return self.people - sum(self.groups[i] for i in shown)

    @cached_property
    def organisations(self) -> Table:
        """People of each organisation."""
        found: Table = self.table[:, :-1].sum(axis=0)
        return found


@dataclass(frozen=True)
class Plan:
    """What of one measure may be shown: None, or why not.

    `alliance` holds for everything; `people` for what counts people, the average by person and the columns;
    `organisations` for the average by organisation.
    """

    alliance: Withheld | None
    people: Withheld | None
    organisations: Withheld | None
    groups: tuple[Withheld | None, ...]

    @property
    def both(self) -> bool:
        """Whether both lenses may be shown."""
        return self.people is None and self.organisations is None

    def one_lens(self, voice: Lens) -> Plan:
        """Return the plan without the second lens."""
        if voice is Lens.PEOPLE:
            return replace(self, organisations=Withheld.PROTECTED)
        return replace(self, people=Withheld.PROTECTED)

    @cached_property
    def shown(self) -> tuple[int, ...]:
        """Indices of the groups that may be shown."""
        return tuple(i for i, why in enumerate(self.groups) if why is None)


def plan(who: Who, rules: Rules, holders: Sequence[int], points: int, columns: bool = True) -> Plan:
    """Decide what may be shown of a measure on a scale of `points`.

    `holders` are the people of each group, answering or not; `columns` tells that the measure has columns.
    """
    why = _alliance(who, rules)
    if why is not None:
        return Plan(why, why, why, (why,) * len(who.names))
    beside = who.people >= (MANY if columns else SEVERAL) or rules.protection is Protection.OPEN
    groups = tuple(_group(who, i, rules, holders[i], beside) for i in range(len(who.names)))
    first = Plan(None, None, _organisations(who, rules, points), groups)
    return _audited(who, _pairwise(who, _complement(who, first, rules.k), rules.k), rules)


def _alliance(who: Who, rules: Rules) -> Withheld | None:
    """Apply R2 and R3 to the whole."""
    if not enough(who.people, rules.k):
        return Withheld.FEW
    heard = int((who.organisations > 0).sum())
    if rules.attribution is not Attribution.ALLIANCE and heard < FEWEST_ORGANISATIONS:
        return Withheld.ORGANISATIONS
    return None


def _organisations(who: Who, rules: Rules, points: int) -> Withheld | None:
    """Apply R15 to the average by organisation, and R19 as far as numbers of people go."""
    if rules.attribution is Attribution.ALLIANCE:
        return Withheld.NOT_STORED
    few = rules.protection is Protection.GUARDED and who.people < SEVERAL
    return Withheld.PROTECTED if few or not has_room(who.by_organisation, points) else None


def _group(who: Who, i: int, rules: Rules, holders: int, beside: bool) -> Withheld | None:
    """Apply R2, R3 and R4 to one group; `beside`: enough people answered for groups beside the alliance.

    At the guarded level that takes 20 people, and 50 where the alliance shows its columns.
    """
    if not enough(who.groups[i], rules.k):
        return Withheld.FEW
    if not beside:
        return Withheld.PROTECTED
    if rules.breakdown is Breakdown.ORGANISATIONS:
        return None
    if rules.attribution is Attribution.ALLIANCE:
        return None if holders >= 2 * rules.k else Withheld.FEW
    return None if mixed(who.table[i, :-1], int(who.table[i].sum())) else Withheld.ORGANISATIONS


def mixed(organisations: Table, people: int) -> bool:
    """Tell whether a role or chapter is more than one organisation's: at least three, none with more than half (R4)."""
    return int((organisations > 0).sum()) >= FEWEST_ORGANISATIONS and 2 * int(organisations.max()) <= people


def _complement(who: Who, found: Plan, k: int) -> Plan:
    """Unpublish the smallest group until the people in none number 0 or at least k (R5)."""
    while found.shown and not nobody_or_enough(who.rest(found.shown), k):
        found = _without(found, smallest(who, found.shown))
    return found


def smallest(who: Who, shown: Iterable[int]) -> int:
    """Return the smallest group, of equal ones the last by name."""
    fewest = min(who.groups[i] for i in shown)
    return max((i for i in shown if who.groups[i] == fewest), key=lambda i: who.names[i])


def _without(found: Plan, i: int) -> Plan:
    return replace(found, groups=(*found.groups[:i], Withheld.PROTECTED, *found.groups[i + 1 :]))


def _pairwise(who: Who, found: Plan, k: int) -> Plan:
    """Drop the smaller of two published groups that differ by fewer than k people (R6).

    Groups of one breakdown never overlap, so that each meets the alliance only.
    """
    for i in found.shown:
        if not nobody_or_enough(who.people - who.groups[i], k):
            return _complement(who, _without(found, i), k)
    return found


def _audited(who: Who, found: Plan, rules: Rules) -> Plan:
    """Drop the second lens, then the smallest group, until nothing adds up to fewer than k people (R7, R19)."""
    atoms = np.argwhere(who.table > 0)
    sizes = [int(n) for n in who.table[who.table > 0]]
    while exposed(rows(who, atoms, found), sizes, rules.k):
        less = give_up(who, found, rules)
        if less is None:
            why = Withheld.PROTECTED
            return Plan(why, why, why, found.groups)
        found = less
    return found


def give_up(who: Who, found: Plan, rules: Rules) -> Plan | None:
    """Return the plan without the second lens, else without its smallest group; None where neither is left."""
    if found.both:
        return found.one_lens(rules.voice)
    if not found.shown:
        return None
    return _complement(who, _without(found, smallest(who, found.shown)), rules.k)


def rows(who: Who, atoms: Table, found: Plan) -> Table:
    """Return everything that would be published about a measure as rows over the atoms (group, organisation)."""
    group, organisation = atoms[:, 0], atoms[:, 1]
    published = [np.ones(len(atoms), np.int64)] if found.people is None else []
    weight = np.array([inverse(int(n)) if n else 0 for n in who.organisations] + [0], np.int64)[organisation]
    if found.organisations is None:
        published.append(weight)
    return np.array([*published, *((group == i).astype(np.int64) for i in found.shown)], np.int64)
