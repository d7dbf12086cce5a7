"""One person one voice, one organisation one voice: averages of a round and their variances (statistics 1.2).

Organisations lie along the first axis of every array; further axes (measures) are carried along. An organisation
with nobody who answered (n = 0) was not heard. Variances equal R survey 4.1.1 (two-stage and stratified designs).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from assessment.statistics.values import Floats, Real, floats, unanswered_share


class Lens(NamedTuple):
    """An average through one lens, its standard error and degrees of freedom."""

    mean: Floats
    se: Floats
    df: Floats


class Differences(NamedTuple):
    """One-way analysis of variance between organisations: do they see things differently at all?

    `icc1` is the share of variance between organisations, `icc2` the reliability of their averages, both in Bliese's
    convention (R multilevel): group size is the mean size.
    """

    f: Floats
    p: Floats
    between: Floats
    within: Floats
    icc1: Floats
    icc2: Floats


def pooled_mean(n: Real, mean: Real) -> Floats:
    """Return the people's lens: every person's score counts the same. NaN where nobody was heard."""
    counts, means = floats(n), floats(mean)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(_where(counts > 0, counts * means).sum(axis=0) / counts.sum(axis=0))


def pooled_variance(n: Real, sd: Real) -> Floats:
    """Return the variance within organisations: sum (n_i - 1) s_i^2 / sum (n_i - 1); NaN if each has one respondent."""
    counts = floats(n)
    freedom = np.maximum(counts - 1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(_where(counts > 1, freedom * floats(sd) ** 2).sum(axis=0) / freedom.sum(axis=0))


def organisations_lens(n: Real, mean: Real, sd: Real, invited: Real | None, organisations: int) -> Lens:
    """Return the mean of the organisations' means, each heard organisation weighing 1/h.

    v = (1 - f1) s_b^2 / h + f1 / h^2 sum (1 - n_i/N_i) s_i^2 / n_i with f1 = h/H, H = `organisations`. If all were
    heard, organisations are strata, not clusters, and only the second part stays. df: h - 1, or n - h where all
    were heard (at least 1). NaN where none was heard; no standard error where one alone of several was.
    """
    counts, means = floats(n), floats(mean)
    heard = (counts > 0).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = _where(counts > 0, means).sum(axis=0) / heard
        between = _where(counts > 0, (means - centre) ** 2).sum(axis=0) / (heard - 1)
        share = heard / organisations
        first = np.where(share < 1, (1 - share) * between / heard, 0.0)
        variance = first + share / heard**2 * _strata(counts, means, sd, invited).sum(axis=0)
    df = np.where(share < 1, heard - 1, counts.sum(axis=0) - heard)
    return Lens(np.asarray(centre), np.asarray(np.sqrt(variance)), np.maximum(df, 1.0))


def post_stratified(n: Real, mean: Real, sd: Real, invited: Real) -> Lens:
    """Return the people's lens as if each heard organisation had answered at the same rate: sum (N_i/N) ybar_i.

    v = sum (N_i/N)^2 (1 - n_i/N_i) s_i^2 / n_i; N is summed over the organisations that were heard; df n - h.
    NaN where a heard organisation's headcount is unknown.
    """
    counts, means = floats(n), floats(mean)
    people = np.where(counts > 0, _like(invited, counts), 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        weight = people / people.sum(axis=0)
        centre = _where(counts > 0, weight * means).sum(axis=0)
        variance = (weight**2 * _strata(counts, means, sd, invited)).sum(axis=0)
    heard = (counts > 0).sum(axis=0)
    df = np.maximum(counts.sum(axis=0) - heard, 1.0)
    return Lens(np.where(heard > 0, centre, np.nan), np.asarray(np.sqrt(variance)), df)


def differences(n: Real, mean: Real, sd: Real) -> Differences:
    """Return the one-way analysis of variance over organisations, from their n, means and standard deviations.

    F and p as scipy's f_oneway; ICC1 = (MSB - MSW)/(MSB + (kbar - 1) MSW), ICC2 = (MSB - MSW)/MSB. NaN with fewer
    than two organisations, or where no organisation has two people.
    """
    counts, means = floats(n), floats(mean)
    heard, people = (counts > 0).sum(axis=0), counts.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        between = _where(counts > 0, counts * (means - pooled_mean(counts, means)) ** 2).sum(axis=0) / (heard - 1)
        within = pooled_variance(counts, sd)
        f = np.asarray(between / within)
        icc1 = np.asarray((between - within) / (between + (people / heard - 1) * within))
        icc2 = np.asarray((between - within) / between)
    p = np.asarray(stats.f.sf(f, heard - 1, people - heard), dtype=float)
    return Differences(f, p, np.asarray(between), within, icc1, icc2)


def _strata(counts: Floats, means: Floats, sd: Real, invited: Real | None) -> Floats:
    """Return (1 - n_i/N_i) s_i^2 / n_i; an organisation of one borrows the pooled, else the overall variance."""
    pooled = pooled_variance(counts, sd)
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = _where(counts > 0, counts * (means - pooled_mean(counts, means)) ** 2).sum(axis=0)
        borrowed = np.where(np.isnan(pooled), apart / (counts.sum(axis=0) - 1), pooled)
        variance = np.where(counts > 1, floats(sd) ** 2, borrowed) / counts
    left = unanswered_share(counts, None if invited is None else _like(invited, counts))
    # an organisation that answered in full adds no doubt, even where nothing is known of its spread
    return _where((counts > 0) & (left > 0), variance * left)


def _like(invited: Real, counts: Floats) -> Floats:
    """Stretch one headcount per organisation over the measures."""
    people = floats(invited)
    return np.broadcast_to(people.reshape(people.shape + (1,) * (counts.ndim - people.ndim)), counts.shape)


def _where(flags: NDArray[np.bool_], values: Floats) -> Floats:
    return np.where(flags, values, 0.0)
