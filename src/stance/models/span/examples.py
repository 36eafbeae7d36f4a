"""From pairs to windows: what the encoder reads once, and what is asked about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from stance.models.base import IGNORED
from stance.schema.nouns import CONSTRUCTS, LABELS, Span

#: Holders that have no mention in the text; they follow the parties in the directed head.
VIRTUAL_HOLDERS = ("author", "unnamed")


@dataclass(slots=True)
class Example:
    """One text for the encoder with its parties; places are code points in ``text``.

    ``parties`` are known by their mentions, in the order of their slots.
    ``stances`` holds (row, party slot, construct, label, weight), ``links`` (row, holder slot,
    target slot, label, weight). Holders count the parties first, then :data:`VIRTUAL_HOLDERS`
    as −2, −1. A party that holds a stance toward itself stands in both slots.
    """

    text: str
    sentence: Span
    parties: dict[tuple[Span, ...], int] = field(default_factory=dict)
    stances: list[tuple[int, int, int, int, float]] = field(default_factory=list)
    links: list[tuple[int, int, int, int, float]] = field(default_factory=list)

    def slot(self, spans: tuple[Span, ...]) -> int:
        """The slot of the party with these mentions, made if it is new."""
        return self.parties.setdefault(spans, len(self.parties))


def examples_of(pairs: pd.DataFrame, *, context: bool) -> list[Example]:
    """Group pairs by the text that the encoder must read; rows are positions in ``pairs``.

    Without ``context`` the encoder reads the sentence alone, unless a party is named only before
    it.
    """
    examples: dict[tuple[str, int, int, int], Example] = {}
    for row, pair in enumerate(_records(pairs)):
        targets, holders = _places(pair["target_spans"]), _places(pair["holder_spans"])
        start, end = int(pair["sentence_start"]), int(pair["sentence_end"])
        crop = 0 if context else _crop(start, targets, holders)
        example = examples.setdefault(
            (pair["text"], start, end, crop),
            Example(pair["text"][crop:end], Span(start - crop, end - crop)),
        )
        _ask(example, row, pair, _within(targets, crop), _within(holders, crop))
    for example in examples.values():
        _rule_out_other_holders(example)
    return list(examples.values())


def _ask(
    example: Example, row: int, pair: dict[str, Any], targets: tuple[Span, ...], holders: Any
) -> None:
    target = example.slot(targets)
    label = LABELS.index(pair["label"]) if pair["label"] in LABELS else IGNORED
    weight = float(pair["weight"])
    match pair["holder_kind"]:
        case "any":
            construct = CONSTRUCTS.index(pair["construct"])
            example.stances.append((row, target, construct, label, weight))
        case "self":
            example.links.append((row, target, target, label, weight))
        case "author" | "unnamed":
            virtual = VIRTUAL_HOLDERS.index(pair["holder_kind"]) - len(VIRTUAL_HOLDERS)
            example.links.append((row, virtual, target, label, weight))
        case "party" if holders:
            example.links.append((row, example.slot(holders), target, label, weight))


def _rule_out_other_holders(example: Example) -> None:
    """Where a target's holders are known, every other party of the window is none of them."""
    if not example.links:
        return
    known = {(holder, target) for _, holder, target, _, _ in example.links}
    weights = {target: weight for _, _, target, _, weight in example.links}
    holders = [*range(len(example.parties)), -2, -1]
    for target, weight in weights.items():
        for holder in holders:
            if (holder, target) not in known:
                neutral = LABELS.index("neutral")
                example.links.append((-1, holder, target, neutral, weight))


def _records(pairs: pd.DataFrame) -> Iterable[dict[str, Any]]:
    defaults = {
        "holder_kind": "any",
        "holder_spans": None,
        "label": None,
        "weight": 1.0,
        "construct": "stance",
    }
    columns = ["text", "sentence_start", "sentence_end", "target_spans", *defaults]
    have = [name for name in columns if name in pairs]
    for values in zip(*(pairs[name] for name in have), strict=True):
        yield defaults | dict(zip(have, values, strict=True))


def _places(found: Any) -> list[tuple[int, int]]:
    return [] if found is None else [(int(span["start"]), int(span["end"])) for span in found]


def _crop(start: int, *roles: list[tuple[int, int]]) -> int:
    named = (any(first >= start for first, _ in places) for places in roles if places)
    return start if all(named) else 0


def _within(places: list[tuple[int, int]], crop: int) -> tuple[Span, ...]:
    return tuple(Span(start - crop, end - crop) for start, end in sorted(places) if start >= crop)
