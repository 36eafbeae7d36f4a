"""The loss of the transformers: cross-entropy with weights for classes and for rows."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch.nn.functional import cross_entropy

from stance.models.base import IGNORED


def weighted_losses(
    logits: torch.Tensor,
    labels: torch.Tensor,
    weights: torch.Tensor | None,
    *,
    classes: Sequence[float] | None,
    label_smoothing: float,
) -> tuple[torch.Tensor, torch.Tensor]:
    """The sum of the rows' losses times their weights, and the sum of these weights.

    ``logits`` have the shape (..., classes), ``labels`` and ``weights`` (...); what is not asked
    (:data:`~stance.models.base.IGNORED`) is in neither sum.
    """
    losses = cross_entropy(
        logits.flatten(0, -2).float(),
        labels.flatten(),
        weight=None if classes is None else logits.new_tensor(classes).float(),
        ignore_index=IGNORED,
        reduction="none",
        label_smoothing=label_smoothing,
    )
    asked = (labels.flatten() != IGNORED).float()
    share = asked if weights is None else asked * weights.flatten().float()
    return (losses * share).sum(), share.sum()
