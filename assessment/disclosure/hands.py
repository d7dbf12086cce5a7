"""What the hands say into which everybody is dealt (`joint`): forms by slot, and how much they pin down."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assessment.disclosure.ranks import Form, rank, response
from assessment.statistics.answers import Flags


class Hand(NamedTuple):
    """What one hand says of each slot's own composites, of everything else, and of questions alone.

    `own` is slots x own x own, 0 for composites that are not a slot's own, `ranks` how much that pins down; `response`
    how its own would be weighed to hide everything else (slots x own x everything else); `rest` what all say together
    of everything else with these left free; `plain` of questions.
    """

    own: Form
    ranks: NDArray[np.intp]
    response: Form
    rest: Form
    plain: Form


def hand_of(rows: Form, everything: Form, free: int) -> Hand:
    """Put slots together: `rows` is slots x own x (own and everything else).

    `everything` adds up what is not their own, first `free` variables, then questions. What slots may hide by their own
    composites is taken away (Schur complement).
    """
    own = rows.shape[1]
    found, ranks = response(rows, own)
    hidden = np.tensordot(rows[:, :, own:], found, axes=([0, 1], [0, 1]))
    return Hand(rows[:, :, :own], ranks, found, everything + hidden, everything[free:, free:])


def pinned(hand: Hand) -> int:
    """Count the combinations of composites that leave something, whatever questions go with them."""
    return int(hand.ranks.sum()) + rank(hand.rest) - rank(hand.plain)


def left(sums: Form, known: Flags) -> Form:
    """Return what a combination leaves, from sums of products (`dealing`): hands x groups x names x names.

    Where a group's average is known, from that average on.
    """
    people, total, squares = sums[..., 0, 0], sums[..., 0, 1:], sums[..., 1:, 1:]
    apart = total[..., :, None] * total[..., None, :] / np.maximum(people, 1)[..., None, None]
    return np.asarray(squares - known[:, None, None] * apart)


def inverse(sizes: Form) -> Form:
    """Return 1/size, 0 for what nobody weighs."""
    return np.asarray(np.divide(1.0, sizes, out=np.zeros_like(sizes), where=sizes > 0))
