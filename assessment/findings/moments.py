"""What happened between the rounds: rounds, wins and leaders on one time axis, as dates and never as reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from assessment.findings.results import Results

MOST = 24
"""Entries that one axis holds; with more the newest are shown."""


class Kind(StrEnum):
    """What a mark on the axis stands for."""

    ROUND = "round"
    WIN = "win"
    LEADERS = "leaders"


class Moment(NamedTuple):
    """Something on a day, in words; `under` says more of it, or nothing."""

    on: date
    kind: Kind
    words: str
    under: str = ""


class Timeline(NamedTuple):
    """Everything that the axis shows, the earliest first. `left_out` entries lie outside it or are too many."""

    moments: tuple[Moment, ...]
    left_out: int
    legend: str
    alt: str

    @property
    def shown(self) -> bool:
        """Whether there is anything beside the rounds' own dates to show."""
        return any(one.kind is not Kind.ROUND or one.under for one in self.moments)


def timeline(history: Sequence[Results], entries: Iterable[Moment]) -> Timeline:
    """Put the entries of the logs between the rounds of `history` (oldest first), from the first to the last."""
    facts = [results.release.facts for results in history]
    rounds = [Moment(f.sealed_on, Kind.ROUND, f.round_name, f.phase or "") for f in facts]
    known = sorted(entries, key=lambda one: one.on)
    inside = [one for one in known if rounds[0].on <= one.on <= rounds[-1].on][-MOST:]
    # On the day of sealing an entry stands before the round: it was there when people looked back.
    moments = tuple(sorted([*inside, *rounds], key=lambda one: one.on))
    left_out = len(known) - len(inside)
    said = [f"{day(one.on)}: {one.words}{f' ({one.under})' if one.under else ''}." for one in moments]
    return Timeline(moments, left_out, _legend(left_out), " ".join(["Time axis.", *said]))


def marks(history: Sequence[Results], entries: Iterable[Moment]) -> tuple[tuple[float, Kind], ...]:
    """Return where entries lie between rounds that stand at 0, 1, 2 …, by their dates; those outside are missing."""
    days = [results.release.facts.sealed_on for results in history]
    found = []
    for one in entries:
        for place, (before, after) in enumerate(pairwise(days)):
            if before < one.on <= after:
                found.append((round(place + (one.on - before) / (after - before), 3), one.kind))
    return tuple(sorted(found))


def day(when: date) -> str:
    """Return a day as people write it.

    >>> day(date(2026, 3, 4))
    '4 March 2026'
    """
    return f"{when.day} {when:%B %Y}"


def _legend(left_out: int) -> str:
    outside = f" {left_out} more in the logs, earlier than these or after the last round." if left_out else ""
    return f"Dot: a round was sealed. Diamond: a win. Triangle: leaders who grew.{outside} Dates only, no reasons."
