"""Deal everybody into hands, and add up over each group's hands how averages weigh their answers (`joint`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from assessment.disclosure.ranks import Form
from assessment.disclosure.weights import Name, Places, Weights
from assessment.statistics.scoring import CHUNK


@dataclass(frozen=True, eq=False)
class Dealing:
    """Everybody, in `groups` groups, dealt into `k` hands; `group` is each person's.

    Sums are kept: composites are given up one by one, most of them in one group, and the others stay what they are.
    """

    weights: Weights
    group: Places
    groups: int
    k: int
    _sums: dict[tuple[str | Name, ...], Form] = field(default_factory=dict, init=False, repr=False)

    def _dealt(self) -> tuple[Places, Places]:
        """Return people sorted by group and hand, and the place of each: group x k + hand.

        Alike people are dealt one after another, so that every hand gets some of each kind.
        """
        alike = np.lexsort((*self.weights.patterns(), self.group)).astype(np.int32)
        place = self.group * np.int32(self.k)
        place[alike] += np.arange(len(alike), dtype=np.int32) % np.int32(self.k)
        order = np.argsort(place, kind="stable").astype(np.int32)
        return order, place[order]

    def sums(self, question: str, names: Sequence[Name]) -> Form:
        """Return sums of products of a question's weights: (k + 1 hands) x groups x (1 + names) x (1 + names).

        The last hand is everybody. First of the names stands whether somebody answered: its products are numbers of
        people and sums of weights.
        """
        if (question, *names) not in self._sums:
            self._sums[question, *names] = self._added_up(question, names)
        hands = np.moveaxis(self._sums[question, *names], 1, 0)
        return np.concatenate([hands, hands.sum(axis=0)[None]])

    def _added_up(self, question: str, names: Sequence[Name]) -> Form:
        wide = len(names) + 1
        found = np.zeros((self.groups * self.k, wide, wide))
        for people, begins, places in self._chunks:
            table = self.weights.of(question, names, people)
            for i in range(wide):
                found[places, i, i:] += np.add.reduceat(table[i] * table[i:], begins, axis=1).T
        upper = np.triu_indices(wide, 1)
        found[:, upper[1], upper[0]] = found[:, upper[0], upper[1]]
        return found.reshape(self.groups, self.k, wide, wide)

    @cached_property
    def _chunks(self) -> Sequence[tuple[Places, Places, Places]]:
        """People part by part, where among them each place begins, and which places these are.

        A million people have no room for weights at once.
        """
        order, place = self._dealt()
        found = []
        for start in range(0, len(order), CHUNK):
            part = place[start : start + CHUNK]
            begins = np.flatnonzero(np.diff(part, prepend=-1))
            found.append((order[start : start + CHUNK], begins, part[begins]))
        return found
