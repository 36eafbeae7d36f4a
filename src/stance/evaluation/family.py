"""Many checks, one error rate: p-values that hold for the whole family together.

The family has a first check, which matters most, and guards. The first has a share of the error
rate, the guards the rest; since the draws are joint, what overlap leaves unused is given back to
both. Small differences are bad throughout, and ``null`` holds draws of what equal models show.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata

from stance.evaluation.align import Floats


def step_down(observed: Floats, null: Floats) -> Floats:
    """Adjusted p-values of one-sided tests by the step-down minimum.

    ``observed`` (C,) and ``null`` (draws, C) are put on one scale by the null's own spread. Each
    check is held against the worst of those still in play, and since the draws are joint, checks
    that overlap cost little (Westfall and Young 1993; Romano and Wolf 2005). A check without any
    spread cannot fail.
    """
    t, drawn = _standard(observed, null), _standard(null, null)
    order = np.argsort(t)
    # worst[:, j] is each draw's smallest value among order[j:]
    worst = np.minimum.accumulate(drawn[:, order][:, ::-1], axis=1)[:, ::-1]
    p = ((worst <= t[order]).sum(axis=0) + 1) / (len(null) + 1)
    adjusted: Floats = np.empty(len(p))
    adjusted[order] = np.maximum.accumulate(p)
    return adjusted


def adjusted(observed: Floats, null: Floats, share: float) -> Floats:
    """Family-wise p-values: the first check with ``share`` of the error rate, then its guards.

    A p-value divided by its share is judged against the smallest such quotient of each draw; once
    the first check is rejected, the guards need only hold among themselves. Shape (C,).
    """
    first = (float((null[:, 0] <= observed[0]).sum()) + 1) / (len(null) + 1)
    guards = step_down(observed[1:], null[:, 1:])
    quotients = np.concatenate([[first / share], guards / (1 - share)])
    smallest = _smallest_quotients(null, share)
    joint = (np.searchsorted(smallest, quotients, side="right") + 1) / (len(null) + 1)
    among = np.maximum(guards, joint[0])
    return np.concatenate([joint[:1], np.minimum(joint[1:], among)])


def levels(null: Floats, share: float, alpha: float) -> tuple[float, float]:
    """The error rates at which the first check, and the worst of the guards, is rejected."""
    quotient = float(np.quantile(_smallest_quotients(null, share), alpha))
    return min(quotient * share, alpha), min(quotient * (1 - share), alpha)


def critical(null: Floats, alpha: float) -> float:
    """How many spreads below zero the worst of equal checks falls with chance ``alpha``."""
    return float(-np.quantile(_standard(null, null).min(axis=1), alpha))


def _smallest_quotients(null: Floats, share: float) -> Floats:
    """Each draw's smallest p-value divided by its share, sorted: shape (draws,)."""
    first = rankdata(null[:, 0], method="max") / len(null)
    worst = rankdata(_standard(null[:, 1:], null[:, 1:]).min(axis=1), method="max") / len(null)
    return np.asarray(np.sort(np.minimum(first / share, worst / (1 - share))))


def _standard(values: Floats, null: Floats) -> Floats:
    """Values in units of the null's spread; 0 where there is none."""
    scale = null.std(axis=0)
    return np.asarray(values / np.where(scale > 0, scale, np.inf))
