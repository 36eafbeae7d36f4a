"""Why a pair may be worth a person's time: how unsure, how rare, how disputed it is.

Each signal is a number from 0 to 1 for each pair, from a model's probabilities of shape (pairs, 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from stance.labeling.votes import Vote, aggregate
from stance.models.base import Probabilities
from stance.schema.nouns import LABELS, InputError

Signal = np.ndarray[Any, np.dtype[np.float64]]


def uncertainty(probabilities: Probabilities, how: str = "margin") -> Signal:
    """``margin``: 1 minus the lead of the likeliest label; ``entropy``: as a share of the most."""
    if how == "margin":
        ranked = np.sort(probabilities, axis=1)
        return np.asarray(1 - (ranked[:, -1] - ranked[:, -2]))
    if how == "entropy":
        logs = np.log(np.clip(probabilities, 1e-12, 1))
        return np.asarray(-(probabilities * logs).sum(axis=1) / np.log(len(LABELS)))
    raise InputError(f"uncertainty {how}: there are margin, entropy")


def rarity(probabilities: Probabilities, labelled: Sequence[str]) -> Signal:
    """How likely a pair is of a class that few labels are of; where there are none yet, of one that
    the model predicts seldom.
    """
    known = np.array([list(labelled).count(label) for label in LABELS], dtype=float)
    counts = known if known.any() else probabilities.sum(axis=0)
    return np.asarray(probabilities @ (1 - counts / max(counts.max(), 1e-12)))


def conflict(probabilities: Probabilities, votes: Sequence[Sequence[Vote]]) -> Signal:
    """How sure the rules are of a label, times how sure the model is that it is another one.

    Rules that are silent contradict nobody.
    """
    found = np.zeros(len(probabilities))
    for row, cast in enumerate(votes):
        label, vote = aggregate(cast)
        if vote is not None and label in LABELS:
            found[row] = vote.confidence * (1 - probabilities[row, LABELS.index(label)])
    return found
