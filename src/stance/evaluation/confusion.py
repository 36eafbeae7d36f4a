"""Figures that follow from confusion counts alone, for one matrix or for thousands at once.

Counts have the shape (..., 3, 4): gold label × answer, the last answer being "none".
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stance.evaluation.align import Aligned, Floats
from stance.schema.nouns import LABELS

CELLS = len(LABELS) * (len(LABELS) + 1)


def cells(aligned: Aligned) -> Floats:
    """Each pair's cell of the confusion matrix as a one-hot row: shape (n, 12)."""
    return np.asarray(np.eye(CELLS)[aligned.truth * (len(LABELS) + 1) + aligned.answer])


def matrix(sums: Floats) -> Floats:
    """Sums of :func:`cells`, shape (..., 12), as matrices of shape (..., 3, 4)."""
    return np.asarray(sums.reshape(*sums.shape[:-1], len(LABELS), len(LABELS) + 1))


def ratio(part: Any, whole: Any) -> Floats:
    """``part / whole``, NaN where the whole is nothing."""
    above, below = np.broadcast_arrays(np.asarray(part, float), np.asarray(whole, float))
    found: Floats = np.full(above.shape, np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found


def accuracy(counts: Floats) -> Floats:
    """The share of pairs that are right: shape (...)."""
    return ratio(_hits(counts).sum(-1), counts.sum((-2, -1)))


def precision(counts: Floats) -> Floats:
    """Of what was called each class, the share that is: shape (..., 3)."""
    return ratio(_hits(counts), counts[..., :-1].sum(-2))


def recall(counts: Floats) -> Floats:
    """Of what is each class, the share that was called so: shape (..., 3)."""
    return ratio(_hits(counts), counts.sum(-1))


def f1(counts: Floats) -> Floats:
    """The harmonic mean of precision and recall by class; NaN for a class that never stands."""
    return ratio(2 * _hits(counts), counts.sum(-1) + counts[..., :-1].sum(-2))


def macro_f1(counts: Floats, present: Any = None) -> Floats:
    """Mean F1 over the classes that gold has (``present``, shape (..., 3)); shape (...).

    A class that gold lacks altogether is no class of that corpus and does not count.
    """
    present = counts.sum(-1) > 0 if present is None else np.asarray(present)
    scores = f1(counts)
    use = present & ~np.isnan(scores)
    return ratio(np.where(use, scores, 0.0).sum(-1), use.sum(-1))


def matthews(counts: Floats) -> Floats:
    """The multiclass Matthews correlation of gold and answers (Gorodkin 2004); NaN if constant."""
    gold, answers = counts.sum(-1), counts.sum(-2)
    total, right = counts.sum((-2, -1)), _hits(counts).sum(-1)
    above = right * total - (gold * answers[..., :-1]).sum(-1)
    below = (total**2 - (answers**2).sum(-1)) * (total**2 - (gold**2).sum(-1))
    return ratio(above, np.sqrt(np.maximum(below, 0.0)))


def _hits(counts: Floats) -> Floats:
    return np.asarray(np.diagonal(counts[..., :-1], axis1=-2, axis2=-1))
