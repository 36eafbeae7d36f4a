"""Dropout with masks from random bytes: on a CPU a fifth of a training went into drawing masks."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

#: Values of a byte, and bytes of the integers that are drawn.
_VALUES, _BYTES = 256, 8


class ByteDropout(nn.Dropout):
    """``nn.Dropout`` whose rate, on a CPU, is rounded to 1/256: a byte decides over a value."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        """Zero each value by chance and scale up the rest; in evaluation change nothing."""
        below = round(self.p * _VALUES)
        here = input.device.type == "cpu"
        if not (self.training and here and 0 < below < _VALUES):
            return super().forward(input)
        kept: torch.Tensor = _Masked.apply(input, below)  # type: ignore[no-untyped-call]
        return kept


class _Masked(torch.autograd.Function):
    """The values whose byte is ``below`` or more, scaled; keeps the mask alone for the way back."""

    @staticmethod
    def forward(ctx: Any, values: torch.Tensor, below: int) -> torch.Tensor:
        # The generator gives eight bytes in the time of one value of `bernoulli_`.
        drawn = torch.empty(-(-values.numel() // _BYTES), dtype=torch.int64)
        drawn.random_(torch.iinfo(torch.int64).min, None)
        mask = drawn.view(torch.uint8)[: values.numel()].view(values.shape) >= below
        ctx.save_for_backward(mask)
        ctx.scale = _VALUES / (_VALUES - below)
        return _scaled(values, mask, ctx.scale)

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor) -> Any:
        (mask,) = ctx.saved_tensors
        return _scaled(gradients[0], mask, ctx.scale), None


def _scaled(values: torch.Tensor, mask: torch.Tensor, scale: float) -> torch.Tensor:
    # One pass where a product with the mask and one with the scale would be two.
    found: torch.Tensor = torch.ops.aten.native_dropout_backward(values, mask, scale)
    return found


def use_byte_masks(model: nn.Module) -> None:
    """Put a :class:`ByteDropout` in the place of every ``nn.Dropout`` of the model."""
    for module in list(model.modules()):
        for name, child in module.named_children():
            if type(child) is nn.Dropout:
                setattr(module, name, ByteDropout(child.p).train(child.training))
