"""Do the questions of a dimension hang together? For coordinators, never for members (statistics 1.12)."""

from __future__ import annotations

import enum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

from assessment.statistics.settings import JUDGEMENT, Judgement
from assessment.statistics.values import Floats, Interval, summary

CHUNK = 1 << 16
SMALLEST_UNIQUENESS = 0.005
"""Lower bound of a question's own variance in the factor solution, as in R's factanal."""
SUMS_TO_NOTHING = 1e-9
"""A variance of sums below this share of the questions' own variances is none but for rounding."""


class Hanging(enum.StrEnum):
    """How the questions of a dimension hang together; the value is the phrase to show."""

    TOO_FEW = "not enough answers to judge the questions"
    CONTRADICT = "questions contradict each other: check for a reversed item"
    APART = "these questions do not hang together; read them one by one"
    REASONABLE = "reasonable"
    GOOD = "these questions hang together"
    REDUNDANT = "possibly redundant: could be shortened"


class Alpha(NamedTuple):
    """Cronbach's alpha with its Feldt interval; `dropped` are columns that everybody answered alike.

    NaN with fewer than two questions that vary.
    """

    value: float
    low: float
    high: float
    people: int
    dropped: tuple[int, ...]


def alpha(answers: Floats, level: float = 0.95) -> Alpha:
    """Return alpha = K/(K-1) (1 - tr C / sum C) over people x questions (NaN: missing), C pairwise covariances.

    The interval is Feldt's, n the number of people. Equals R psych's alpha(use = "pairwise") and pingouin. NaN where
    fewer than two questions vary; minus infinity where answers cancel each other so that everybody has the same sum.
    """
    kept = np.array([i for i in range(answers.shape[1]) if _varies(answers[:, i])], dtype=int)
    dropped = tuple(i for i in range(answers.shape[1]) if i not in kept)
    people, k = len(answers), len(kept)
    if k < 2:
        return Alpha(np.nan, np.nan, np.nan, people, dropped)
    c = covariances(answers if k == answers.shape[1] else answers[:, kept])
    if c.sum() <= SUMS_TO_NOTHING * np.trace(c):
        return Alpha(-np.inf, -np.inf, -np.inf, people, dropped)
    value = k / (k - 1) * (1 - np.trace(c) / c.sum())
    return Alpha(float(value), *feldt(float(value), people, k, level), people, dropped)


def feldt(value: float, people: int, questions: int, level: float = 0.95) -> Interval[float]:
    """Return Feldt's (1965) interval of an alpha: 1 - (1 - alpha) F(n-1, (n-1)(K-1)) at both tails.

    For n people, two at least, and K questions, two at least.

    >>> [round(end, 3) for end in feldt(0.5917188485995826, 15, 10)]
    [0.195, 0.84]
    """
    law = stats.f(people - 1, (people - 1) * (questions - 1))
    low, high = 1 - (1 - value) * law.ppf([(1 + level) / 2, (1 - level) / 2])
    return Interval(float(low), float(high))


class Item(NamedTuple):
    """One question of a dimension: who answered it, its average and spread, and how it goes with the others.

    `rest` is its correlation with the sum of the other questions, `alpha_without` alpha once it is dropped; NaN where
    there are not enough questions that vary.
    """

    people: int
    mean: float
    sd: float
    rest: float
    alpha_without: float


def items(answers: Floats) -> tuple[Item, ...]:
    """Describe every question of people x questions (NaN: missing), as R psych's alpha does (r.drop, alpha drop).

    For the same covariances as `alpha`; a question that everybody answered alike goes with nothing.
    """
    described = [summary(column) for column in answers.T]
    rests, without = _rests(answers), [alpha(np.delete(answers, i, axis=1)).value for i in range(answers.shape[1])]
    return tuple(
        Item(int(one.n), float(one.mean), float(one.sd), float(rest), dropped)
        for one, rest, dropped in zip(described, rests, without, strict=True)
    )


def _rests(answers: Floats) -> Floats:
    """Return the correlation of each question with the sum of all others, from the covariances."""
    c = covariances(answers)
    # a pair that nobody answered together adds nothing
    own, row, whole = np.diag(c), np.nansum(c, axis=0), np.nansum(c)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((row - own) / np.sqrt(own * (whole - 2 * row + own)))


def covariances(answers: Floats) -> Floats:
    """Return the covariance of each pair of questions over the people who answered both, adding up chunks of people."""
    average = np.array([_average(column) for column in answers.T])
    questions = answers.shape[1]
    both, sums, products = (np.zeros((questions, questions)) for _ in range(3))
    for start in range(0, len(answers), CHUNK):
        chunk = answers[start : start + CHUNK]
        here = (~np.isnan(chunk)).astype(float)
        centred = np.where(here > 0, chunk - average, 0.0)
        both += here.T @ here
        # the means are those of the people who answered both, so each pair's are shifted
        sums += centred.T @ here
        products += centred.T @ centred
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((products - sums * sums.T / both) / (both - 1))


def omega(answers: Floats) -> float:
    """Return McDonald's omega total of one factor, (sum L)^2 / ((sum L)^2 + sum (1 - L^2)), over people x questions.

    L are maximum-likelihood loadings on the correlation matrix; their sign is arbitrary and does not matter here.
    NaN with fewer than three questions that vary, or where a pair of questions has no correlation.
    """
    varies = [_varies(column) for column in answers.T]
    if sum(varies) < 3:
        return np.nan
    c = covariances(answers if all(varies) else answers[:, varies])
    scale = np.sqrt(np.diag(c))
    r = c / np.outer(scale, scale)
    if not np.isfinite(r).all():
        return np.nan
    loadings = one_factor(r)
    common = loadings.sum() ** 2
    return float(common / (common + (1 - loadings**2).sum()))


def one_factor(r: Floats) -> Floats:
    """Return the maximum-likelihood loadings of one factor on a correlation matrix (Jöreskog 1967, as R's factanal).

    The uniquenesses psi minimise the sum over all but the largest eigenvalue t of psi^-1/2 R psi^-1/2 of t - log t - 1.
    """
    start = (1 - 0.5 / len(r)) / np.diag(np.linalg.pinv(r))
    bounds = [(SMALLEST_UNIQUENESS, 1.0)] * len(r)
    inside = np.clip(start, SMALLEST_UNIQUENESS, 1.0)
    found = optimize.minimize(_misfit, inside, args=(r,), jac=_slope, method="L-BFGS-B", bounds=bounds, tol=1e-12)
    return _loadings(found.x, r)


def _scaled(psi: Floats, r: Floats) -> tuple[Floats, Floats]:
    values, vectors = np.linalg.eigh(r / np.sqrt(np.outer(psi, psi)))
    return np.asarray(values), np.asarray(vectors)


def _misfit(psi: Floats, r: Floats) -> float:
    # pairwise correlations need not be positive definite
    small = np.maximum(_scaled(psi, r)[0][:-1], 1e-12)
    return float((small - np.log(small) - 1).sum())


def _slope(psi: Floats, r: Floats) -> Floats:
    loadings = _loadings(psi, r)
    return np.asarray((loadings**2 + psi - np.diag(r)) / psi**2)


def _loadings(psi: Floats, r: Floats) -> Floats:
    values, vectors = _scaled(psi, r)
    loadings = np.sqrt(psi) * vectors[:, -1] * np.sqrt(max(float(values[-1]) - 1, 0.0))
    return np.asarray(loadings if loadings.sum() >= 0 else -loadings)


def hanging(found: float, people: int, settings: Judgement = JUDGEMENT) -> Hanging:
    """Put alpha or omega into words; NaN reads as too few.

    >>> hanging(0.7, 40), hanging(0.7, 12), hanging(-0.1, 40)  # doctest: +NORMALIZE_WHITESPACE
    (<Hanging.REASONABLE: 'reasonable'>, <Hanging.TOO_FEW: 'not enough answers to judge the questions'>,
    <Hanging.CONTRADICT: 'questions contradict each other: check for a reversed item'>)
    """
    if people < settings.reliability_people or np.isnan(found):
        return Hanging.TOO_FEW
    if found < 0:
        return Hanging.CONTRADICT
    if found < settings.apart_below:
        return Hanging.APART
    if found > settings.redundant_above:
        return Hanging.REDUNDANT
    return Hanging.REASONABLE if found <= settings.good_above else Hanging.GOOD


def _average(column: NDArray[np.float64]) -> float:
    valid = column[~np.isnan(column)]
    return float(valid.mean()) if len(valid) else 0.0


def _varies(column: NDArray[np.float64]) -> bool:
    valid = column[~np.isnan(column)]
    return len(valid) > 1 and bool((valid != valid[0]).any())
