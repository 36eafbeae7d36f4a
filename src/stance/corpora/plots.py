"""What a corpus looks like: the balance of its labels, and how long its texts are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from stance.schema.nouns import LABELS, SPLITS

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def plots(pairs: pd.DataFrame) -> dict[str, Figure]:
    """``labels`` by split as shares, and ``lengths`` of the windows in characters."""
    return {"labels": _labels(pairs), "lengths": _lengths(pairs)}


def _labels(pairs: pd.DataFrame) -> Figure:
    from matplotlib.figure import Figure

    free = pairs[(pairs["holder_kind"] == "any") | (pairs["holder_kind"] == "party")]
    counts = free.groupby(["split", "label"]).size().unstack(fill_value=0)
    counts = counts.reindex([s for s in SPLITS if s in counts.index])
    counts = counts.reindex(columns=list(LABELS), fill_value=0)
    figure = Figure(figsize=(6, 3), layout="constrained")
    axes = figure.subplots()
    left = pd.Series(0.0, index=counts.index)
    shares = counts.div(counts.sum(axis=1), axis=0)
    for label, hatch in zip(LABELS, ("//", "", ".."), strict=True):
        bars = axes.barh(shares.index, shares[label], left=left, label=label, hatch=hatch)
        axes.bar_label(bars, labels=[str(n) for n in counts[label]], label_type="center")
        left += shares[label]
    axes.set_xlabel("share of the pairs")
    axes.legend(ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1.0), frameon=False)
    return figure


def _lengths(pairs: pd.DataFrame) -> Figure:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 3), layout="constrained")
    axes = figure.subplots()
    axes.hist(pairs["text"].str.len(), bins=40)
    axes.set_xlabel("characters in the window")
    axes.set_ylabel("pairs")
    return figure
