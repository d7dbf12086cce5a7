"""Votes of a room: what may be shown of them once they are revealed."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.disclosure.columns import merge_choices, merge_points
from assessment.disclosure.door import door
from assessment.disclosure.rules import FEWEST, Protection


def poll_columns(counts: Sequence[int], ordered: bool) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Return columns of merged choices, numbered from 1, and their votes; none where fewer than five voted.

    A column of one or two votes is merged with its neighbour on a scale, else into "other", put last. Empty ones stay.

    >>> poll_columns([0, 3, 4, 1], ordered=True)
    (((1,), 0), ((2,), 3), ((3, 4), 5))
    """
    if sum(counts) < FEWEST:
        return ()
    with door():
        merge = merge_points if ordered else merge_choices
        return tuple((column.codes, column.people) for column in merge(counts, Protection.OPEN))
