"""Does a confidence of 80 % mean right in 80 % of the cases? And what does abstaining buy?

Both are sums over pairs once bins and thresholds are fixed, so that they are resampled with
the rest (:mod:`stance.evaluation.bootstrap`).
"""

from __future__ import annotations

import numpy as np

from stance.evaluation.align import NO_ANSWER, Aligned, Floats, Ints
from stance.evaluation.confusion import ratio

BINS = 10
#: The shares of pairs, most confident first, at which accuracy is read off.
COVERAGES = tuple(round(0.1 * k, 1) for k in range(1, 11))


def bins(aligned: Aligned) -> Ints:
    """The confidence bin of each pair, equally filled; −1 for a pair without an answer."""
    answered = aligned.answer != NO_ANSWER
    confidence = aligned.confidence
    if not answered.any():
        return np.full(aligned.n, -1)
    edges = np.unique(np.quantile(confidence[answered], np.linspace(0, 1, BINS + 1))[1:-1])
    return np.where(answered, np.searchsorted(edges, confidence, side="right"), -1)


def bin_columns(aligned: Aligned) -> Floats:
    """Per pair and bin: one, its confidence, whether it is right. Shape (n, 30)."""
    member = bins(aligned)[:, None] == np.arange(BINS)
    return np.hstack(
        [member, member * aligned.confidence[:, None], member * aligned.correct[:, None]]
    ).astype(np.float64)


def calibration_squared(sums: Floats) -> Floats:
    """The squared calibration error, free of its chance part: shape (...) from (..., 30).

    Σ n_b/n · ((confidence_b − accuracy_b)² − accuracy_b (1 − accuracy_b) / (n_b − 1)), the
    debiased estimator of Kumar, Liang and Ma (2019). It may come out a little below zero.
    """
    size, confidence, right = np.split(sums, 3, axis=-1)
    share = ratio(right, size)
    gap = (ratio(confidence, size) - share) ** 2 - ratio(share * (1 - share), size - 1)
    return ratio(np.nansum(np.where(size > 1, size * gap, 0.0), axis=-1), size.sum(-1))


def root(squared: Floats) -> Floats:
    """From the squared error to the error; what is below zero is none."""
    return np.sqrt(np.maximum(squared, 0.0))


def thresholds(aligned: Aligned) -> Floats:
    """The lowest confidence kept at each of :data:`COVERAGES`, falling; each value once."""
    descending = np.sort(aligned.confidence)[::-1]
    kept = np.maximum(np.round(np.asarray(COVERAGES) * aligned.n).astype(int), 1)
    return np.asarray(np.unique(descending[kept - 1])[::-1])


def coverage_columns(aligned: Aligned) -> Floats:
    """Per pair and threshold: whether it is kept, and kept and right. Shape (n, 2 · thresholds)."""
    kept = aligned.confidence[:, None] >= thresholds(aligned)
    return np.hstack([kept, kept & aligned.correct[:, None]]).astype(np.float64)


def coverage_accuracy(sums: Floats) -> Floats:
    """Accuracy among the pairs kept at each coverage: shape (..., thresholds)."""
    kept, right = np.split(sums, 2, axis=-1)
    return ratio(right, kept)
