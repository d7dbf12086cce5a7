"""What the hands say into which everybody is dealt (`joint`): forms by group, and how much they pin down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from assessment.disclosure.ranks import Form, rank, response, without


class Part(NamedTuple):
    """What one group says of its own composites; of everything else, with these left free; of questions alone.

    `response` is how its own composites would be weighed to hide everything else: (own x everything else).
    """

    own: Form
    response: Form
    rest: Form
    plain: Form


Hand = Sequence[Part]


def part_of(form: Form, own: int, free: int) -> Part:
    """Take a group's form apart: first its `own` composites, then `free` variables, then questions."""
    return Part(form[:own, :own], response(form, own), without(form, own), form[own + free :, own + free :])


def added(hand: Hand) -> tuple[Form, Form]:
    """Return what all groups together say of everything that is not their own, and of questions alone."""
    return np.sum([part.rest for part in hand], axis=0), np.sum([part.plain for part in hand], axis=0)


def pinned(hand: Hand) -> int:
    """Count the combinations of composites that leave something, whatever questions go with them."""
    rest, plain = added(hand)
    return sum(rank(part.own) for part in hand) + rank(rest) - rank(plain)
