"""Two readings of a batch under different dropout should agree.

The regularisation of Liang et al. 2021, "R-Drop": the mean of both losses, and the symmetric
Kullback–Leibler divergence between both answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch.nn.functional import kl_div, log_softmax

from stance.models.base import IGNORED


def consistent_loss(
    read: Callable[[], tuple[torch.Tensor, Any]], inputs: Mapping[str, Any], strength: float
) -> tuple[torch.Tensor, Any]:
    """Loss and outputs of ``read``, called twice; ``strength`` times the divergence is added.

    Only answers that ``inputs["labels"]`` asks for are compared; ``outputs["logits"]`` has the
    labels' shape and one dimension more, the classes.
    """
    (first, outputs), (second, others) = read(), read()
    asked = inputs["labels"] != IGNORED
    loss = (first + second) / 2
    if asked.any():
        left, right = (
            log_softmax(found["logits"][asked].float(), dim=-1) for found in (outputs, others)
        )
        loss = loss + strength * (_divergence(left, right) + _divergence(right, left)) / 2
    return loss, outputs


def _divergence(found: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    return kl_div(found, wanted, log_target=True, reduction="batchmean")
