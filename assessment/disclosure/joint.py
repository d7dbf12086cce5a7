"""All measures together: composites that share questions must not be combined until few people are left (R7, R18).

A composite weighs each answer of a person by how many of its questions they answered. Composite minus questions leaves
those who skipped some; the differences of two composites may leave fewer than k of them, and a group's composite may
give away the average of a question which that group may not show.

The proof that nothing does: deal everybody into k hands. A combination that rests on fewer than k people misses a hand.
If whatever is 0 on one hand is 0 on everybody, as far as composites go, there is none: what is left are questions
alone, and each of these was audited by itself. Whether a hand pins the composites down is a matter of ranks. The proof
may fail where nothing could be computed; it never succeeds where something can.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement
from typing import NamedTuple

import numpy as np

from assessment.disclosure.hands import Hand, hand_of, inverse, left, part_of, pinned
from assessment.disclosure.ranks import Form, beyond, null, rank
from assessment.disclosure.weights import ORGANISATIONS, PEOPLE, Name, Places, Weights
from assessment.questionnaire.measures import Measure
from assessment.statistics.answers import Flags

SMALL = 1e-5
"""Weights below this are what floating point leaves of 0."""


class Shown(NamedTuple):
    """Where the exact average of a measure is shown: for the alliance through each lens, and for which groups."""

    people: bool
    organisations: bool
    groups: frozenset[int]


class Exposed(NamedTuple):
    """A composite that must be given up: in one group, or (None) for the alliance."""

    measure: str
    group: int | None


@dataclass(frozen=True, eq=False)
class Joint:
    """Everything that would be shown, over who answered what; dealt into `k` hands."""

    weights: Weights
    shown: Mapping[str, Shown]
    k: int

    @cached_property
    def composites(self) -> tuple[Measure, ...]:
        return tuple(m for m in self.weights.composites if any(self.shown[m.id]))

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The questions that the composites hold, in order."""
        return tuple(dict.fromkeys(q for m in self.composites for q in m.questions))

    @cached_property
    def group(self) -> Places:
        """Each person's group; everybody whose group shows nothing stands together in one more, the last."""
        telling = {g for shown in self.shown.values() for g in shown.groups}
        last = self.weights.groups
        return np.array([g if g in telling else last for g in range(last + 1)], np.intp)[self.weights.member]

    @cached_property
    def dealt(self) -> tuple[Places, Places]:
        """People sorted by group and hand, and where each group's hands begin; the last entry is the end.

        Alike people are dealt one after another, so that every hand gets some of each kind.
        """
        alike = np.lexsort((*self.weights.patterns, self.group))
        hand = np.empty(len(alike), np.intp)
        hand[alike] = np.arange(len(alike)) % self.k
        place = self.group * self.k + hand
        starts = np.searchsorted(np.sort(place), np.arange((self.weights.groups + 1) * self.k + 1))
        return np.argsort(place, kind="stable"), starts.astype(np.intp)

    @cached_property
    def names(self) -> list[Name]:
        """What is shown for the alliance, composites first."""
        listed = [*(m.id for m in self.composites), *self.questions]
        by_people = [(m, PEOPLE) for m in listed if self.shown[m].people]
        named = [*by_people, *((m, ORGANISATIONS) for m in listed if self.shown[m].organisations)]
        return sorted(named, key=lambda name: name[0] in self.questions)

    @cached_property
    def free(self) -> int:
        """Where among the names the questions begin."""
        return sum(name[0] not in self.questions for name in self.names)

    @cached_property
    def own(self) -> list[list[str]]:
        """The composites that each group shows for itself."""
        groups = range(self.weights.groups + 1)
        return [[m.id for m in self.composites if g in self.shown[m.id].groups] for g in groups]

    @cached_property
    def slots(self) -> list[list[int]]:
        """Groups to be added up together: each that shows composites for itself alone, all others in one, the first."""
        groups = range(self.weights.groups + 1)
        return [[g for g in groups if not self.own[g]], *([g] for g in groups if self.own[g])]

    def exposed(self) -> set[Exposed]:
        """Return composites to give up, none where no combination rests on fewer than k people."""
        if not self.composites:
            return set()
        *hands, everybody = self._hands()
        whole = pinned(everybody)
        return {found for hand in hands if pinned(hand) < whole for found in self._blamed(hand, everybody)}

    def _hands(self) -> list[Hand]:
        """Add up, hand by hand, the squares of what a combination leaves of people's answers."""
        own, wide = len(self.composites), len(self.composites) + len(self.names)
        # rows and columns: all composites as groups' own, then everything else, and last what does not count
        alone = np.zeros((self.k + 1, len(self.slots), own + 1, wide + 1))
        shared = np.zeros((self.k + 1, wide + 1, wide + 1))
        sizes = np.zeros((len(self.slots), wide + 1))
        every = sorted({*self.names, *((m, PEOPLE) for mine in self.own for m in mine)})
        for question in self.questions:
            names, table = self.weights.of(question, every)
            answered, known = self.weights.answered(question), self._known(question)
            places = self._places(names, question, known)
            table *= answered[:, None]
            for hand, found in enumerate(self._sums(table, answered)):
                apart = left(*found, known)
                rows = self._slot[:, None, None], np.minimum(places, own)[:, :, None], places[:, None, :]
                alone[(hand, *rows)] += apart * (places < own)[:, :, None]
                self._share(shared[hand], apart, places)
            np.add.at(sizes, (self._slot[:, None], places), np.diagonal(found[2], axis1=1, axis2=2))
        scales = inverse(np.sqrt(sizes[:, :own])), inverse(np.sqrt(sizes[:, own:wide].sum(axis=0)))
        return [self._dealt_hand(*found, *scales) for found in zip(alone, shared, strict=True)]

    def _share(self, form: Form, left: Form, places: Places) -> None:
        """Add up what all groups leave of what is not their own; it goes to the same place for each of them."""
        own, nowhere = len(self.composites), form.shape[0] - 1
        counts = (places >= own) & (places < nowhere)
        at = np.where(counts, places, own).max(axis=0, initial=own)
        at = np.where(counts.any(axis=0), at, nowhere)
        form[np.ix_(at, at)] += (left * (counts[:, :, None] & counts[:, None, :])).sum(axis=0)

    def _dealt_hand(self, alone: Form, shared: Form, each: Form, whole: Form) -> Hand:
        """Scale a hand so that every weight is 1 over everybody, and take its slots apart."""
        own, wide, parts = len(self.composites), len(self.composites) + len(self.names), []
        for slot, (rows, scale) in enumerate(zip(alone, each, strict=True)):
            mine = self._own_places(slot)
            kept = rows[np.ix_(mine, [*mine, *range(own, wide)])]
            parts.append(part_of(kept * scale[mine, None] * np.concatenate([scale[mine], whole])))
        return hand_of(parts, shared[own:wide, own:wide] * whole * whole[:, None], self.free)

    @cached_property
    def _slot(self) -> Places:
        """Each group's slot."""
        found = np.zeros(self.weights.groups + 1, np.intp)
        for slot, groups in enumerate(self.slots):
            found[groups] = slot
        return found

    def _own_places(self, slot: int) -> list[int]:
        mine = self.own[self.slots[slot][0]] if self.slots[slot] else []
        return [i for i, m in enumerate(self.composites) if m.id in mine]

    def _known(self, question: str) -> Flags:
        """Tell which groups show a question's own average."""
        shown = self.shown[question].groups
        return np.array([group in shown for group in range(self.weights.groups + 1)])

    def _places(self, names: Sequence[Name], question: str, known: Flags) -> Places:
        """Return where each group's weights go (groups x names): its own average takes the place of the alliance's.

        A question whose average the group shows can be taken away there: of it only differences between people are
        left, and it goes where nothing counts.
        """
        own, nowhere = len(self.composites), len(self.composites) + len(self.names)
        shared = {name: own + i for i, name in enumerate(self.names)}
        alone = {(m.id, PEOPLE): i for i, m in enumerate(self.composites)}
        plain = [shared.get(name, nowhere) for name in names]
        found = np.array([plain] * (self.weights.groups + 1), np.intp)
        for group, mine in enumerate(self.own):
            for i, name in enumerate(names):
                if name[1] == PEOPLE and name[0] in mine:
                    found[group, i] = alone[name]
        if (question, PEOPLE) in names:
            found[known, names.index((question, PEOPLE))] = nowhere
        return found

    def _sums(self, table: Form, answered: Flags) -> list[tuple[Form, Form, Form]]:
        """Return, for each hand and for everybody, each group's people, sums and sums of products of weights.

        Afterwards the table is in the order of hands: of a million people there is no room for it twice.
        """
        order, starts = self.dealt
        shape, wide = (self.weights.groups + 1, self.k), table.shape[1]
        dealt = starts[1:] > starts[:-1]
        for column in table.T:
            column[:] = column[order]

        def dealt_out(values: Form) -> Form:
            return np.add.reduceat(np.append(values, 0.0), starts[:-1]) * dealt

        people, squares = dealt_out(answered[order].astype(float)), np.zeros((len(dealt), wide, wide))
        for i, j in combinations_with_replacement(range(wide), 2):  # products one by one: memory for a million people
            squares[:, i, j] = squares[:, j, i] = dealt_out(table[:, i] * table[:, j])
        total = np.column_stack([dealt_out(table[:, i]) for i in range(wide)])
        each = [found.reshape(*shape, *found.shape[1:]) for found in (people, total, squares)]
        hands = [(each[0][:, h], each[1][:, h], each[2][:, h]) for h in range(self.k)]
        return [*hands, (each[0].sum(axis=1), each[1].sum(axis=1), each[2].sum(axis=1))]

    def _blamed(self, hand: Hand, everybody: Hand) -> Iterator[Exposed]:
        """Name composites of combinations that leave nothing of a hand, but something of others.

        Those of groups first: the alliance's say more to all.
        """
        blamed = False
        for groups, part, whole in zip(self.slots, hand.parts, everybody.parts, strict=True):
            if rank(part.own) < rank(whole.own):
                found = _involved(beyond(null(part.own), null(whole.own)), self.own[groups[0]])
                yield from (Exposed(name, groups[0]) for name in found[-1:])
                blamed |= bool(found)
        if not blamed:
            yield self._told(hand, everybody)

    def _told(self, hand: Hand, everybody: Hand) -> Exposed:
        plain = np.eye(len(hand.plain))
        questions = np.vstack([np.zeros((self.free, len(plain))), plain]) @ null(hand.plain)
        told = beyond(null(hand.rest), np.hstack([null(everybody.rest), questions]))
        for slot in sorted(range(1, len(self.slots)), key=lambda s: int((self.group == self.slots[s][0]).sum())):
            group = self.slots[slot][0]
            found = _involved(hand.parts[slot].response @ told, self.own[group])
            if found:
                return Exposed(found[-1], group)
        found = _involved(told[: self.free], [name for name, _ in self.names[: self.free]])
        return Exposed(found[-1] if found else self.composites[-1].id, None)


def _involved(combination: Form, names: Sequence[str]) -> list[str]:
    """Return what a combination gives a weight to, in order."""
    large = np.abs(combination) > SMALL
    return [name for name, weighs in zip(names, large, strict=True) if weighs]
