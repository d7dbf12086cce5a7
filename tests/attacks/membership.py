"""Exact elimination for an attacker who knows who answered what: which few people the shown averages can be tied to."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import combinations

PRIME = (1 << 61) - 1
Row = list[int]


def inverse(number: int) -> int:
    """Return 1/number modulo the prime."""
    return pow(number, -1, PRIME)


def reduced(rows: Sequence[Row]) -> tuple[list[Row], list[int]]:
    """Bring rows to reduced echelon form and return them with their pivots."""
    table, pivots = [[x % PRIME for x in row] for row in rows], []
    for column in range(len(table[0]) if table else 0):
        at = len(pivots)
        found = next((r for r in range(at, len(table)) if table[r][column]), None)
        if found is None:
            continue
        table[at], table[found] = table[found], table[at]
        factor = inverse(table[at][column])
        table[at] = [x * factor % PRIME for x in table[at]]
        for r in range(len(table)):
            if r != at and table[r][column]:
                by = table[r][column]
                table[r] = [(x - by * y) % PRIME for x, y in zip(table[r], table[at], strict=True)]
        pivots.append(column)
    return table[: len(pivots)], pivots


def isolated(rows: Sequence[Row], owners: Sequence[Hashable], k: int) -> tuple[Hashable, ...] | None:
    """Find fewer than k people of whom any combination, whatever its weights, can be computed from the rows.

    Column j of the rows is an answer of the person `owners[j]`. A vector of the row space weighs people alike who are
    alike in every row, so that only people with fewer than k of their kind can be isolated.
    """
    kinds: dict[object, list[Hashable]] = {}
    for owner in dict.fromkeys(owners):
        columns = tuple(tuple(row[j] for row in rows) for j, other in enumerate(owners) if other == owner)
        kinds.setdefault(columns, []).append(owner)
    few = [kind for kind in kinds.values() if len(kind) < k]
    rare = {owner for kind in few for owner in kind}
    order = sorted(range(len(owners)), key=lambda j: owners[j] in rare)
    large = sum(owner not in rare for owner in owners)
    table, pivots = reduced([[row[j] for j in order] for row in rows])
    blind = [row[large:] for row, pivot in zip(table, pivots, strict=True) if pivot >= large]
    left = [owners[j] for j in order[large:]]
    for together in range(1, k if blind else 1):
        for chosen in combinations(few, together):
            people = tuple(owner for kind in chosen for owner in kind)
            outside = [j for j, owner in enumerate(left) if owner not in people]
            if len(people) < k and len(reduced([[row[j] for j in outside] for row in blind])[1]) < len(blind):
                return people
    return None
