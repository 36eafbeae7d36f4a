"""Attention as one operator of ONNX Runtime, where an encoder's layers attend to whole windows."""

from __future__ import annotations

from typing import Any

import torch
from torch.nn.functional import scaled_dot_product_attention
from torch.onnx import symbolic_helper
from transformers import AttentionInterface, AttentionMaskInterface

NAME = "onnxruntime"
#: Encoders whose every layer attends to every token, by ``model_type``.
_WHOLE_WINDOWS = frozenset({"bert", "roberta", "xlm-roberta"})
_OPSET = 17
_INT32 = 6


def fuse_attention(encoder: Any) -> None:
    """Let the encoder be exported with the operator; others keep what they have."""
    if encoder.config.model_type not in _WHOLE_WINDOWS:
        return
    AttentionInterface.register(NAME, _attention)
    AttentionMaskInterface.register(NAME, _mask)
    exporter: Any = torch.onnx
    exporter.register_custom_op_symbolic("stance::attention", _operator, _OPSET)
    encoder.set_attn_implementation(NAME)


@torch.library.custom_op("stance::attention", mutates_args=())
def _joined_attention(
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    mask: torch.Tensor,
    heads: int,
    scaling: float,
) -> torch.Tensor:
    """(B, L, heads · size) each, and a mask (B, L) → (B, L, heads · size): what the operator does,
    in torch.
    """
    query, key, value = (
        states.unflatten(-1, (heads, -1)).transpose(1, 2) for states in (query, key, value)
    )
    kept = mask[:, None, None].bool()
    found = scaled_dot_product_attention(query, key, value, attn_mask=kept, scale=scaling)
    return found.transpose(1, 2).flatten(-2).contiguous()


def _attention(
    module: Any,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor,
    scaling: float,
    **_: Any,
) -> tuple[torch.Tensor, None]:
    """(B, heads, L, size) each, and a mask (B, L) → (B, L, heads, size), as transformers asks."""
    heads = query.shape[1]
    states = [found.transpose(1, 2).flatten(-2) for found in (query, key, value)]
    found = _joined_attention(*states, attention_mask, heads, scaling)
    return found.unflatten(-1, (heads, -1)), None


def _mask(*_: Any, attention_mask: torch.Tensor, **rest: Any) -> torch.Tensor:
    """The mask of the tokens as it is: (B, L)."""
    return attention_mask


def _operator(
    graph: Any, query: Any, key: Any, value: Any, mask: Any, heads: Any, scaling: Any
) -> Any:
    """The operator ``MultiHeadAttention`` of the domain ``com.microsoft``."""
    no_bias = symbolic_helper._optional_input_placeholder_tensor(graph)
    found = graph.op(
        "com.microsoft::MultiHeadAttention",
        query,
        key,
        value,
        no_bias,
        graph.op("Cast", mask, to_i=_INT32),
        num_heads_i=symbolic_helper._get_const(heads, "i", "heads"),
        scale_f=symbolic_helper._get_const(scaling, "f", "scaling"),
    )
    found.setType(query.type())
    return found
