"""Several models on one corpus, beside the floors: what is reading the target worth?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from stance.evaluation.align import Aligned, align, named
from stance.evaluation.compare import contrast
from stance.evaluation.metrics import DRAWS, LEVEL, Result, evaluate, plain

MAJORITY = "majority"
TARGET_BLIND = "tfidf_blind"


def evaluate_many(
    gold: pd.DataFrame,
    models: Mapping[str, pd.DataFrame],
    *,
    floors: Collection[str] = (MAJORITY, TARGET_BLIND),
    articles: pd.DataFrame | None = None,
    known_parties: Collection[str] | None = None,
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int = 0,
) -> Result:
    """Evaluate models by name on the same pairs.

    Returns ``models`` (name → :func:`stance.evaluation.metrics.evaluate`) and ``gains``: for each
    model and each of the ``floors`` among the models, by how much its macro-F1 is above the
    floor's, with the interval of that difference on the same draws of articles. The gain over the
    target-blind floor is what reading the target is worth. What is wrong with predictions is said
    with their model's name.
    """
    results = {}
    for name, predictions in models.items():
        with named(name):
            results[name] = evaluate(
                gold, predictions, articles=articles, known_parties=known_parties,
                draws=draws, level=level, seed=seed,
            )  # fmt: skip
    beneath = [name for name in floors if name in models]
    aligned = {name: align(gold, predictions) for name, predictions in models.items()}
    gains = {
        name: {
            floor: _gain(aligned[floor], aligned[name], draws, level, seed)
            for floor in beneath
            if floor != name
        }
        for name in models
    }
    return {"models": results, "gains": gains}


def by_corpus(gold: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The pairs of each corpus and construct by name: a mixture is measured in its parts."""
    names = gold["corpus"].astype(str)
    if gold["construct"].nunique() > 1:
        names += " (" + gold["construct"].astype(str) + ")"
    return {str(name): rows for name, rows in gold.groupby(names, sort=False)}


def _gain(floor: Aligned, model: Aligned, draws: int, level: float, seed: int) -> dict[str, Any]:
    found = contrast([floor], [model], draws=draws, seed=seed)
    low, high = found.interval((1 - level) / 2)
    return {"macro_f1": plain(found.difference[0]), "interval": [plain(low[0]), plain(high[0])]}
