"""The usual cross-encoder: one pass over the window for each target, which is marked in the text.

The yardstick for the one-pass model: its cost follows the number of parties.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd

from stance.models.base import Probabilities, StanceClassifier, labelled_free
from stance.models.encoders import load_sequence_classifier, load_tokenizer, quiet
from stance.models.training.checkpoints import sha256_of
from stance.models.training.recipe import class_weights, recipe_of
from stance.schema.nouns import LABELS

if TYPE_CHECKING:
    from stance.models.training.log import Log
    from stance.models.training.trainer import Loss, Rows

#: Set around every mention of the target; plain signs, so that no new token has to be learnt.
OPEN, CLOSE = "« ", " »"
#: Pairs that are read at a time.
READ = 32


class PairClassifier(StanceClassifier):
    """``AutoModelForSequenceClassification`` over (window with marked target, target).

    ``encoder`` is ``minilm``, a folder or a hub name; ``balanced`` is how far the classes are
    evened out, from 0 to 1; ``recipe`` holds the arguments of
    :class:`stance.models.training.recipe.Recipe`. Learns from holder-free rows.
    """

    kind = "pair"

    def __init__(
        self,
        *,
        encoder: str = "minilm",
        revision: str | None = None,
        context: bool = False,
        max_length: int = 192,
        balanced: float = 0.0,
        recipe: dict[str, Any] | None = None,
        seed: int = 1,
    ) -> None:
        self.encoder = encoder
        self.revision = revision
        self.context = context
        self.max_length = max_length
        self.balanced = balanced
        self.recipe = recipe
        self.seed = seed

    def fit(
        self,
        X: pd.DataFrame,
        y: Sequence[str] | None = None,
        *,
        dev: pd.DataFrame | None = None,
        log: Log | None = None,
        checkpoints: Path | None = None,
        resume: bool = False,
    ) -> Self:
        """Train as :meth:`stance.models.span.classifier.SpanClassifier.fit` does."""
        from transformers import set_seed

        from stance.models.training.trainer import Keeping, train

        pairs, labels = labelled_free(X, y)
        recipe = recipe_of(self.recipe, self.seed)
        set_seed(recipe.seed)
        self.tokenizer_ = load_tokenizer(self.encoder, self.revision)
        self.model_ = load_sequence_classifier(
            self.encoder, self.revision, num_labels=len(LABELS), ignore_mismatched_sizes=True
        )
        measured = None if dev is None or dev.empty else self._rows(*labelled_free(dev))
        owner = {"params": self.get_params(), "rows": sha256_of(pairs)}
        self.metrics_ = train(
            self.model_,
            self._rows(pairs, labels),
            measured,
            self._collator(),
            recipe=recipe,
            keeping=Keeping(folder=checkpoints, resume=resume, owner=owner, log=log),
            loss=_loss(class_weights(labels, self.balanced), recipe.label_smoothing),
        )
        self.fitted_ = True
        return self

    def _rows(self, pairs: pd.DataFrame, labels: Sequence[str]) -> Rows:
        from stance.models.training.trainer import Rows

        weights = pairs["weight"].astype(float) if "weight" in pairs else [1.0] * len(pairs)
        encoded = self._encode(pairs)
        items = [
            {**item, "labels": LABELS.index(label), "weights": weight}
            for item, label, weight in zip(encoded, labels, weights, strict=True)
        ]
        return Rows(items=items, lengths=[len(item["input_ids"]) for item in items])

    def predict_proba(self, X: pd.DataFrame) -> Probabilities:
        """Shape (pairs, 3); buckets of like length, one row of the batch for each pair."""
        import torch

        items = self._encode(X)
        order = sorted(range(len(items)), key=lambda i: len(items[i]["input_ids"]))
        found = np.zeros((len(items), len(LABELS)))
        collate = self._collator()
        self.model_.eval()
        with torch.inference_mode():
            for start in range(0, len(order), READ):
                rows = order[start : start + READ]
                batch = collate([items[row] for row in rows]).to(self.model_.device)
                found[rows] = self.model_(**batch).logits.double().softmax(-1).cpu().numpy()
        return found

    def save_parts(self, folder: Path) -> dict[str, Any]:
        """Weights as safetensors, with the tokenizer beside them."""
        self.model_.save_pretrained(folder)
        self.tokenizer_.save_pretrained(folder / "tokenizer")
        return {"params": self.get_params()}

    @classmethod
    def load_parts(cls, folder: Path, record: dict[str, Any]) -> Self:
        """The saved classifier; needs no network."""
        from transformers import AutoModelForSequenceClassification

        quiet()
        # How an earlier version was trained makes no difference to what it answers.
        known = cls._get_param_names()
        model = cls(**{name: value for name, value in record["params"].items() if name in known})
        model.tokenizer_ = load_tokenizer(str(folder / "tokenizer"))
        model.model_ = AutoModelForSequenceClassification.from_pretrained(
            folder, local_files_only=True
        )
        model.fitted_ = True
        return model

    def _encode(self, pairs: pd.DataFrame) -> list[dict[str, Any]]:
        if pairs.empty:
            return []
        texts = [marked(row, self.context) for row in pairs.to_dict("records")]
        targets = [str(target) for target in pairs["target"]]
        encoded = self.tokenizer_(
            texts, targets, truncation="only_first", max_length=self.max_length
        )
        return [{name: values[i] for name, values in encoded.items()} for i in range(len(texts))]

    def _collator(self) -> Any:
        from transformers import DataCollatorWithPadding

        return DataCollatorWithPadding(self.tokenizer_)


def _loss(classes: list[float] | None, label_smoothing: float) -> Loss:
    """Cross-entropy, the mean over a batch by the weights of its rows."""
    from stance.models.loss import weighted_losses

    def loss(model: Any, batch: Mapping[str, Any]) -> tuple[Any, Any]:
        outputs = model(**{k: v for k, v in batch.items() if k not in ("labels", "weights")})
        lost, weight = weighted_losses(
            outputs.logits,
            batch["labels"],
            batch["weights"],
            classes=classes,
            label_smoothing=label_smoothing,
        )
        return lost / weight.clamp(min=1e-6), outputs

    return loss


def marked(row: Mapping[Any, Any], context: bool) -> str:
    """The sentence, or the window, with every mention of the target between marks."""
    text = str(row["text"])
    low = 0 if context else int(row["sentence_start"])
    high = int(row["sentence_end"])
    spans = [(int(span["start"]), int(span["end"])) for span in row["target_spans"]]
    for start, end in sorted(spans, reverse=True):
        if low <= start and end <= high:
            text = text[:start] + OPEN + text[start:end] + CLOSE + text[end:]
            high += len(OPEN) + len(CLOSE)
    return text[low:high]
