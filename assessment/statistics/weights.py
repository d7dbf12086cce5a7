"""Weighted answers, for distributions through the organisations' lens (statistics 1.2)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from assessment.statistics.values import Floats


def kish(weights: ArrayLike) -> float:
    """Return the effective number of answers, (sum w)^2 / sum w^2 (Kish 1965); NaN without weight.

    >>> round(kish([1, 1, 1, 2, 2, 4]), 7)
    4.4814815
    """
    w = np.asarray(weights, dtype=float)
    with np.errstate(invalid="ignore"):
        return float(np.divide(w.sum() ** 2, np.square(w).sum()))


def one_organisation_one_voice(counts: ArrayLike) -> Floats:
    """Add up counts (organisations x ... x points) so that each heard organisation weighs 1, each person 1/n_i.

    >>> one_organisation_one_voice([[8, 0], [0, 1], [0, 0]]).tolist()
    [1.0, 1.0]
    """
    table = np.asarray(counts, dtype=float)
    people = table.sum(axis=-1, keepdims=True)
    return np.asarray((table / np.where(people > 0, people, 1.0)).sum(axis=0))
