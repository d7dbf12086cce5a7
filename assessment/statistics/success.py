"""What we win and what we build: Tattersall's pair with its paired gap (statistics 1.9)."""

from __future__ import annotations

import enum
from typing import NamedTuple

import numpy as np
from scipy import stats

from assessment.statistics.change import comparison_variance
from assessment.statistics.means import freedom
from assessment.statistics.settings import JUDGEMENT, Judgement
from assessment.statistics.values import Floats, Interval, summary


class Quadrant(enum.StrEnum):
    """Where an alliance stands between social change and social power; the value is the phrase to show."""

    WINNING_AND_GROWING = "winning and growing"
    WEARING_THIN = "winning, wearing thin"
    NOT_YET_WINNING = "growing, not yet winning"
    STARTING_OR_STUCK = "starting or stuck"
    BORDER = "on the border"


class Ahead(enum.StrEnum):
    """Which of the two runs ahead; the value is the phrase to show."""

    WINS = "wins run ahead of the power we build"
    POWER = "we build power faster than we win"
    NEITHER = "wins and power go together"


class PairedGap(NamedTuple):
    """Social change minus social power, person by person.

    `change` and `power` average everybody who has each, `gap` those who have both; `low` and `high` bound the gap with
    the comparison variance. NaN where nobody has both.
    """

    people: int
    change: float
    power: float
    gap: float
    low: float
    high: float


def paired_gap(
    change: Floats, power: Floats, invited: int | None, points: int, settings: Judgement = JUDGEMENT
) -> PairedGap:
    """Compare two scores of the same people (NaN: missing), with answer noise as between rounds (r = 0.6)."""
    n, mean, sd, _ = summary(change - power, invited)
    low, high = gap_interval(int(n), float(mean), float(sd), invited, points, settings)
    first, second = float(summary(change).mean), float(summary(power).mean)
    return PairedGap(int(n), first, second, float(mean), low, high)


def gap_interval(
    n: int, gap: float, sd: float, invited: int | None, points: int, settings: Judgement = JUDGEMENT
) -> Interval[float]:
    """Return where a gap lies that n people have, each their own, with a standard deviation `sd` between them.

    A t interval with the comparison variance; NaN for nobody.
    """
    se = np.sqrt(comparison_variance(n, sd, invited, points, settings))
    # nobody has both: no degrees of freedom, and NaN all through
    half = float(stats.t.ppf((1 + settings.level) / 2, np.maximum(freedom(n, settings), 1)) * se)
    return Interval(gap - half, gap + half)


def ahead(found: PairedGap, points: int, settings: Judgement = JUDGEMENT) -> Ahead:
    """Say which runs ahead: only if the interval excludes 0 and the gap is notable."""
    if round(abs(found.gap), 9) >= settings.step(settings.notable, points):
        if found.low > 0:
            return Ahead.WINS
        if found.high < 0:
            return Ahead.POWER
    return Ahead.NEITHER


def quadrant(change: Interval[float], power: Interval[float], points: int, settings: Judgement = JUDGEMENT) -> Quadrant:
    """Name the quadrant if both intervals stay on one side of a fixed cut, so that other rounds do not move it.

    >>> quadrant(Interval(3.2, 3.9), Interval(2.1, 2.9), 5)
    <Quadrant.WEARING_THIN: 'winning, wearing thin'>
    """
    cut = settings.place(settings.quadrant_cut, points)
    if change.low <= cut <= change.high or power.low <= cut <= power.high:
        return Quadrant.BORDER
    named = {
        (True, True): Quadrant.WINNING_AND_GROWING,
        (True, False): Quadrant.WEARING_THIN,
        (False, True): Quadrant.NOT_YET_WINNING,
        (False, False): Quadrant.STARTING_OR_STUCK,
    }
    return named[change.low > cut, power.low > cut]
