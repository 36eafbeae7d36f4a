"""Layer-wise learning rates: the deeper a layer, the smaller its steps."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import torch

from stance.models.training.recipe import Recipe


def parameter_groups(model: Any, recipe: Recipe) -> list[dict[str, Any]]:
    """For the optimiser: what is not pretrained at ``head_lr``, encoder layers by their depth.

    With ``recipe.freeze_words`` the word embeddings are in no group, and need no gradients.
    Weights decay; biases and the scales of normalisation, vectors all of them, do not.
    """
    prefix = f"{model.base_model_prefix}."
    if recipe.freeze_words:
        model.base_model.get_input_embeddings().requires_grad_(False)
    layers: int = model.base_model.config.num_hidden_layers
    groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = recipe.head_lr
        if name.startswith(prefix):
            depth = layers - _layer(name, layers)
            rate = recipe.encoder_lr * recipe.layer_decay**depth
        decay = recipe.weight_decay if parameter.ndim > 1 else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    return [
        {"params": parameters, "lr": rate, "weight_decay": decay}
        for (rate, decay), parameters in groups.items()
    ]


def _layer(name: str, layers: int) -> int:
    """The layer that a parameter of the encoder is in: 0 for embeddings, ``layers`` at the top."""
    parts = name.split(".")
    for before, part in pairwise(parts):
        if before in ("layer", "layers") and part.isdigit():
            return int(part) + 1
    return 0 if "embed" in name else layers
