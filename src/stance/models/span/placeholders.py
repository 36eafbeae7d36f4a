"""Placeholders: each mention of a party is read as one token that says nothing of who it is.

What the words say of a party then is all that there is to go by, and another name in its place
changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch

#: Tokens that the tokenizer gets; the parties of a window take them in the order of their mentions.
PLACEHOLDERS = tuple(f"[party {number}]" for number in range(1, 25))
#: How far the placeholders lie apart at first, in standard deviations of the vocabulary.
_SPREAD = 0.3


def placeholder_ids(tokenizer: Any) -> list[int]:
    """The tokens of the placeholders; empty where the tokenizer has none."""
    known = tokenizer.get_added_vocab()
    return [known[name] for name in PLACEHOLDERS if name in known]


def add_placeholders(tokenizer: Any, encoder: Any, named: Sequence[int]) -> None:
    """Give both of them the placeholders, which start near the mean of the tokens ``named``."""
    tokenizer.add_tokens(list(PLACEHOLDERS), special_tokens=True)
    size = max(len(tokenizer), encoder.get_input_embeddings().num_embeddings)
    encoder.resize_token_embeddings(size, mean_resizing=False)
    weights = encoder.get_input_embeddings().weight.data
    mean = weights[list(named)].mean(dim=0) if named else weights.mean(dim=0)
    noise = torch.randn(len(PLACEHOLDERS), weights.shape[1]) * weights.std(dim=0) * _SPREAD
    weights[placeholder_ids(tokenizer)] = mean + noise.to(weights.dtype)


def hide(
    ids: Sequence[int], parties: Sequence[Sequence[int]], placeholders: Sequence[int]
) -> tuple[list[int], list[int]]:
    """The tokens with every mention as one placeholder, and the new place of each old token.

    ``parties`` are the places of each party's tokens. Of nested mentions the inner one keeps a
    token of its own.
    """
    owners = _owners(parties)
    hidden: list[int] = []
    places: list[int] = []
    for place, token in enumerate(ids):
        owner = owners.get(place)
        if owner is None:
            hidden.append(token)
        elif owner != owners.get(place - 1):
            hidden.append(placeholders[owner % len(placeholders)])
        places.append(len(hidden) - 1)
    return hidden, places


def _owners(parties: Sequence[Sequence[int]]) -> dict[int, int]:
    """The party, counted in the order of their first mentions, of each token that has one."""
    named = [slot for slot, tokens in enumerate(parties) if tokens]
    in_order = sorted(named, key=lambda slot: min(parties[slot]))
    ranks = {slot: rank for rank, slot in enumerate(in_order)}
    longest_first = sorted(named, key=lambda slot: len(parties[slot]), reverse=True)
    return {token: ranks[slot] for slot in longest_first for token in parties[slot]}
