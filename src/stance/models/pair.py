"""The usual cross-encoder: one pass over the window for each target, which is marked in the text.

The yardstick for the one-pass model: its cost follows the number of parties.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd

from stance.models.base import Probabilities, StanceClassifier, holder_free, labelled
from stance.models.encoders import load_sequence_classifier, load_tokenizer, quiet
from stance.schema.nouns import LABELS

#: Set around every mention of the target; plain signs, so that no new token has to be learnt.
OPEN, CLOSE = "« ", " »"


class PairClassifier(StanceClassifier):
    """``AutoModelForSequenceClassification`` over (window with marked target, target).

    ``encoder`` is ``minilm``, a folder or a hub name. Learns from holder-free rows.
    """

    kind = "pair"

    def __init__(
        self,
        *,
        encoder: str = "minilm",
        revision: str | None = None,
        context: bool = False,
        max_length: int = 192,
        epochs: float = 4,
        batch_size: int = 32,
        learning_rate: float = 1e-4,
        warmup: float = 0.06,
        weight_decay: float = 0.01,
        seed: int = 1,
    ) -> None:
        self.encoder = encoder
        self.revision = revision
        self.context = context
        self.max_length = max_length
        self.epochs = epochs
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.warmup = warmup
        self.weight_decay = weight_decay
        self.seed = seed

    def fit(
        self,
        X: pd.DataFrame,
        y: Sequence[str] | None = None,
        *,
        dev: pd.DataFrame | None = None,
        log: Any = None,
    ) -> Self:
        """Train with ``transformers.Trainer``; ``log`` receives a step and its metrics."""
        from transformers import PrinterCallback, Trainer, set_seed

        from stance.models.training import Forward

        quiet()
        set_seed(self.seed)
        pairs, labels = labelled(holder_free(X), None if y is None else y)
        self.tokenizer_ = load_tokenizer(self.encoder, self.revision)
        self.model_ = load_sequence_classifier(self.encoder, self.revision, num_labels=len(LABELS))
        rows = [
            {**item, "labels": LABELS.index(label)}
            for item, label in zip(self._encode(pairs), labels, strict=True)
        ]
        with tempfile.TemporaryDirectory() as scratch:
            trainer = Trainer(
                self.model_,
                args=self._arguments(scratch, len(rows)),
                train_dataset=rows,
                data_collator=self._collator(),
                callbacks=[Forward(log)] if log else [],
            )
            trainer.remove_callback(PrinterCallback)
            trainer.train()
        self.fitted_ = True
        return self

    def predict_proba(self, X: pd.DataFrame) -> Probabilities:
        """Shape (pairs, 3); buckets of like length, one row of the batch for each pair."""
        import torch

        items = self._encode(X)
        order = sorted(range(len(items)), key=lambda i: len(items[i]["input_ids"]))
        found = np.zeros((len(items), len(LABELS)))
        collate = self._collator()
        self.model_.eval()
        with torch.inference_mode():
            for start in range(0, len(order), self.batch_size):
                rows = order[start : start + self.batch_size]
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
        model = cls(**record["params"])
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

    def _arguments(self, folder: str, rows: int) -> Any:
        import torch
        from transformers import TrainingArguments

        steps = max(1, rows // self.batch_size)
        return TrainingArguments(
            output_dir=folder,
            num_train_epochs=self.epochs,
            per_device_train_batch_size=self.batch_size,
            learning_rate=self.learning_rate,
            warmup_steps=int(self.warmup * steps * self.epochs),
            weight_decay=self.weight_decay,
            lr_scheduler_type="linear",
            save_strategy="no",
            logging_steps=max(1, steps // 10),
            train_sampling_strategy="group_by_length",
            report_to="none",
            disable_tqdm=not sys.stderr.isatty(),
            seed=self.seed,
            bf16=torch.cuda.is_available() and torch.cuda.is_bf16_supported(),
            dataloader_pin_memory=torch.cuda.is_available(),
        )


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
