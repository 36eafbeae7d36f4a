"""The floor under everything: always the commonest labels, whatever the text says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd

from stance.models.base import Probabilities, StanceClassifier, labelled_free
from stance.schema.nouns import LABELS


class MajorityClassifier(StanceClassifier):
    """Gives each pair the share of every label among the training pairs."""

    kind = "majority"

    def fit(
        self, X: pd.DataFrame, y: Sequence[str] | None = None, *, dev: pd.DataFrame | None = None
    ) -> Self:
        """Count the labels."""
        _, labels = labelled_free(X, y)
        self.shares_ = [labels.count(label) / len(labels) for label in LABELS]
        self.fitted_ = True
        return self

    def predict_proba(self, X: pd.DataFrame) -> Probabilities:
        """The shares, once for each pair: shape (pairs, 3)."""
        return np.tile(np.asarray(self.shares_, dtype=np.float64), (len(X), 1))

    def save_parts(self, folder: Path) -> dict[str, Any]:
        """Nothing but the shares, which stand in ``stance.json``."""
        return {"shares": self.shares_}

    @classmethod
    def load_parts(cls, folder: Path, record: dict[str, Any]) -> Self:
        """The classifier with the saved shares."""
        model = cls()
        model.shares_ = [float(share) for share in record["shares"]]
        model.fitted_ = True
        return model
