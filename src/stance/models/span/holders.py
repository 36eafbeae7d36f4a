"""Who holds a stance: the directed head's answer for each target."""

from __future__ import annotations

from typing import Any

from stance.models.base import Answers
from stance.models.span.collator import Encoded
from stance.models.span.examples import VIRTUAL_HOLDERS
from stance.schema.nouns import LABELS

_NEUTRAL = LABELS.index("neutral")


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
