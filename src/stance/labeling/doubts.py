"""Labels in a training set that are probably wrong: confident learning, out of fold by article.

Northcutt, Jiang and Chuang 2021, by cleanlab: a label is suspect where a model that has not seen
its article is surer of another label than it usually is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from stance.models.base import Probabilities, StanceClassifier, labelled_free
from stance.models.search import folds
from stance.schema.nouns import LABELS, InputError

#: The columns of the table of suspects.
COLUMNS = ("pair_id", "article_id", "sentence", "target", "given", "suggested", "score")
MORE = ("p_given", "p_suggested", "annotator", "provenance")


def out_of_fold(
    pairs: pd.DataFrame, make: Callable[[], StanceClassifier], *, count: int = 5, seed: int = 1
) -> tuple[pd.DataFrame, Probabilities]:
    """The labelled holder-free pairs, and what models say of each that never saw its article."""
    free, labels = labelled_free(pairs)
    free = free.assign(label=labels).reset_index(drop=True)
    found = np.zeros((len(free), len(LABELS)))
    for learnt, held_out in folds(free, count, seed):
        found[held_out.index] = make().fit(learnt).predict_proba(held_out)
    return free, found


def suspects(pairs: pd.DataFrame, probabilities: Probabilities) -> pd.DataFrame:
    """The doubtful labels of ``pairs``, the most doubtful first.

    ``score`` is from 0 to 1: how doubtful the label is, 1 minus the probability of the given one.
    """
    codes = pairs["label"].map(list(LABELS).index).to_numpy(int)
    rows = _issues(codes, probabilities)
    own = pairs.iloc[rows]
    chances = probabilities[rows]
    given, best = chances[np.arange(len(rows)), codes[rows]], chances.argmax(axis=1)
    ends = zip(own["text"], own["sentence_start"], own["sentence_end"], strict=True)
    return pd.DataFrame(
        {
            "pair_id": own["pair_id"].to_numpy(),
            "article_id": own["article_id"].to_numpy(),
            "sentence": [text[start:end] for text, start, end in ends],
            "target": own["target"].to_numpy(),
            "given": own["label"].to_numpy(),
            "suggested": [LABELS[at] for at in best],
            "score": 1 - given,
            "p_given": given,
            "p_suggested": chances.max(axis=1),
            "annotator": own["annotator"].to_numpy(),
            "provenance": own["provenance"].to_numpy(),
        },
        columns=[*COLUMNS, *MORE],
    )


def _issues(codes: Any, probabilities: Probabilities) -> Any:
    """The rows whose label cleanlab doubts, the least probable first."""
    try:
        from cleanlab.filter import find_label_issues
    except ImportError as error:
        raise InputError(
            "doubtful labels need cleanlab: pip install 'news-stance[labeling]'"
        ) from error
    # Codes without gaps: a class that nobody gave is no class to cleanlab.
    present, given = np.unique(codes, return_inverse=True)
    if len(present) < 2:
        return np.zeros(0, dtype=int)
    chances = probabilities[:, present]
    total = chances.sum(axis=1, keepdims=True)
    chances = np.where(total > 0, chances / np.where(total > 0, total, 1), 1 / len(present))
    return find_label_issues(
        given, chances, filter_by="both", return_indices_ranked_by="self_confidence", n_jobs=1
    )
