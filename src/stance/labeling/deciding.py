"""From many voters to one label: majority, Dawid–Skene, MACE.

Each takes votes with the columns ``task``, ``worker`` and ``label`` and gives, by task, the label
and how sure it is. Majority counts; the other two also learn how far each voter is to be trusted
(Dawid and Skene 1979; Hovy et al. 2013), by crowd-kit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from stance.schema.nouns import InputError

Decided = pd.DataFrame
"""By task: ``label`` (``None`` for a tie) and ``confidence``, from 0 to 1."""
#: Of MACE: ten restarts decided no pair of 860 otherwise.
RESTARTS, ITERATIONS = 3, 50
NOTHING: Decided = pd.DataFrame(
    {"label": pd.Series(dtype=object), "confidence": pd.Series(dtype=float)}
)


def majority(votes: pd.DataFrame, seed: int = 0) -> Decided:
    """The commonest label; a tie is nobody's. The confidence is its share of the votes."""
    counts = votes.groupby(["task", "label"], sort=False).size()
    share = (counts / counts.groupby(level="task").transform("sum")).rename("confidence")
    ranked = share.reset_index().sort_values("confidence", ascending=False, kind="stable")
    first = ranked.drop_duplicates("task").set_index("task")
    top = ranked["confidence"] == ranked["task"].map(first["confidence"])
    tied = ranked[top].loc[lambda found: found["task"].duplicated(), "task"]
    # Strings of their own type would make a missing one of None.
    first["label"] = first["label"].astype(object)
    first.loc[first.index.isin(tied), "label"] = None
    return _in_order(first[["label", "confidence"]], votes)


def dawid_skene(votes: pd.DataFrame, seed: int = 0) -> Decided:
    """The likeliest label, where every voter has a confusion matrix of their own."""
    return _likeliest(_crowdkit().DawidSkene(n_iter=100).fit_predict_proba(votes), votes)


def mace(votes: pd.DataFrame, seed: int = 0) -> Decided:
    """The likeliest label, where every voter either knows it or says something of their own."""
    # crowd-kit's M-step takes voters and labels in sorted order, its E-step as they come: numbered
    # as they come, the two are one. A seed as a number would begin every restart alike.
    workers, _ = pd.factorize(votes["worker"])
    labels, names = pd.factorize(votes["label"])
    model = _crowdkit().MACE(
        n_restarts=RESTARTS, n_iter=ITERATIONS, random_state=np.random.RandomState(seed)
    )
    chances = model.fit_predict_proba(votes.assign(worker=workers, label=labels))
    return _likeliest(chances.rename(columns=dict(enumerate(names))), votes)


METHODS: dict[str, Callable[..., Decided]] = {
    "majority": majority,
    "dawid_skene": dawid_skene,
    "mace": mace,
}


def _likeliest(chances: pd.DataFrame, votes: pd.DataFrame) -> Decided:
    label = chances.idxmax(axis=1).astype(object)
    return _in_order(pd.DataFrame({"label": label, "confidence": chances.max(axis=1)}), votes)


def _in_order(found: Decided, votes: pd.DataFrame) -> Decided:
    """The tasks as they come in the votes."""
    return found.loc[votes["task"].unique()].rename_axis("task")


def _crowdkit() -> Any:
    try:
        import crowdkit.aggregation
    except ImportError as error:
        raise InputError(
            "Dawid-Skene and MACE need crowd-kit: pip install 'news-stance[labeling]'"
        ) from error
    return crowdkit.aggregation
