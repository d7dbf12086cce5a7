"""How sure we are of an average of scores: intervals that describe the group as it is now (statistics 1.3).

An alliance is a small finite group asked in full: if everyone answered there is no doubt left about its average.
Comparisons need another variance (`change`). No bootstrap: it covers worse at these sizes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import special

from assessment.statistics.settings import JUDGEMENT, Judgement
from assessment.statistics.values import Floats, Interval, N, Points, Real, floats, unanswered_share


def blended_variance(n: Real, sd: Real, points: Points, settings: Judgement = JUDGEMENT) -> Floats:
    """Blend the observed variance with the usual one: (nu0 s0^2 + (n-1) s^2) / (nu0 + n - 1).

    Small groups often answer identically; without the blend five equal answers of eight give an interval of no width.
    `sd` of a single person counts as unknown. NaN for nobody. Own judgement, coverage simulated (statistics 1.3).
    """
    people = floats(n)
    usual = settings.prior_spread * (floats(points) - 1) / 4
    seen = np.where(people > 1, (people - 1) * np.square(floats(sd)), 0.0)
    blend = (settings.prior_people * usual**2 + seen) / (settings.prior_people + np.maximum(people, 1) - 1)
    return np.where(people > 0, blend, np.nan)


def freedom(n: Real, settings: Judgement = JUDGEMENT) -> Floats:
    """Return the degrees of freedom of a blended variance: n - 1 + nu0."""
    return floats(n) - 1 + settings.prior_people


def interval(
    n: Real,
    mean: N,
    sd: Real,
    invited: Real | None,
    points: Points,
    settings: Judgement = JUDGEMENT,
    level: float | None = None,
) -> Interval[N]:
    """Return where the average of everybody invited likely is: blended t interval with finite correction, on the scale.

    Takes numbers or arrays. `invited` None: no correction. n = N: no width. NaN where nobody answered.
    Coverage 0.85-0.97 at a nominal 0.90 in 36 settings.

    >>> low, high = interval(9, 31 / 9, 0.6095307849, 14, 5)
    >>> round(float(low), 6), round(float(high), 6)
    (3.213102, 3.675787)
    """
    return _around(mean, half_width(n, sd, invited, points, settings, level), points)


def half_width(
    n: Real,
    sd: Real,
    invited: Real | None,
    points: Points,
    settings: Judgement = JUDGEMENT,
    level: Real | None = None,
) -> Floats:
    """Return how far the interval of `interval` reaches to either side, wherever the average lies, at each level."""
    variance = blended_variance(n, sd, points, settings)
    wide = _quantile(settings.level if level is None else level, freedom(n, settings))
    return np.asarray(wide * standard_error(n, np.sqrt(variance), invited))


def plain_interval(
    n: Real,
    mean: N,
    sd: Real,
    invited: Real | None,
    points: Points,
    settings: Judgement = JUDGEMENT,
    level: float | None = None,
) -> Interval[N]:
    """Return the plain t interval with finite correction (R survey's svymean): for comparison with other software.

    NaN for fewer than two people.
    """
    wide = _quantile(level or settings.level, floats(n) - 1)
    return _around(mean, wide * standard_error(n, sd, invited), points)


def standard_error(n: Real, sd: Real, invited: Real | None) -> Floats:
    """Return sqrt(s^2/n (1 - n/N)), the standard error of a mean of n out of N (Cochran)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.square(floats(sd)) / floats(n)
    return np.asarray(np.sqrt(variance * unanswered_share(n, invited)))


def t_interval(mean: N, se: Real, df: Real, points: Points, level: float = JUDGEMENT.level) -> Interval[N]:
    """Return mean -+ t se, cut to the scale 1..points: for averages whose standard error is known already."""
    return _around(mean, _quantile(level, floats(df)) * floats(se), points)


def _quantile(level: Real, df: Floats) -> Floats:
    valid = np.where(df > 0, df, np.nan)
    # what stats.t.ppf calls, to the last bit, without its checks: a release asks for 20,000 of them one by one
    return np.asarray(special.stdtrit(valid, (1 + floats(level)) / 2), dtype=float)


def _around(mean: N, half: Floats, points: Points) -> Interval[N]:
    # [()] turns an array without dimensions back into the number that it holds
    low: Any = np.clip(floats(mean) - half, 1, points)[()]
    high: Any = np.clip(floats(mean) + half, 1, points)[()]
    return Interval(low, high)
