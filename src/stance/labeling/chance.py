"""Agreement beyond chance, from counts of who said what beside whom.

Both figures are functions of a matrix that is a sum over pairs, so that a bootstrap draw costs a
matrix product (see :mod:`stance.evaluation.bootstrap`). Undefined figures are NaN.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]


def coincidences(counts: Floats) -> Floats:
    """Pairs of values within each unit, shape (units, K, K), from counts of shape (units, K).

    A unit of m values contributes m to the whole, as Krippendorff weights them; one of fewer than
    two contributes nothing.
    """
    several = np.maximum(counts.sum(1) - 1, 1)
    crossed = counts[:, :, None] * counts[:, None, :]
    crossed -= counts[:, :, None] * np.eye(counts.shape[1])
    return np.asarray(crossed / several[:, None, None])


def alpha(matrix: Floats) -> Floats:
    """Krippendorff's α for nominal values, of coincidence matrices of shape (..., K, K)."""
    each = matrix.sum(-1)
    n = each.sum(-1)
    observed = n - np.trace(matrix, axis1=-2, axis2=-1)
    expected = n**2 - (each**2).sum(-1)
    return 1 - _share((n - 1) * observed, expected)


def kappa(matrix: Floats) -> Floats:
    """Cohen's κ, of matrices of shape (..., K, K) that count one's labels by the other's."""
    n = matrix.sum((-2, -1))
    agreed = _share(np.trace(matrix, axis1=-2, axis2=-1), n)
    by_chance = _share((matrix.sum(-1) * matrix.sum(-2)).sum(-1), n**2)
    return _share(agreed - by_chance, 1 - by_chance)


def one_against_rest(matrix: Floats, code: int) -> Floats:
    """The matrix of shape (..., 2, 2) for "this value or another"."""
    is_it = np.zeros((matrix.shape[-1], 2))
    is_it[:, 1] = 1
    is_it[code] = (1, 0)
    return np.asarray(is_it.T @ matrix @ is_it)


def _share(part: Floats, whole: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(np.isclose(whole, 0), np.nan, part / whole)
