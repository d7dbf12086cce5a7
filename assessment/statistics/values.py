"""The shapes in which numbers travel between the statistics: alone, or as arrays of groups and measures."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Real: TypeAlias = float | Floats | NDArray[np.integer]
Points: TypeAlias = int | NDArray[np.integer]
"""Points of a scale: one for all, or one per measure."""
N = TypeVar("N", float, Floats)


class Interval(NamedTuple, Generic[N]):
    """Two ends of an interval, both included."""

    low: N
    high: N


class Summary(NamedTuple):
    """What a group's answers come down to: how many answered, their average and spread, how many were invited.

    `sd` divides by n - 1 and is NaN for one person; `invited` is N, None (or NaN in an array) where unknown.
    """

    n: Real
    mean: Real
    sd: Real
    invited: Real | None = None


def floats(value: Real) -> Floats:
    """Take a number or an array as an array of floats."""
    return np.asarray(value, dtype=float)


def unanswered_share(n: Real, invited: Real | None) -> Floats:
    """Return the finite population correction 1 - n/N: 1 where N is unknown, 0 where n reaches or exceeds it."""
    if invited is None:
        return np.ones_like(floats(n))
    people = floats(invited)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.isnan(people), 1.0, np.clip(1 - floats(n) / people, 0.0, 1.0))


def summary(values: Floats, invited: float | None = None) -> Summary:
    """Summarise raw scores (NaN means missing) as n, mean and standard deviation."""
    valid = values[~np.isnan(values)]
    n = len(valid)
    mean = float(valid.mean()) if n else np.nan
    return Summary(n, mean, float(valid.std(ddof=1)) if n > 1 else np.nan, invited)
