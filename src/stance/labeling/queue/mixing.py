"""One order out of several signals: the best first, each unlike those before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from stance.schema.nouns import InputError

DIVERSITY = "diversity"
#: Floats in memory while pairs are compared with those that are labelled.
_BLOCK = 4_000_000

Matrix = np.ndarray[Any, np.dtype[np.float64]]


def mixed(
    signals: pd.DataFrame,
    weights: Mapping[str, float],
    features: Matrix,
    known: Matrix | None = None,
    *,
    size: int,
) -> pd.DataFrame:
    """Up to ``size`` pairs, the best first: row numbers, with what each signal and the sum gave.

    ``signals`` has a column of numbers from 0 to 1 for each weight but ``diversity``, which is how
    far a pair's ``features`` (pairs, dimensions) are from those that are ``known`` (labelled) and
    from those that are chosen before it: greedy k-center (Sener and Savarese 2018), with the
    other signals added to the distance.
    """
    wanted = {name: float(weight) for name, weight in weights.items()}
    if strange := sorted(set(wanted) - {DIVERSITY, *signals}):
        names = ", ".join([*signals, DIVERSITY])
        raise InputError(f"weights.{strange[0]}: no such signal; there are {names}")
    if not sum(wanted.values()) or min(wanted.values()) < 0:
        raise InputError("weights: none may be below 0, and at least one has to be above")
    others = [str(name) for name in signals if wanted.get(str(name))]
    base = sum((wanted[name] * signals[name].to_numpy() for name in others), np.zeros(len(signals)))
    near = _unit(features)
    apart = _distance(near, known)
    weight, open_ = wanted.get(DIVERSITY, 0.0), np.ones(len(signals), dtype=bool)
    found = []
    for _ in range(min(size, len(signals))):
        total = np.where(open_, base + weight * apart, -np.inf)
        best = int(total.argmax())
        found.append({"row": best, DIVERSITY: apart[best], "score": total[best]})
        open_[best] = False
        if weight:
            apart = np.minimum(apart, _halved(near @ near[best]))
    chosen = pd.DataFrame(found, columns=["row", DIVERSITY, "score"])
    own = signals.iloc[chosen["row"]].reset_index(drop=True)
    chosen["score"] /= sum(wanted.values())
    return pd.concat([chosen["row"].astype(int), own, chosen[[DIVERSITY, "score"]]], axis=1)


def _unit(features: Matrix) -> Matrix:
    size = np.linalg.norm(features, axis=1, keepdims=True)
    return np.asarray(features / np.where(size > 0, size, 1))


def _halved(cosine: Matrix) -> Matrix:
    """Cosine, from 1 (alike) to -1, as a distance from 0 to 1."""
    return np.clip((1 - cosine) / 2, 0, 1)


def _distance(near: Matrix, known: Matrix | None) -> Matrix:
    """How far each is from the nearest one known; as far as can be where there is none."""
    if known is None or not len(known):
        return np.ones(len(near))
    other = _unit(known).T
    step = max(1, _BLOCK // other.shape[1])
    starts = range(0, len(near), step)
    parts = [_halved((near[at : at + step] @ other).max(axis=1)) for at in starts]
    return np.concatenate(parts) if parts else np.ones(0)
