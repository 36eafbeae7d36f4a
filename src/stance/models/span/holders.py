"""Who holds a stance: the directed head's answer for each target, and how it learns to answer."""

from __future__ import annotations

from typing import Any

import torch

from stance.models.base import IGNORED, Answers
from stance.models.span.collator import Encoded
from stance.models.span.examples import VIRTUAL_HOLDERS
from stance.schema.nouns import LABELS

_NEUTRAL = LABELS.index("neutral")
_POLAR = tuple(place for place in range(len(LABELS)) if place != _NEUTRAL)


def name_holders(item: Encoded, links: Any, answers: Answers) -> None:
    """Fill in the holders of one window's targets; ``links`` is (P + 2, P, 3), virtual ones last.

    The holder of a polar stance is whoever most probably has that stance toward the target.
    Neutral has none.
    """
    row_of = {slot: row for row, slot, *_ in item.example.stances}
    count = len(item.example.parties)
    for row, target, *_ in item.example.stances:
        answers.truncated[row] = item.truncated
        label = int(answers.probabilities[row].argmax())
        if label == _NEUTRAL:
            continue
        holder = int(links[:, target, label].argmax())
        if holder >= count:
            answers.holder_kinds[row] = VIRTUAL_HOLDERS[holder - count]
        elif holder == target:
            answers.holder_kinds[row] = "self"
        elif holder in row_of:
            answers.holder_kinds[row] = "party"
            answers.holder_rows[row] = row_of[holder]


def holder_loss(
    links: torch.Tensor, labels: torch.Tensor, weights: torch.Tensor | None
) -> torch.Tensor:
    """How improbable the true holders are among all of the window; 0 where none is known.

    ``links`` (B, H, P, 3), ``labels`` and ``weights`` (B, H, P). A holder's share of a polar stance
    toward a target is its probability of that stance, by which :func:`name_holders` ranks, over the
    sum of all holders'; any of several is right.
    """
    scores = links.float().log_softmax(dim=-1)
    total, count = scores.new_zeros(()), scores.new_zeros(())
    for label in _POLAR:
        held = labels == label
        asked = held.any(dim=1)
        share = torch.ones_like(scores[..., 0]) if weights is None else weights.float()
        weight = (share * held).amax(dim=1)[asked]
        candidates = scores[..., label].masked_fill(labels == IGNORED, -torch.inf)
        among = candidates.logsumexp(dim=1)[asked]
        right = candidates.masked_fill(~held, -torch.inf).logsumexp(dim=1)[asked]
        total = total + ((among - right) * weight).sum()
        count = count + weight.sum()
    return total / count.clamp(min=1.0)
