"""An encoder that is not trained, and a logistic regression over what it says.

Features are the mean over the sentence's tokens, the mean over the target's, and their product: a
strong baseline that fits in seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from stance.models.base import Probabilities, StanceClassifier, labelled_free
from stance.models.encoders import load_encoder, load_tokenizer
from stance.models.skopsfile import read_skops, write_skops
from stance.schema.nouns import LABELS

FILE = "regression.skops"


class FrozenClassifier(StanceClassifier):
    """``encoder`` as it is, ``C`` of the regression; ``batch_size`` pairs are read at a time."""

    kind = "frozen"

    def __init__(
        self,
        *,
        encoder: str = "minilm",
        revision: str | None = None,
        max_length: int = 192,
        C: float = 0.1,
        balanced: bool = True,
        batch_size: int = 32,
        seed: int = 1,
    ) -> None:
        self.encoder = encoder
        self.revision = revision
        self.max_length = max_length
        self.C = C
        self.balanced = balanced
        self.batch_size = batch_size
        self.seed = seed

    def fit(
        self, X: pd.DataFrame, y: Sequence[str] | None = None, *, dev: pd.DataFrame | None = None
    ) -> Self:
        """Encode every pair once, then fit the regression."""
        pairs, labels = labelled_free(X, y)
        self.tokenizer_ = load_tokenizer(self.encoder, self.revision)
        self.encoder_ = load_encoder(self.encoder, self.revision)
        weights = pairs["weight"].to_numpy(float) if "weight" in pairs else None
        regression = LogisticRegression(
            C=self.C,
            max_iter=2000,
            class_weight="balanced" if self.balanced else None,
            random_state=self.seed,
        )
        self.pipeline_ = Pipeline([("scale", StandardScaler()), ("classifier", regression)])
        self.pipeline_.fit(self.features(pairs), labels, classifier__sample_weight=weights)
        self.fitted_ = True
        return self

    @classmethod
    def reading(cls, tokenizer: Any, encoder: Any) -> Self:
        """Not fitted: for the :meth:`features` of an encoder that is loaded already."""
        reader = cls()
        reader.tokenizer_, reader.encoder_ = tokenizer, encoder
        return reader

    def predict_proba(self, X: pd.DataFrame) -> Probabilities:
        """Shape (pairs, 3)."""
        found = np.zeros((len(X), len(LABELS)))
        if len(X):
            known = [LABELS.index(label) for label in self.pipeline_.classes_]
            found[:, known] = self.pipeline_.predict_proba(self.features(X))
        return found

    def features(self, pairs: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Shape (pairs, 3 × hidden)."""
        rows = pairs.to_dict("records")
        sentences = [_sentence(row) for row in rows]
        order = sorted(range(len(rows)), key=lambda i: len(sentences[i][0]))
        found: list[Any] = [None] * len(rows)
        for start in range(0, len(order), self.batch_size):
            some = order[start : start + self.batch_size]
            for row, vector in zip(some, self._read([sentences[i] for i in some]), strict=True):
                found[row] = vector
        return np.stack(found)

    def _read(self, sentences: list[tuple[str, list[tuple[int, int]]]]) -> Any:
        import torch

        batch = self.tokenizer_(
            [text for text, _ in sentences],
            truncation=True,
            max_length=self.max_length,
            padding=True,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        offsets = batch.pop("offset_mapping")
        self.encoder_.eval()
        with torch.inference_mode():
            hidden = self.encoder_(**batch).last_hidden_state.double()
        real = batch["attention_mask"].bool()
        named = torch.zeros_like(real)
        for row, (_, spans) in enumerate(sentences):
            starts, ends = offsets[row, :, 0], offsets[row, :, 1]
            for start, end in spans:
                named[row] |= (starts < end) & (ends > start) & (ends > starts)
        # A target that was cut off leaves the sentence to speak for it.
        named = torch.where(named.any(1, keepdim=True), named, real)
        whole, target = (_mean(hidden, mask) for mask in (real, named))
        return torch.cat([whole, target, whole * target], 1).numpy()

    def save_parts(self, folder: Path) -> dict[str, Any]:
        """The regression as skops, the encoder's weights as safetensors."""
        write_skops(self.pipeline_, folder / FILE)
        self.encoder_.save_pretrained(folder / "encoder")
        self.tokenizer_.save_pretrained(folder / "encoder")
        return {"params": self.get_params()}

    @classmethod
    def load_parts(cls, folder: Path, record: dict[str, Any]) -> Self:
        """The saved classifier; needs no network."""
        model = cls(**record["params"])
        model.pipeline_ = read_skops(folder / FILE)
        model.tokenizer_ = load_tokenizer(str(folder / "encoder"))
        model.encoder_ = load_encoder(str(folder / "encoder"))
        model.fitted_ = True
        return model


def _mean(hidden: Any, mask: Any) -> Any:
    weights = mask.unsqueeze(-1).double()
    return (hidden * weights).sum(1) / weights.sum(1)


def _sentence(row: Mapping[Any, Any]) -> tuple[str, list[tuple[int, int]]]:
    """The labelled sentence and the target's places in it."""
    low, high = int(row["sentence_start"]), int(row["sentence_end"])
    spans = [(int(s["start"]) - low, int(s["end"]) - low) for s in row["target_spans"]]
    return str(row["text"])[low:high], [(s, e) for s, e in spans if s >= 0 and e <= high - low]
