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
from typing import NamedTuple

import numpy as np

from assessment.disclosure.dealing import Dealing
from assessment.disclosure.hands import Hand, hand_of, inverse, left, pinned
from assessment.disclosure.ranks import Form, beyond, null
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
    """Everything that would be shown, over who answered what; dealt into `k` hands.

    `before` is how people were dealt when more was to be shown, None at first.
    """

    weights: Weights
    shown: Mapping[str, Shown]
    k: int
    before: Dealing | None = None

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
        return np.array([g if g in telling else last for g in range(last + 1)], np.int32)[self.weights.member]

    @cached_property
    def dealing(self) -> Dealing:
        if self.before is not None and np.array_equal(self.before.group, self.group):
            return self.before
        return Dealing(self.weights, self.group, self.weights.groups + 1, self.k)

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
            names, known = self.weights.named(question, every), self._known(question)
            sums, places = self.dealing.sums(question, names), self._places(names, question, known)
            apart, mine = left(sums, known), np.flatnonzero((places < own).any(axis=0))
            rows = self._slot[:, None, None], np.minimum(places[:, mine], own)[:, :, None], places[:, None, :]
            alone[:, *rows] += apart[:, :, mine] * (places[:, mine] < own)[:, :, None]
            self._share(shared, apart, places)
            np.add.at(sizes, (self._slot[:, None], places), np.diagonal(sums[-1, :, 1:, 1:], axis1=1, axis2=2))
        each, whole = inverse(np.sqrt(sizes[:, :own])), inverse(np.sqrt(sizes[:, own:wide].sum(axis=0)))
        # every weight is 1 over everybody; what is not a slot's own has no size there
        alone = alone[:, :, :own, :wide]
        alone *= each[:, :, None] * _beside(each, whole)[:, None]
        shared = shared[:, own:wide, own:wide] * whole * whole[:, None]
        return [hand_of(*found, self.free) for found in zip(alone, shared, strict=True)]

    def _share(self, forms: Form, left: Form, places: Places) -> None:
        """Add up what all groups leave of what is not their own; it goes to the same place for each of them."""
        own, nowhere = len(self.composites), forms.shape[1] - 1
        counts = (places >= own) & (places < nowhere)
        at = np.where(counts, places, own).max(axis=0, initial=own)
        at = np.where(counts.any(axis=0), at, nowhere)
        forms[:, at[:, None], at] += (left * (counts[:, :, None] & counts[:, None, :])).sum(axis=1)

    @cached_property
    def _slot(self) -> Places:
        """Each group's slot."""
        found = np.zeros(self.weights.groups + 1, np.intp)
        for slot, groups in enumerate(self.slots):
            found[groups] = slot
        return found

    @cached_property
    def _owns(self) -> Flags:
        """Which composites each group shows for itself: groups x composites."""
        return np.array([[m.id in mine for m in self.composites] for mine in self.own])

    def _own_places(self, slot: int) -> list[int]:
        return [int(i) for i in np.flatnonzero(self._owns[self.slots[slot][0]])] if self.slots[slot] else []

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
        for i, name in enumerate(names):
            if name in alone:
                found[self._owns[:, alone[name]], i] = alone[name]
        if (question, PEOPLE) in names:
            found[known, names.index((question, PEOPLE))] = nowhere
        return found

    def _blamed(self, hand: Hand, everybody: Hand) -> Iterator[Exposed]:
        """Name composites of combinations that leave nothing of a hand, but something of others.

        Those of groups first: the alliance's say more to all.
        """
        blamed = False
        for slot in map(int, np.flatnonzero(hand.ranks < everybody.ranks)):
            mine, group = self._own_places(slot), self.slots[slot][0]
            part, whole = (null(one.own[slot][np.ix_(mine, mine)]) for one in (hand, everybody))
            found = _involved(beyond(part, whole), self.own[group])
            yield from (Exposed(name, group) for name in found[-1:])
            blamed |= bool(found)
        if not blamed:
            yield self._told(hand, everybody)

    def _told(self, hand: Hand, everybody: Hand) -> Exposed:
        plain = np.eye(len(hand.plain))
        questions = np.vstack([np.zeros((self.free, len(plain))), plain]) @ null(hand.plain)
        told = beyond(null(hand.rest), np.hstack([null(everybody.rest), questions]))
        for slot in sorted(range(1, len(self.slots)), key=lambda s: int((self.group == self.slots[s][0]).sum())):
            group = self.slots[slot][0]
            found = _involved(hand.response[slot][self._own_places(slot)] @ told, self.own[group])
            if found:
                return Exposed(found[-1], group)
        found = _involved(told[: self.free], [name for name, _ in self.names[: self.free]])
        return Exposed(found[-1] if found else self.composites[-1].id, None)


def _beside(each: Form, whole: Form) -> Form:
    """Put what is the same for all beside each slot's."""
    return np.hstack([each, np.broadcast_to(whole, (len(each), len(whole)))])


def _involved(combination: Form, names: Sequence[str]) -> list[str]:
    """Return what a combination gives a weight to, in order."""
    large = np.abs(combination) > SMALL
    return [name for name, weighs in zip(names, large, strict=True) if weighs]
