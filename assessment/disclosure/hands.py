"""What the hands say into which everybody is dealt (`joint`): forms by group, and how much they pin down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from assessment.disclosure.ranks import Form, rank, response
from assessment.statistics.answers import Flags


class Part(NamedTuple):
    """What one group says of its own composites.

    `response` is how they would be weighed to hide everything else (own x everything else), `hidden` how much of
    everything else they then hide.
    """

    own: Form
    response: Form
    hidden: Form


class Hand(NamedTuple):
    """The groups' parts; what all say together of everything else, with these left free; and of questions alone."""

    parts: Sequence[Part]
    rest: Form
    plain: Form


def part_of(rows: Form) -> Part:
    """Take a group's rows apart (own x own and everything else)."""
    own = len(rows)
    found = response(rows, own)
    return Part(rows[:, :own], found, rows[:, own:].T @ found)


def hand_of(parts: Sequence[Part], everything: Form, free: int) -> Hand:
    """Put groups together: `everything` adds up what is not their own, first `free` variables, then questions.

    What groups may hide by their own composites is taken away (Schur complement).
    """
    return Hand(parts, everything + np.sum([part.hidden for part in parts], axis=0), everything[free:, free:])


def pinned(hand: Hand) -> int:
    """Count the combinations of composites that leave something, whatever questions go with them."""
    return sum(rank(part.own) for part in hand.parts) + rank(hand.rest) - rank(hand.plain)


def left(people: Form, total: Form, squares: Form, known: Flags) -> Form:
    """Return groups' products of weights, from each group's average on where that is known."""
    apart = total[:, :, None] * total[:, None, :] / np.maximum(people, 1)[:, None, None]
    return np.asarray(squares - known[:, None, None] * apart)


def inverse(sizes: Form) -> Form:
    """Return 1/size, 0 for what nobody weighs."""
    return np.asarray(np.divide(1.0, sizes, out=np.zeros_like(sizes), where=sizes > 0))
