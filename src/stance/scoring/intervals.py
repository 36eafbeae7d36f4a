"""An interval for a mean stance, in closed form, with articles as clusters."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import t as student

#: How often an interval is to hold the mean over all articles like these.
LEVEL = 0.95
#: One more article of each label, as long as the others, is imagined beside those that were read:
#: three articles that agree are no certainty. ``benchmarks/rollup_intervals.py`` measures how often
#: the intervals then hold the mean, from two articles on.
IMAGINED = (-1, 0, 1)


def sums_of(n: pd.Series, s: pd.Series) -> pd.DataFrame:
    """What an interval needs of each cluster, to be added up over a group: ``n`` stances whose
    signs add up to ``s``. A cluster without stances is none.
    """
    return pd.DataFrame({"clusters": n > 0, "n": n, "s": s, "nn": n * n, "sn": s * n, "ss": s * s})


def mean_interval(sums: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The lower and upper end (−1 … 1) for groups of :func:`sums_of`; NaN for groups without any.

    The mean is a ratio of sums, its variance the linearised one between clusters (Cochran, Sampling
    Techniques, 1977, section 6.3), its quantile Student's.
    """
    size = sums["n"] / sums["clusters"].where(sums["clusters"] > 0)
    imagined = np.asarray(IMAGINED)
    total = sums["n"] + len(imagined) * size
    mean = (sums["s"] + imagined.sum() * size) / total
    squares = sums["ss"] - 2 * mean * sums["sn"] + mean**2 * sums["nn"]
    for sign in imagined:
        squares = squares + (size * (sign - mean)) ** 2
    clusters = sums["clusters"] + len(imagined)
    error = np.sqrt(clusters / (clusters - 1) * squares.clip(lower=0)) / total
    reach = student.ppf((1 + LEVEL) / 2, clusters - 1) * error
    return (mean - reach).clip(lower=-1), (mean + reach).clip(upper=1)
