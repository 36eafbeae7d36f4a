"""Reading: pairs → probabilities, one encoder pass for each window whatever its parties."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from scipy.special import softmax

from stance.models.base import Probabilities
from stance.models.span.collator import Collator, Encoded
from stance.models.span.network import SpanModel

#: The tensors of a batch → logits (B, P, C, 3) and links (B, H, P, 3).
Network = Callable[[Mapping[str, torch.Tensor]], tuple[Any, Any]]
#: What a batch holds for training alone.
_ANSWERS = ("labels", "link_labels", "label_weights", "link_weights")
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


def torch_network(model: SpanModel) -> Network:
    """The model, ready to read, on the device where it is."""
    device = next(model.parameters()).device
    model.eval()  # type: ignore[no-untyped-call]

    def ask(tensors: Mapping[str, torch.Tensor]) -> tuple[Any, Any]:
        with torch.inference_mode():
            output = model(**{name: tensor.to(device) for name, tensor in tensors.items()})
        return output.logits.float().cpu().numpy(), output.links.float().cpu().numpy()

    return ask


def read(
    network: Network,
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
    for batch in batches(items, tokens or TOKENS):
        tensors = collator([items[i] for i in batch])
        found = network({name: t for name, t in tensors.items() if name not in _ANSWERS})
        stances, directed = (softmax(logits.astype(np.float64), axis=-1) for logits in found)
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
