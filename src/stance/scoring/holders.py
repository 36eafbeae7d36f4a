"""A holder is a party of the sentence itself, also where several articles share the sentence."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandas as pd

from stance.models.base import Answers

_SENTENCE = ("article_id", "sentence_index")


def settle_holders(pairs: pd.DataFrame, answers: Answers) -> None:
    """Point each holder to a pair of the target's own sentence.

    A model reads a sentence once that stands in two articles, and may name the holder by a pair of
    either. Where that holder is no party in the target's own article, it is ``unnamed``.
    """
    if not set(_SENTENCE) <= set(pairs.columns) or max(answers.holder_rows, default=-1) < 0:
        return
    places = list(zip(*(pairs[name] for name in _SENTENCE), strict=True))
    astray = [
        (row, holder)
        for row, holder in enumerate(answers.holder_rows)
        if holder >= 0 and places[row] != places[holder]
    ]
    if not astray:
        return
    own: defaultdict[Any, dict[Any, int]] = defaultdict(dict)
    spans = [_plain(found) for found in pairs["target_spans"]]
    for row, place in enumerate(places):
        own[place].setdefault(spans[row], row)
    for row, holder in astray:
        answers.holder_rows[row] = own[places[row]].get(spans[holder], -1)
        if answers.holder_rows[row] < 0:
            answers.holder_kinds[row] = "unnamed"


def _plain(spans: Any) -> tuple[tuple[int, int], ...]:
    return tuple((int(span["start"]), int(span["end"])) for span in spans)
