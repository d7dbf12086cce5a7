"""What changed between two rounds, and what only looks as if it had (statistics 1.6).

When everybody answers twice there is no sampling doubt, yet people answer differently on another day: with plain
finite-population variances 12 of 12 answering twice, nothing changed, was called a change in 94 % of cases. So
comparisons count only the stable share r of a score as fixed by the finite group.
"""

from __future__ import annotations

import enum
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from assessment.statistics.means import blended_variance, freedom
from assessment.statistics.settings import JUDGEMENT, Judgement
from assessment.statistics.values import Floats, Points, Real, Summary, unanswered_share


class Verdict(enum.StrEnum):
    """What may be said about a change or a difference."""

    UP = "up"
    DOWN = "down"
    MAYBE_UP = "maybe_up"
    MAYBE_DOWN = "maybe_down"
    NONE = "none"
    TOO_FEW = "too_few"
    NOT_COMPARABLE = "not_comparable"


class Comparison(NamedTuple):
    """The second average minus the first, with its uncertainty.

    `low` and `high` bound the difference at the level of the settings; `p` is two-sided; `noticeable` is the smallest
    difference that could have been noticed, t x se. NaN where a side has nobody.
    """

    difference: Floats
    se: Floats
    df: Floats
    low: Floats
    high: Floats
    p: Floats
    noticeable: Floats


def comparison_variance(
    n: Real, sd: Real, invited: Real | None, points: Points, settings: Judgement = JUDGEMENT
) -> Floats:
    """Return the variance of a mean that will be compared: s*^2/n (1 - f r), s*^2 blended, f = n/N.

    y = tau + e: the stable part is drawn without replacement, the noise of answering is not. r = 1 would be the plain
    finite correction, r = 0 Cochran's advice to leave it out. N unknown: f = 0. Own judgement, simulated.
    """
    answered = 1 - unanswered_share(n, invited)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_variance = blended_variance(n, sd, points, settings) / np.asarray(n, dtype=float)
    return np.asarray(mean_variance * (1 - answered * settings.stable))


def compare(first: Summary, second: Summary, points: Points, settings: Judgement = JUDGEMENT) -> Comparison:
    """Compare two averages: rounds, roles, or a group with the rest. Numbers or arrays of measures.

    Welch's t with the comparison variance; that the same people may be in both is ignored, which is cautious.
    """
    one = comparison_variance(first.n, first.sd, first.invited, points, settings)
    two = comparison_variance(second.n, second.sd, second.invited, points, settings)
    difference = np.asarray(second.mean, dtype=float) - np.asarray(first.mean, dtype=float)
    df = _welch(one, freedom(first.n, settings), two, freedom(second.n, settings))
    se = np.sqrt(one + two)
    half = np.asarray(stats.t.ppf((1 + settings.level) / 2, df), dtype=float) * se
    p = np.asarray(2 * stats.t.sf(np.abs(difference) / se, df), dtype=float)
    return Comparison(difference, se, df, difference - half, difference + half, p, half)


def _welch(one: Floats, df_one: Floats, two: Floats, df_two: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((one + two) ** 2 / (one**2 / df_one + two**2 / df_two))


def adjusted(p: ArrayLike) -> Floats:
    """Return Benjamini and Hochberg's (1995) adjusted p of everything that is shown together; NaN stays NaN."""
    values = np.asarray(p, dtype=float)
    tested = ~np.isnan(values)
    result = np.full_like(values, np.nan)
    if tested.any():
        result[tested] = stats.false_discovery_control(values[tested], method="bh")
    return result


def verdict(comparison: Comparison, q: float, points: int, settings: Judgement = JUDGEMENT) -> Verdict:
    """Judge one difference, `q` being its adjusted p among everything shown beside it.

    Clear: q < 0.10 and |d| >= 0.25. Possible: the interval excludes 0 and |d| >= 0.25. The caller says TOO_FEW and
    NOT_COMPARABLE: they follow from who answered what, not from numbers.
    """
    # 3.35 - 3.1 is a quarter of a point: rounding takes away what floating point adds
    difference = round(float(comparison.difference), 9)
    small = abs(difference) < settings.step(settings.notable, points)
    if small or np.isnan(difference):
        return Verdict.NONE
    if q < settings.false_alarms:
        return Verdict.UP if difference > 0 else Verdict.DOWN
    if comparison.low > 0:
        return Verdict.MAYBE_UP
    return Verdict.MAYBE_DOWN if comparison.high < 0 else Verdict.NONE


def verdicts(comparisons: Comparison, points: ArrayLike, settings: Judgement = JUDGEMENT) -> tuple[Verdict, ...]:
    """Judge everything that is shown together: one-dimensional arrays, `points` per measure or one for all."""
    q = adjusted(comparisons.p)
    scales = np.broadcast_to(np.asarray(points, dtype=int), q.shape)
    rows = (Comparison(*row) for row in zip(*comparisons, strict=True))
    return tuple(verdict(row, float(one), int(m), settings) for row, one, m in zip(rows, q, scales, strict=True))


class OrganisationMix(NamedTuple):
    """A change taken apart: what changed inside organisations, and what by other organisations weighing more."""

    total: float
    within: float
    mix: float


def organisation_mix(
    first_weight: ArrayLike, first_mean: ArrayLike, second_weight: ArrayLike, second_mean: ArrayLike
) -> OrganisationMix:
    """Take a change apart over the organisations heard in both rounds (Kitagawa 1955); weights are scaled to 1.

    within = sum (w1+w2)/2 (y2-y1), mix = sum (y1+y2)/2 (w2-w1). Raises ValueError without any organisation.
    """
    w1, w2 = _shares(first_weight), _shares(second_weight)
    y1, y2 = np.asarray(first_mean, dtype=float), np.asarray(second_mean, dtype=float)
    within = float(((w1 + w2) / 2 * (y2 - y1)).sum())
    mix = float(((y1 + y2) / 2 * (w2 - w1)).sum())
    return OrganisationMix(within + mix, within, mix)


def _shares(weights: ArrayLike) -> Floats:
    values = np.asarray(weights, dtype=float)
    if not values.sum() > 0:
        raise ValueError("no organisation answered in both rounds")
    return np.asarray(values / values.sum())


class Turnover(NamedTuple):
    """A change taken apart by people: what those who stayed changed, who joined, who left."""

    first: float
    second: float
    total: float
    stayed: float
    joined: float
    left: float


def turnover(stayers_first: ArrayLike, stayers_second: ArrayLike, leavers: ArrayLike, joiners: ArrayLike) -> Turnover:
    """Take a change apart where the same people are known in both rounds.

    total = stayers' change + (n_join/n2)(mean_join - mean_stay2) - (n_left/n1)(mean_left - mean_stay1), exactly.
    Raises ValueError where nobody stayed.
    """
    stay1, stay2, gone, new = (np.asarray(x, dtype=float) for x in (stayers_first, stayers_second, leavers, joiners))
    if not len(stay1) or len(stay1) != len(stay2):
        raise ValueError("needs the same people, one at least, in both rounds")
    first, second = np.concatenate([stay1, gone]).mean(), np.concatenate([stay2, new]).mean()
    joined, left = second - stay2.mean(), stay1.mean() - first
    stayed = stay2.mean() - stay1.mean()
    return Turnover(*map(float, (first, second, second - first, stayed, joined, left)))
