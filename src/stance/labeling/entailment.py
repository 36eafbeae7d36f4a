"""How far one text entails another, by any NLI model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.special import softmax

from stance.models.encoders import load_sequence_classifier, load_tokenizer
from stance.schema.nouns import InputError

Floats = np.ndarray[Any, np.dtype[np.float64]]


class Entailment:
    """A sequence classifier over (premise, hypothesis).

    Which of its labels means entailment is read from its config: the one whose name begins with
    ``entail``. Raises :class:`InputError` where none does, or the model cannot be loaded.
    """

    def __init__(
        self, name: str, revision: str | None = None, batch_size: int = 32, max_length: int = 256
    ) -> None:
        self.tokenizer = load_tokenizer(name, revision)
        self.model = load_sequence_classifier(name, revision)
        self.model.eval()
        self.index = entailment_index(self.model.config.id2label, name)
        self.batch_size = batch_size
        self.max_length = max_length

    def logits(self, premises: Sequence[str], hypotheses: Sequence[str]) -> Floats:
        """Shape (pairs, labels of the model); a premise that is too long is cut."""
        import torch

        order = sorted(range(len(premises)), key=lambda i: len(premises[i]) + len(hypotheses[i]))
        found = np.zeros((len(premises), self.model.config.num_labels))
        for start in range(0, len(order), self.batch_size):
            some = order[start : start + self.batch_size]
            batch = self.tokenizer(
                [premises[i] for i in some],
                [hypotheses[i] for i in some],
                truncation="only_first",
                max_length=self.max_length,
                padding=True,
                return_tensors="pt",
            )
            with torch.inference_mode():
                found[some] = self.model(**batch).logits.double().numpy()
        return found

    def entailed(self, logits: Floats) -> Floats:
        """The probability of entailment against the model's other labels: shape (pairs,)."""
        return np.asarray(softmax(logits, axis=-1)[:, self.index])


def entailment_index(labels: dict[int, str], name: str) -> int:
    """Which of a model's labels means entailment."""
    found = [i for i, label in labels.items() if str(label).lower().startswith("entail")]
    if len(found) != 1:
        known = ", ".join(map(str, labels.values()))
        raise InputError(
            f"model {name}: none of its labels ({known}) is entailment; is it an NLI model?"
        )
    return int(found[0])
