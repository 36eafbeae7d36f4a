"""Honest probabilities: a temperature fitted on held-out pairs, and a threshold to abstain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar

from stance.models.base import Probabilities
from stance.schema.nouns import LABELS

_FLOOR = 1e-12


def scale(probabilities: Probabilities, temperature: float) -> Probabilities:
    """Probabilities (n, 3) with their logits divided by ``temperature``."""
    if temperature == 1.0 or not len(probabilities):
        return probabilities
    logits = np.log(np.clip(probabilities, _FLOOR, None)) / temperature
    scaled = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Probabilities = scaled / scaled.sum(axis=1, keepdims=True)
    return result


def fit_temperature(probabilities: Probabilities, labels: Sequence[str]) -> float:
    """The temperature with the least log loss on held-out pairs (Guo et al. 2017)."""
    wanted = _codes(labels)

    def loss(log_temperature: float) -> float:
        scaled = scale(probabilities, float(np.exp(log_temperature)))
        return float(-np.log(np.clip(scaled[np.arange(len(wanted)), wanted], _FLOOR, 1)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.5, 2.5), method="bounded").x))


def fit_threshold(
    probabilities: Probabilities, labels: Sequence[str], *, precision: float, least: int = 30
) -> float:
    """The lowest confidence above which at least ``precision`` of the answers are right.

    Looks at held-out pairs, and at no set of fewer than ``least``. 0 keeps every answer; where no
    threshold is good enough, the one with the best precision.
    """
    right = probabilities.argmax(axis=1) == _codes(labels)
    confidence = probabilities.max(axis=1)
    order = np.argsort(-confidence, kind="stable")
    kept = np.arange(1, len(order) + 1)
    share = np.cumsum(right[order]) / kept
    # Ties share a threshold, so only the last of each counts.
    ends = np.append(np.diff(confidence[order]) < 0, True) & (kept >= min(least, len(order)))
    if share[-1] >= precision:
        return 0.0
    good = np.flatnonzero(ends & (share >= precision))
    best = good[-1] if len(good) else np.flatnonzero(ends)[share[ends].argmax()]
    return float(confidence[order][best])


def calibration_error(
    probabilities: Probabilities, labels: Sequence[str], *, bins: int = 10
) -> float:
    """Expected calibration error over bins of equal width."""
    right = probabilities.argmax(axis=1) == _codes(labels)
    confidence = probabilities.max(axis=1)
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for k in range(bins):
        inside = index == k
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


def _codes(labels: Sequence[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array([LABELS.index(label) for label in labels])
