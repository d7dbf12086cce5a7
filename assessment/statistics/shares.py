"""How many of all people likely agree, in whole people, from those who answered (statistics 1.3).

x of n answered in favour, out of N = `invited`. Exact coverage over all possible populations at a nominal 90 %:
mean 0.94-0.98, never below 0.86 for 5/8, 9/14, 6/20, 12/40, 25/60 (a test recomputes it).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from assessment.statistics.agreement import camps
from assessment.statistics.settings import JUDGEMENT
from assessment.statistics.values import Floats, Interval


def favourable(counts: ArrayLike) -> Floats:
    """Count the answers above the middle of the scale, (points + 1) / 2; counts lie along the last axis.

    >>> int(favourable([1, 2, 3, 4, 5])), int(favourable([1, 2, 3, 4]))
    (9, 7)
    """
    return camps(counts)[2]


def likely_people(x: int, n: int, invited: int, level: float = JUDGEMENT.level) -> Interval[float]:
    """Return between how many of all people likely are in favour: whole people, both ends included.

    Those who did not answer follow BetaBinomial(N - n, x + 1, n - x + 1): noninformative Bayes for a finite population
    (Meeden 2002; Mendoza et al. 2021). Everyone answered: x and x. Raises ValueError unless 0 <= x <= n <= N.

    >>> likely_people(7, 9, 14)
    Interval(low=9, high=12)
    """
    _check(x, n, invited)
    if n == invited:
        return Interval(x, x)
    silent = stats.betabinom(invited - n, x + 1, n - x + 1)
    low, high = silent.ppf([(1 - level) / 2, (1 + level) / 2])
    return Interval(x + int(low), x + int(high))


def possible_people(x: int, n: int, invited: int) -> Interval[float]:
    """Return the bounds that need no assumption: nobody, or everybody, of the silent is in favour (Manski).

    For response below one half, or where those who are silent may well think differently.

    >>> possible_people(7, 9, 14)
    Interval(low=7, high=12)
    """
    _check(x, n, invited)
    return Interval(x, x + invited - n)


def exact_people(x: int, n: int, invited: int, level: float = JUDGEMENT.level) -> Interval[float]:
    """Return the strict interval by the hypergeometric law: coverage never below `level`, 10-15 % wider.

    All totals X for which x or fewer, and x or more, among n drawn are each likelier than (1 - level) / 2.

    >>> exact_people(7, 9, 14)
    Interval(low=8, high=12)
    """
    _check(x, n, invited)
    totals = np.arange(x, x + invited - n + 1)
    law = stats.hypergeom(invited, totals, n)
    tail = (1 - level) / 2
    kept = totals[(law.cdf(x) > tail) & (law.sf(x - 1) > tail)]
    return Interval(int(kept.min()), int(kept.max()))


def wilson(x: int, n: int, invited: int | None = None, level: float = JUDGEMENT.level) -> Interval[float]:
    """Return Wilson's interval of a share; with N known, for a finite population (n* = n (N-1)/(N-n), O'Neill 2021).

    Use it where N is unknown (an open link). Everyone answered: the share itself. Raises ValueError for n = 0.

    >>> [round(float(end), 7) for end in wilson(7, 9, 14)]
    [0.6120892, 0.8858893]
    """
    if n < 1:
        raise ValueError("nobody answered: there is no share")
    _check(x, n, n if invited is None else invited)
    if n == invited:
        return Interval(x / n, x / n)
    size = n if invited is None else n * (invited - 1) / (invited - n)
    z2 = float(stats.norm.ppf((1 + level) / 2)) ** 2
    share = x / n
    centre = (share + z2 / (2 * size)) / (1 + z2 / size)
    half = np.sqrt(z2 * (share * (1 - share) / size + z2 / (4 * size**2))) / (1 + z2 / size)
    return Interval(max(0.0, float(centre - half)), min(1.0, float(centre + half)))


def _check(x: int, n: int, invited: int) -> None:
    if not 0 <= x <= n <= invited:
        raise ValueError(f"{x} of {n} of {invited} cannot be")
