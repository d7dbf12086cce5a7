"""The exact linear audit: can anything published be added up to the answers of fewer than k people? (rule R7)

Everything published about a measure is a row: an average of a group has weight 1 for its people, a second lens has
1/n of each person's organisation. People alike in every row are one atom. If the indicator of a small set of people
lies in the space of the rows, their total can be computed. Elimination modulo a large prime finds all such sets.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

PRIME = (1 << 31) - 1
Rows = NDArray[np.int64]


def inverse(number: int) -> int:
    """Return 1/number modulo the prime: an organisation's weight is the inverse of its number of people."""
    return pow(number, -1, PRIME)


def exposed(rows: Rows, sizes: Sequence[int], k: int) -> bool:
    """Tell whether a set of 1 to k-1 people has its indicator in the row space.

    `rows` is (rows x atoms) modulo the prime, `sizes` how many people each atom holds. Vectors of the row space are
    equal on equal columns, so such a set consists of whole columns with fewer than k people each.
    """
    columns, people = _merged(rows, np.asarray(sizes, dtype=np.int64))
    small = people < k
    basis = _vanishing(np.concatenate([columns[:, ~small], columns[:, small]], axis=1), int((~small).sum()))
    return _small_indicator(basis, people[small], k)


def _merged(rows: Rows, sizes: NDArray[np.int64]) -> tuple[Rows, NDArray[np.int64]]:
    held = sizes > 0
    columns, place = np.unique(rows[:, held], axis=1, return_inverse=True)
    people = np.bincount(place.ravel(), sizes[held], minlength=columns.shape[1]).astype(np.int64)
    return columns, people


def _vanishing(rows: Rows, large: int) -> Rows:
    """Return a reduced basis of those vectors of the row space that are 0 on the first `large` columns."""
    reduced, pivots = _reduced(rows)
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


def _small_indicator(basis: Rows, people: NDArray[np.int64], k: int) -> bool:
    """Search the sums of basis rows for an indicator of fewer than k people.

    On its own pivot a basis row alone is not 0, so an indicator is a sum of distinct rows, each with factor 1: at most
    k-1 of them, since each pivot brings one person at least.
    """
    for together in range(1, min(k - 1, len(basis)) + 1):
        for chosen in combinations(range(len(basis)), together):
            vector = basis[list(chosen)].sum(axis=0) % PRIME
            if np.isin(vector, (0, 1)).all() and 0 < people[vector == 1].sum() < k:
                return True
    return False
