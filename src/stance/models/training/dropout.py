"""Dropout with masks from random bytes: on a CPU a fifth of a training went into drawing masks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn
from transformers import AttentionInterface, AttentionMaskInterface, PreTrainedModel
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import sdpa_mask

#: Attention's name with transformers while its masks are random bytes.
ATTENTION = "byte_masks"
#: Values of a byte, and bytes of the integers that are drawn.
_VALUES, _BYTES = 256, 8


class ByteDropout(nn.Dropout):
    """``nn.Dropout`` whose rate, on a CPU, is rounded to 1/256: a byte decides over a value."""

    def forward(self, input: torch.Tensor) -> torch.Tensor:
        """Zero each value by chance and scale up the rest; in evaluation change nothing."""
        below = _below(self.p, input)
        if not (self.training and below):
            return super().forward(input)
        kept: torch.Tensor = _Masked.apply(input, below)  # type: ignore[no-untyped-call]
        return kept


def _below(rate: float, values: torch.Tensor) -> int:
    """Bytes below it drop a value; 0 where torch's own dropout is to draw."""
    below = round(rate * _VALUES)
    return below if values.device.type == "cpu" and below < _VALUES else 0


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


def attention(
    module: nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    dropout: float = 0.0,
    scaling: float | None = None,
    **options: Any,
) -> tuple[torch.Tensor, None]:
    """Attention of an encoder, all (B, heads, L, size); torch's own where no byte decides.

    ``attention_mask`` is true where a token may look. Returns (B, L, heads, size).
    """
    below = _below(dropout, query)
    whole = query.shape == key.shape and not getattr(module, "is_causal", True)
    if not (below and whole and options.get("position_bias") is None):
        return sdpa_attention_forward(
            module, query, key, value, attention_mask, dropout, scaling, **options
        )
    # As within torch's own attention, bf16 stays bf16.
    with torch.autocast("cpu", enabled=False):
        scale = query.shape[-1] ** -0.5 if scaling is None else scaling
        scores = (query * scale) @ key.transpose(-1, -2)
        if attention_mask is not None:
            scores = scores.masked_fill(~attention_mask, torch.finfo(scores.dtype).min)
        shares = _Masked.apply(scores.softmax(-1), below)  # type: ignore[no-untyped-call]
        return (shares @ value).transpose(1, 2).contiguous(), None


AttentionInterface.register(ATTENTION, attention)
AttentionMaskInterface.register(ATTENTION, sdpa_mask)


@contextmanager
def byte_masks(model: nn.Module) -> Iterator[None]:
    """Within, every ``nn.Dropout`` of the model and torch's attention draw their masks so."""
    for module in list(model.modules()):
        for name, child in module.named_children():
            if type(child) is nn.Dropout:
                setattr(module, name, ByteDropout(child.p).train(child.training))
    encoders = [
        module
        for module in model.modules()
        if isinstance(module, PreTrainedModel) and module.config._attn_implementation == "sdpa"
    ]
    for encoder in encoders:
        encoder.set_attn_implementation(ATTENTION)
    try:
        yield
    finally:
        for encoder in encoders:
            encoder.set_attn_implementation("sdpa")
