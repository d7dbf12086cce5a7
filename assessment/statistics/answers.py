"""What sealing hands to the statistics: one byte matrix, and who was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]
Integers = NDArray[np.integer]
Flags = NDArray[np.bool_]

NOWHERE = -1
"""Index of a person without a group: organisation not stored, or counted only in the total."""


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One organisation as invited to the round; `headcount` is None where nobody knows how many were invited."""

    id: str
    name: str
    chapter: str | None = None
    headcount: int | None = None


@dataclass(frozen=True)
class Roster:
    """The organisations that were invited, in a fixed order; ids are unique (else ValueError)."""

    entries: tuple[RosterEntry, ...] = ()

    def __post_init__(self) -> None:
        if len({entry.id for entry in self.entries}) < len(self.entries):
            raise ValueError("an organisation stands twice on the roster")

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def people(self) -> int | None:
        """Return N, everyone invited; None for an empty roster or where a headcount is unknown."""
        return _total(entry.headcount for entry in self.entries)

    @property
    def headcounts(self) -> NDArray[np.float64]:
        """Return N_i of every organisation, NaN where unknown."""
        return np.array([np.nan if e.headcount is None else e.headcount for e in self.entries], dtype=float)

    @cached_property
    def chapters(self) -> tuple[str, ...]:
        """Return the chapters in the order of their first organisation."""
        return tuple(dict.fromkeys(e.chapter for e in self.entries if e.chapter is not None))

    def people_of(self, chapter: str) -> int | None:
        """Return how many were invited in one chapter; None where a headcount is unknown."""
        return _total(entry.headcount for entry in self.entries if entry.chapter == chapter)


def _total(headcounts: Iterable[int | None]) -> int | None:
    known = list(headcounts)
    numbers = [count for count in known if count is not None]
    return sum(numbers) if numbers and len(numbers) == len(known) else None


@dataclass(frozen=True, eq=False)
class Answers:
    """All sent ballots of a round.

    `codes` is (people x coded questions) in the order of `Questionnaire.coded`: 0 no answer, 255 can't say, else the
    answer 1..options. `organisation` is an index into the roster per person, -1 where not stored. `only_total` marks
    who wished to be counted in the total alone. Raises ValueError where the shapes or indices do not fit.
    """

    codes: Codes
    organisation: Integers
    only_total: Flags
    roster: Roster

    def __post_init__(self) -> None:
        people = len(self.codes)
        if self.codes.ndim != 2 or self.codes.dtype != np.uint8:
            raise ValueError("codes are a matrix of bytes: people x coded questions")
        if self.organisation.shape != (people,) or self.only_total.shape != (people,):
            raise ValueError("organisation and only_total hold one value for each person")
        if people and not (self.organisation.min() >= NOWHERE and self.organisation.max() < len(self.roster)):
            raise ValueError("an organisation is not on the roster")

    @property
    def people(self) -> int:
        """Return how many people answered."""
        return len(self.codes)

    @cached_property
    def member(self) -> Integers:
        """Return each person's organisation, -1 for those who stand in no group."""
        return np.where(self.only_total, NOWHERE, self.organisation)
