"""Columns of the alliance's answers: merged until nobody stands alone in one (rule R10)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import NamedTuple

from assessment.disclosure.rules import Protection
from assessment.disclosure.values import Column

FEWEST_ANSWERS = 9
FEWEST_IN_COLUMN = 3
FEWEST_COLUMNS = 3
SHARE_STEP = Fraction(1, 10)


def columns(counts: Sequence[int], choice: bool, protection: Protection) -> tuple[Column, ...] | None:
    """Return what may be shown of the counts of codes 1..L, None where fewer than three columns would remain.

    Guarded merges every column of fewer than three people, empty ones included; open only those of one or two.
    """
    if sum(counts) < FEWEST_ANSWERS:
        return None
    merged = merge_choices(counts, protection) if choice else merge_points(counts, protection)
    return merged if len(merged) >= min(FEWEST_COLUMNS, len(counts)) and fine(merged, protection) else None


def fine(merged: Sequence[Column], protection: Protection) -> bool:
    """Tell whether no column is left that stands for too few people."""
    return not any(_thin(column.people, protection) for column in merged)


def _thin(people: int, protection: Protection) -> bool:
    return people < FEWEST_IN_COLUMN and (people > 0 or protection is Protection.GUARDED)


def merge_points(counts: Sequence[int], protection: Protection) -> tuple[Column, ...]:
    """Merge thin columns of a scale: the outermost first, with its neighbour on the same side, else inward.

    A middle column goes with its smaller neighbour, ties to the low side.
    """
    found = [Column((code,), people) for code, people in enumerate(counts, 1)]
    while len(found) > 1:
        thin = [i for i, column in enumerate(found) if _thin(column.people, protection)]
        if not thin:
            break
        points = len(counts)
        outermost = max(thin, key=lambda i: (_distance(found[i], points), -i))
        _merge(found, outermost, _partner(found, outermost, points))
    return tuple(found)


def _side(column: Column, points: int) -> int:
    """Return -1 for columns below the middle of the scale, 1 above, 0 for those that hold or cross it."""
    below = 2 * column.codes[-1] < points + 1
    return -1 if below else int(2 * column.codes[0] > points + 1)


def _distance(column: Column, points: int) -> int:
    return max(abs(2 * code - points - 1) for code in column.codes) if _side(column, points) else 0


def _partner(found: Sequence[Column], i: int, points: int) -> int:
    side = _side(found[i], points)
    if side == 0:
        beside = [j for j in (i - 1, i + 1) if 0 <= j < len(found)]
        return min(beside, key=lambda j: (found[j].people, j))
    inward, outward = i - side, i + side
    same = [j for j in (inward, outward) if 0 <= j < len(found) and _side(found[j], points) == side]
    return same[0] if same else inward


def _merge(found: list[Column], i: int, j: int) -> None:
    low, high = sorted((i, j))
    found[low : high + 1] = [Column(found[low].codes + found[high].codes, found[low].people + found[high].people)]


def merge_choices(counts: Sequence[int], protection: Protection) -> tuple[Column, ...]:
    """Merge thin choices into "other", put last; if that holds too few it takes the next smallest, ties the first."""
    kept = {code: people for code, people in enumerate(counts, 1) if not _thin(people, protection)}
    other = [code for code in range(1, len(counts) + 1) if code not in kept]
    while other and kept and _thin(sum(counts[c - 1] for c in other), protection):
        smallest = min(kept, key=lambda c: (kept[c], c))
        del kept[smallest]
        other.append(smallest)
    alone = [Column((code,), people) for code, people in kept.items()]
    if not other:
        return tuple(alone)
    return (*alone, Column(tuple(sorted(other)), sum(counts[c - 1] for c in other)))


def dont_know_share(dont_know: int, answered: int) -> float | None:
    """Return "can't say" as a share in steps of 10 %; None where one or two people would be seen.

    One or two among so many that they round to nothing read as nothing.
    """
    if dont_know + answered == 0:
        return None
    steps = floor(Fraction(dont_know, dont_know + answered) / SHARE_STEP + Fraction(1, 2))
    if 0 < dont_know < FEWEST_IN_COLUMN and steps > 0:
        return None
    return float(steps * SHARE_STEP)


class Counted(NamedTuple):
    """Exact counts of the codes 1..L of one question, and of "can't say"."""

    counts: tuple[int, ...]
    dont_know: int

    @property
    def people(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> Fraction:
        """Return the average of a scale's points."""
        return Fraction(sum(code * people for code, people in enumerate(self.counts, 1)), max(self.people, 1))
