"""Predictions for labelled pairs: what ``evaluate`` and the gate compare."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stance.schema.nouns import LABELS
from stance.schema.table import KEY
from stance.scoring.scorer import Model


def predict_pairs(model: Model, pairs: pd.DataFrame) -> pd.DataFrame:
    """The model's answers to the pairs, row for row, with the columns of ``PREDICTIONS``.

    Keys, spans and gold holders stay as they are in ``pairs``.
    """
    answers = model.answer(pairs.reset_index(drop=True))
    probabilities = answers.probabilities
    confidence = probabilities.max(axis=1)
    found = pairs.reset_index(drop=True)[list(KEY)].copy()
    for k, label in enumerate(LABELS):
        found[f"p_{label}"] = probabilities[:, k]
    found["predicted"] = np.asarray(LABELS, dtype=object)[probabilities.argmax(axis=1)]
    found["confidence"] = confidence
    found["evidence"] = ""
    found["status"] = np.where(
        answers.truncated, "truncated", np.where(confidence < model.threshold, "abstained", "ok")
    )
    return found
