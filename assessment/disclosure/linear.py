"""The exact linear audit: can anything published be added up to the answers of fewer than k people? (rule R7)

Everything published about a measure is a row: an average of a group has weight 1 for its people, a second lens has
1/n of each person's organisation. People alike in every row are one atom. If a combination of rows is 0 on all but a
few people, their total, or a weighted average of them, can be computed: three people with unequal weights are told
about as much as three with equal ones. Elimination modulo a large prime finds every such combination.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

PRIME = (1 << 31) - 1
Rows = NDArray[np.int64]


def inverse(number: int) -> int:
    """Return 1/number modulo the prime: an organisation's weight is the inverse of its number of people."""
    return pow(number, -1, PRIME)


def exposed(rows: Rows, sizes: Sequence[int], k: int) -> bool:
    """Tell whether a vector of the row space, other than 0, is 0 on all but 1 to k-1 people.

    `rows` is (rows x atoms) modulo the prime, `sizes` how many people each atom holds. Vectors of the row space are
    equal on equal columns, so such people fill whole columns with fewer than k people each.
    """
    columns, people = _merged(*_untold(rows % PRIME, np.asarray(sizes, dtype=np.int64), k))
    small = people < k
    basis = _vanishing(np.concatenate([columns[:, ~small], columns[:, small]], axis=1), int((~small).sum()))
    return _rests_on_few(basis, people[small], k)


def _untold(rows: Rows, people: NDArray[np.int64], k: int) -> tuple[Rows, NDArray[np.int64]]:
    """Leave out atoms of nobody, and those of k or more people that a row tells by themselves.

    Such a row takes away whatever a combination leaves of its atom, and touches no other. Organisations shown for
    themselves are such atoms: among a hundred, few columns are left.
    """
    rows, people = rows[:, people > 0], people[people > 0]
    alone = np.count_nonzero(rows, axis=1) == 1
    told = np.unique(np.argmax(rows[alone] != 0, axis=1)) if alone.any() else np.empty(0, np.intp)
    told = told[people[told] >= k]
    rows, people = np.delete(rows, told, axis=1), np.delete(people, told)
    return rows[rows.any(axis=1)], people


def _merged(rows: Rows, sizes: NDArray[np.int64]) -> tuple[Rows, NDArray[np.int64]]:
    columns, place = np.unique(rows, axis=1, return_inverse=True)
    return columns, np.bincount(place.ravel(), sizes, minlength=columns.shape[1]).astype(np.int64)


def _vanishing(rows: Rows, large: int) -> Rows:
    """Return a reduced basis of those vectors of the row space that are 0 on the first `large` columns."""
    return _beyond(*_reduced(rows), large)


def _beyond(reduced: Rows, pivots: list[int], large: int) -> Rows:
    inside = [i for i, pivot in enumerate(pivots) if pivot >= large]
    return reduced[inside, large:]


def _reduced(rows: Rows) -> tuple[Rows, list[int]]:
    """Bring rows to reduced echelon form modulo the prime; products of two residues stay below 2^62."""
    table = rows % PRIME
    pivots: list[int] = []
    for column in range(table.shape[1]):
        row = len(pivots)
        candidates = np.flatnonzero(table[row:, column])
        if not len(candidates):
            continue
        table[[row, row + candidates[0]]] = table[[row + candidates[0], row]]
        table[row] = table[row] * inverse(int(table[row, column])) % PRIME
        others = np.flatnonzero(table[:, column])
        others = others[others != row]
        table[others] = (table[others] - table[others, column, None] * table[row]) % PRIME
        pivots.append(column)
        if len(pivots) == len(table):
            break
    return table, pivots


def _rests_on_few(basis: Rows, people: NDArray[np.int64], k: int) -> bool:
    """Tell whether a combination of independent rows, other than 0, is 0 on all but fewer than k people.

    On the pivot column of the first row it is 0, which leaves the other rows, or it is not, which costs the column's
    people: at most k-1 of these, so the search ends soon and leaves nothing out.
    """
    dear = people >= k
    reduced, pivots = _reduced(np.concatenate([basis[:, dear], basis[:, ~dear]], axis=1))
    if len(pivots) < len(basis):
        return True
    kept, cheap = _beyond(reduced, pivots, int(dear.sum())), people[~dear]
    if not len(kept):
        return False
    first = int(np.flatnonzero(kept[0])[0])
    others, left = np.delete(kept, first, axis=1), np.delete(cheap, first)
    return _rests_on_few(others[1:], left, k) or _rests_on_few(others, left, k - int(cheap[first]))
