"""A stance model as an MLflow pyfunc: the folder and this loader, no pickle and no code stored.

Rows are flat at this border: a ``text`` with a ``party`` named in it, or a pair with the offsets of
its target (−1 where there is none).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from stance.models.saving import StanceModel, load
from stance.schema.nouns import LABELS
from stance.scoring.asking import OFFSETS, pairs_of
from stance.tracking.registry import inside

OUTPUTS = ("predicted", *(f"p_{label}" for label in LABELS), "confidence", "status")


class StancePyfunc:
    """What ``mlflow.pyfunc.load_model(uri)`` wraps."""

    def __init__(self, model: StanceModel) -> None:
        self.model = model

    def predict(self, frame: pd.DataFrame, params: Any = None) -> pd.DataFrame:
        """Columns of :data:`OUTPUTS`, row for row; without its party, ``no_party``."""
        pairs = pairs_of(frame)
        answers = pd.DataFrame({name: _default(name, len(frame)) for name in OUTPUTS})
        asked = np.flatnonzero([len(found) > 0 for found in pairs.get("target_spans", [])])
        if len(asked):
            probabilities = self.model.predict_proba(pairs.iloc[asked].reset_index(drop=True))
            confidence = probabilities.max(axis=1)
            for k, label in enumerate(LABELS):
                answers.loc[asked, f"p_{label}"] = probabilities[:, k]
            answers.loc[asked, "predicted"] = np.asarray(LABELS)[probabilities.argmax(axis=1)]
            answers.loc[asked, "confidence"] = confidence
            sure = confidence >= self.model.threshold
            answers.loc[asked, "status"] = np.where(sure, "ok", "abstained")
        return answers


def _load_pyfunc(data_path: str) -> StancePyfunc:
    """Called by MLflow with the folder that was logged."""
    return StancePyfunc(load(inside(Path(data_path))))


def _default(name: str, count: int) -> list[Any]:
    values = {"predicted": "", "status": "no_party"}
    return [values.get(name, 0.0)] * count


def signature() -> Any:
    """Needs ``text``; reads ``party`` or the offsets, all plain, as a Spark UDF passes no lists."""
    from mlflow.models import ModelSignature
    from mlflow.types.schema import ColSpec, DataType, Schema

    inputs: list[Any] = [
        ColSpec(DataType.string, "text"),
        ColSpec(DataType.string, "party", required=False),
        *(ColSpec(DataType.long, name, required=False) for name in OFFSETS),
    ]
    strings = ("predicted", "status")
    outputs: list[Any] = [
        ColSpec(DataType.string if name in strings else DataType.double, name) for name in OUTPUTS
    ]
    return ModelSignature(Schema(inputs), Schema(outputs))


def example_of(pairs: pd.DataFrame, rows: int = 3) -> pd.DataFrame:
    """A few pairs as a person would ask: a sentence and a party."""
    some = pairs[pairs["target"].notna()].head(rows)
    places = zip(some["text"], some["sentence_start"], some["sentence_end"], strict=True)
    sentences = [text[start:end] for text, start, end in places]
    return pd.DataFrame({"text": sentences, "party": some["target"].tolist()})
