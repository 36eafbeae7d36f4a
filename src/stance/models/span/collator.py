"""From examples to tensors: tokens, the tokens of each mention, and what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from stance.models.base import IGNORED
from stance.models.span.examples import VIRTUAL_HOLDERS, Example
from stance.models.span.placeholders import hide
from stance.schema.nouns import CONSTRUCTS, Span


@dataclass(slots=True)
class Encoded:
    """An example's tokens, and for each party and the sentence the tokens that are theirs."""

    input_ids: list[int]
    parties: list[list[int]]
    sentence: list[int]
    truncated: bool
    example: Example

    @property
    def length(self) -> int:
        """Tokens, special ones included."""
        return len(self.input_ids)


def encode(
    examples: Sequence[Example],
    tokenizer: Any,
    max_length: int,
    placeholders: Sequence[int] = (),
) -> list[Encoded]:
    """Tokenise in bulk; a text of too many tokens loses its beginning, and says so.

    With ``placeholders`` they stand for the mentions of the parties.
    """
    if not examples:
        return []
    tokenizer.truncation_side = "left"
    batch = tokenizer(
        [example.text for example in examples],
        truncation=True,
        max_length=max_length,
        return_offsets_mapping=True,
        return_attention_mask=False,
        return_token_type_ids=False,
    )
    columns = zip(examples, batch["input_ids"], batch["offset_mapping"], strict=True)
    items = [_encoded(example, ids, offsets) for example, ids, offsets in columns]
    return [_hidden(item, placeholders) for item in items] if placeholders else items


def named_tokens(items: Sequence[Encoded]) -> list[int]:
    """Every token of a mention, as often as it occurs."""
    return [item.input_ids[token] for item in items for tokens in item.parties for token in tokens]


def _encoded(example: Example, ids: list[int], offsets: list[tuple[int, int]]) -> Encoded:
    # Special tokens are as long as nothing, and no mention has any.
    places = [(t, start, end) for t, (start, end) in enumerate(offsets) if end > start]
    tokens, starts, ends = ([list(column) for column in zip(*places, strict=True)]) or ([], [], [])

    def within(span: Span) -> list[int]:
        found = span.among(starts, ends)
        return tokens[found.start : found.stop]

    parties = [
        within(spans[0]) if len(spans) == 1 else sorted({t for span in spans for t in within(span)})
        for spans in example.parties
    ]
    first = starts[0] if starts else len(example.text)
    lost = first > len(example.text) - len(example.text.lstrip())
    cut = lost and (first > example.sentence.start or not all(parties))
    return Encoded(ids, parties, within(example.sentence), cut, example)


def _hidden(item: Encoded, placeholders: Sequence[int]) -> Encoded:
    # A party that is known as a holder alone keeps its name: only a stance has a holder, and so
    # its placeholder would tell that there is one.
    asked = {slot for _, slot, *_ in item.example.stances} or set(range(len(item.parties)))
    hidden = [tokens if slot in asked else [] for slot, tokens in enumerate(item.parties)]
    ids, places = hide(item.input_ids, hidden, placeholders)
    parties = [sorted({places[token] for token in tokens}) for tokens in item.parties]
    sentence = sorted({places[token] for token in item.sentence})
    return Encoded(ids, parties, sentence, item.truncated, item.example)


@dataclass(slots=True)
class Collator:
    """Pads a batch of B texts to L tokens, P parties and H = P + 2 holders (virtual ones last).

    ``labels`` is (B, P, C) with a place for each of the C constructs, ``link_labels`` (B, H, P).
    """

    pad_token_id: int

    def __call__(self, batch: Sequence[Encoded]) -> dict[str, torch.Tensor]:
        """The arguments of :meth:`SpanModel.forward`."""
        size, length = len(batch), max(item.length for item in batch)
        parties = max(1, max(len(item.parties) for item in batch))
        holders = parties + len(VIRTUAL_HOLDERS)
        ids = np.full((size, length), self.pad_token_id)
        mask = np.zeros((size, length), dtype=np.int64)
        party_weights = np.zeros((size, parties, length), dtype=np.float32)
        sentence_weights = np.zeros((size, length), dtype=np.float32)
        labels = np.full((size, parties, len(CONSTRUCTS)), IGNORED)
        links = np.full((size, holders, parties), IGNORED)
        weights = np.ones(labels.shape, dtype=np.float32)
        link_weights = np.ones((size, holders, parties), dtype=np.float32)
        for i, item in enumerate(batch):
            ids[i, : item.length] = item.input_ids
            mask[i, : item.length] = 1
            _share(sentence_weights[i], item.sentence or range(item.length))
            for slot, tokens in enumerate(item.parties):
                # A party whose mention was cut off is pooled from the whole sentence.
                _share(party_weights[i, slot], tokens or item.sentence or range(item.length))
            for _, slot, construct, label, weight in item.example.stances:
                labels[i, slot, construct], weights[i, slot, construct] = label, weight
            for _, holder, target, label, weight in item.example.links:
                at = holder if holder >= 0 else holders + holder
                links[i, at, target], link_weights[i, at, target] = label, weight
        arrays = {
            "input_ids": ids,
            "attention_mask": mask,
            "party_weights": party_weights,
            "sentence_weights": sentence_weights,
            "labels": labels,
            "link_labels": links,
            "label_weights": weights,
            "link_weights": link_weights,
        }
        return {name: torch.from_numpy(array) for name, array in arrays.items()}


def _share(row: Any, tokens: Sequence[int]) -> None:
    """Equal weights that sum to one over the tokens."""
    row[list(tokens)] = 1.0 / len(tokens)
