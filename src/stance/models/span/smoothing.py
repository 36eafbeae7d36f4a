"""Getting an encoder ready for 8-bit integers.

One scale covers all activations that enter a layer, and so a few channels that lie far out leave
little of it to the others. Each linear layer therefore reads its inputs divided by a number for
each channel, with which its weights are multiplied: in exact arithmetic nothing changes (Xiao et
al. 2023, SmoothQuant). Where one or two channels still lie far from all others they are read apart,
in full precision (as Dettmers et al. 2022, LLM.int8(), do with outliers), and a layer is left as it
is where even so its integers alone would move what the encoder answers.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import torch
from torch import nn

#: How much of an outlying channel moves into the weights, from 0 to 1.
_SHARE = 0.65
#: From how many root mean squares between a layer's least and largest input on channels are read
#: apart, and how many at most.
_TOO_FAR, _MOST = 40.0, 8
#: How much of the encoder's outputs the integers of one layer may move.
_MOVED = 0.03
_LEAST = 1e-4


class Divided(nn.Module):
    """A linear layer behind factors for its inputs, a factor for each channel.

    ``outliers`` are channels that :attr:`exact` reads in the layer's stead.
    """

    factors: torch.Tensor
    outliers: torch.Tensor

    def __init__(self, linear: nn.Linear, scales: torch.Tensor, outliers: torch.Tensor) -> None:
        super().__init__()
        factors, self.exact = 1 / scales, None
        with torch.no_grad():
            if len(outliers):
                self.exact = nn.Linear(len(outliers), linear.out_features, bias=False)
                self.exact.weight.copy_(linear.weight[:, outliers])
                factors[outliers] = 0.0
                linear.weight[:, outliers] = 0.0
            linear.weight.mul_(scales)
        self.linear = linear
        self.register_buffer("factors", factors)
        self.register_buffer("outliers", outliers)

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """Shapes as for the linear layer."""
        found: torch.Tensor = self.linear(inputs * self.factors)
        return found if self.exact is None else found + self.exact(inputs[..., self.outliers])


def smoothed(encoder: nn.Module, sample: Mapping[str, torch.Tensor]) -> tuple[Any, list[str]]:
    """A copy that reads the same, and the names of its layers that need their full precision.

    ``sample`` holds ``input_ids`` and ``attention_mask``, (B, L) each, of text like what will be
    read.
    """
    ready, exact = copy.deepcopy(encoder), []
    answers = _answers(encoder, sample)
    for seen, names in _inputs(encoder, sample):
        found = (encoder.get_submodule(name) for name in names)
        layers = [layer for layer in found if isinstance(layer, nn.Linear)]
        weights = torch.cat([layer.weight.detach() for layer in layers])
        outliers = _outliers(seen, weights)
        scales = _scales(seen, weights)
        for name, layer in zip(names, layers, strict=True):
            if outliers is None:
                exact.append(name)
                continue
            divided = Divided(copy.deepcopy(layer), scales, outliers)
            ready.set_submodule(name, divided)
            if len(outliers) and _moved(ready, divided, sample, answers) > _MOVED:
                ready.set_submodule(name, copy.deepcopy(layer))
                exact.append(name)
            elif len(outliers):
                exact.append(f"{name}.exact")
    return ready, exact


def _answers(encoder: nn.Module, sample: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """What the encoder makes of the sample's tokens: (tokens, size)."""
    with torch.no_grad():
        found: torch.Tensor = encoder(**sample)[0]
    return found[sample["attention_mask"].bool()]


def _moved(
    encoder: nn.Module,
    layer: Divided,
    sample: Mapping[str, torch.Tensor],
    answers: torch.Tensor,
) -> float:
    """The share of the encoder's answers that this one layer's integers move."""
    weights = layer.linear.weight.detach().clone()
    steps = weights.abs().amax(dim=1, keepdim=True).clamp(min=_LEAST) / 127
    with torch.no_grad():
        layer.linear.weight.copy_((weights / steps).round() * steps)
    hook = layer.linear.register_forward_pre_hook(lambda _, given: (_in_integers(given[0]),))
    try:
        found = _answers(encoder, sample)
    finally:
        hook.remove()
        with torch.no_grad():
            layer.linear.weight.copy_(weights)
    return float((found - answers).norm() / answers.norm())


def _in_integers(values: torch.Tensor) -> torch.Tensor:
    """Numbers as the runtime has them: 256 steps from the least to the largest, 0 among them."""
    low, high = values.min().clamp(max=0.0), values.max().clamp(min=0.0)
    step = ((high - low) / 255).clamp(min=1e-12)
    found: torch.Tensor = (values / step).round() * step
    return found


def _outliers(seen: torch.Tensor, weights: torch.Tensor) -> torch.Tensor | None:
    """The fewest channels without which the others lie near each other; ``None`` if too many."""
    order = seen.abs().amax(dim=0).argsort(descending=True)
    for count in range(_MOST + 1):
        kept = order[count:]
        left = seen[:, kept] / _scales(seen[:, kept], weights[:, kept])
        if float((left.max() - left.min()) / left.square().mean().sqrt()) <= _TOO_FAR:
            return order[:count]
    return None


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
