"""Getting an encoder ready for 8-bit integers.

One scale covers all activations that enter a layer, and so a few channels that lie far out leave
little of it to the others. Each linear layer therefore reads its inputs divided by a number for
each channel, with which its weights are multiplied: in exact arithmetic nothing changes (Xiao et
al. 2023, SmoothQuant). Layers whose inputs still lie far apart are named, to be left as they are.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import torch
from torch import nn

#: How much of an outlying channel moves into the weights, from 0 to 1.
_SHARE = 0.65
#: From how many root mean squares between its least and largest input on a layer is left out.
_TOO_FAR = 40.0
_LEAST = 1e-4


class Divided(nn.Module):
    """A linear layer behind factors for its inputs, a factor for each channel."""

    factors: torch.Tensor

    def __init__(self, linear: nn.Linear, factors: torch.Tensor) -> None:
        super().__init__()
        self.linear = linear
        self.register_buffer("factors", factors)

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """Shapes as for the linear layer."""
        found: torch.Tensor = self.linear(inputs * self.factors)
        return found


def smoothed(encoder: nn.Module, sample: Mapping[str, torch.Tensor]) -> tuple[Any, list[str]]:
    """A copy that reads the same, and the names of the layers to leave as they are.

    ``sample`` holds ``input_ids`` and ``attention_mask``, (B, L) each, of text like what will be
    read.
    """
    ready, apart = copy.deepcopy(encoder), []
    for seen, names in _inputs(encoder, sample):
        found = (ready.get_submodule(name) for name in names)
        layers = [layer for layer in found if isinstance(layer, nn.Linear)]
        scales = _scales(seen, torch.cat([layer.weight.detach() for layer in layers]))
        left = seen / scales
        if float((left.max() - left.min()) / left.square().mean().sqrt()) > _TOO_FAR:
            apart += names
            continue
        for name, layer in zip(names, layers, strict=True):
            with torch.no_grad():
                layer.weight.mul_(scales)
            ready.set_submodule(name, Divided(layer, 1 / scales))
    return ready, apart


def _scales(seen: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """What each channel is divided by: its largest input against its largest weight."""
    inputs, outputs = (values.abs().amax(dim=0).clamp(min=_LEAST) for values in (seen, weights))
    return inputs**_SHARE / outputs ** (1 - _SHARE)


def _inputs(
    encoder: nn.Module, sample: Mapping[str, torch.Tensor]
) -> list[tuple[torch.Tensor, list[str]]]:
    """What linear layers read at the tokens of the sample, (tokens, channels), and which do.

    Layers that read the same share a scale, so that the runtime scales it once for all of them.
    """
    mask = sample["attention_mask"].bool()
    found: list[tuple[torch.Tensor, list[str]]] = []

    def note(name: str, given: torch.Tensor) -> None:
        if given.shape[:2] != mask.shape:  # a pooler reads one token of each text
            return
        for seen, names in found:
            if seen is given:
                names.append(name)
                return
        found.append((given, [name]))

    hooks = [
        module.register_forward_pre_hook(lambda _, given, name=name: note(name, given[0]))
        for name, module in encoder.named_modules()
        if isinstance(module, nn.Linear)
    ]
    try:
        with torch.no_grad():
            encoder(input_ids=sample["input_ids"], attention_mask=sample["attention_mask"])
    finally:
        for hook in hooks:
            hook.remove()
    return [(seen[mask], names) for seen, names in found]
