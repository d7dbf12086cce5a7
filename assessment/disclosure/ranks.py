"""Ranks of forms: x'Fx adds up squares, so that it is 0 exactly for the combinations that leave nothing.

In floating point: forms are scaled so that every variable alone gives about 1, and what is not 0 is far above what
floating point leaves of 0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Form = NDArray[np.float64]
TOLERANCE = 1e-8
"""An eigenvalue below this is what floating point leaves of 0."""


def rank(form: Form) -> int:
    """Return how many independent combinations a form tells from 0.

    >>> rank(np.array([[2.0, 2.0], [2.0, 2.0]]))
    1
    """
    return int((np.linalg.eigvalsh(form) > TOLERANCE).sum()) if len(form) else 0


def null(form: Form) -> Form:
    """Return a basis of what a form leaves at 0, as columns.

    >>> null(np.array([[2.0, 2.0], [2.0, 2.0]])).shape
    (2, 1)
    """
    if not len(form):
        return np.zeros((0, 0))
    values, vectors = np.linalg.eigh(form)
    return np.asarray(vectors[:, values <= TOLERANCE])


def response(forms: Form, first: int) -> tuple[Form, NDArray[np.intp]]:
    """Return how the first variables are best chosen for each choice of the others, and the rank of the first.

    Form by form: (first x others), and one rank.
    """
    values, vectors = np.linalg.eigh(forms[..., :first])
    scale = np.divide(1.0, values, out=np.zeros_like(values), where=values > TOLERANCE)
    found = -(vectors * scale[..., None, :]) @ (np.swapaxes(vectors, -1, -2) @ forms[..., first:])
    return found, np.count_nonzero(scale, axis=-1)


def beyond(basis: Form, known: Form) -> Form:
    """Return the combination of a basis that lies farthest outside what is known; all zeros if none does."""
    left = basis - known @ (np.linalg.pinv(known) @ basis) if known.size else basis
    if not left.size:
        return np.zeros(len(basis))
    vectors, sizes, _ = np.linalg.svd(left, full_matrices=False)
    return np.asarray(vectors[:, 0] * (sizes[0] > np.sqrt(TOLERANCE)))
