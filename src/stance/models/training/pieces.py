"""A batch of long windows in pieces, so that the longest do not set the memory of a training."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import torch

#: Tokens of a piece, padding included: 32 windows of 64 tokens.
TOKENS = 2048


def pieces(
    inputs: Mapping[str, torch.Tensor], tokens: int
) -> Iterator[tuple[float, dict[str, torch.Tensor]]]:
    """Parts of a batch with at most ``tokens`` each (one window at least), and their shares of it.

    ``inputs["input_ids"]`` is (B, L); everything else has B rows too.
    """
    rows, length = inputs["input_ids"].shape
    size = max(1, tokens // length)
    for start in range(0, rows, size):
        part = {name: tensor[start : start + size] for name, tensor in inputs.items()}
        yield len(part["input_ids"]) / rows, part
