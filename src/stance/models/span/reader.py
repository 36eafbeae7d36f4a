"""Reading: pairs → probabilities, one encoder pass for each window whatever its parties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch

from stance.models.base import Probabilities
from stance.models.span.collator import Collator, Encoded
from stance.models.span.network import SpanModel

#: Tokens in a batch; larger batches were slower on a CPU.
TOKENS = 1024


def batches(items: Sequence[Encoded], tokens: int = TOKENS) -> Iterator[list[int]]:
    """Indices of windows of like length, about ``tokens`` tokens a batch with the padding."""
    batch: list[int] = []
    for index in sorted(range(len(items)), key=lambda i: items[i].length):
        if batch and items[index].length * (len(batch) + 1) > tokens:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def read(
    model: SpanModel,
    items: Sequence[Encoded],
    rows: int,
    collator: Collator,
    tokens: int | None = None,
) -> tuple[Probabilities, list[Any]]:
    """Probabilities (rows, 3) of what each example asks, and each example's links (H, P, 3).

    Rows that no example asks about are NaN. ``tokens`` is the most in a batch.
    """
    answers = np.full((rows, 3), np.nan)
    links: list[Any] = [None] * len(items)
    device = next(model.parameters()).device
    model.eval()  # type: ignore[no-untyped-call]
    with torch.inference_mode():
        for batch in batches(items, tokens or TOKENS):
            found = [items[i] for i in batch]
            tensors = {name: t.to(device) for name, t in collator(found).items()}
            for name in ("labels", "link_labels", "label_weights", "link_weights"):
                tensors.pop(name)
            output = model(**tensors)
            stances = output.logits.double().softmax(dim=-1).cpu().numpy()
            directed = output.links.double().softmax(dim=-1).cpu().numpy()
            for k, index in enumerate(batch):
                example = items[index].example
                count = len(example.parties)
                links[index] = np.concatenate([directed[k, :count], directed[k, -2:]])[:, :count]
                for row, slot, construct, _, _ in example.stances:
                    answers[row] = stances[k, slot, construct]
                for row, holder, target, _, _ in example.links:
                    if row >= 0:
                        answers[row] = links[index][holder, target]
    return answers, links
