"""Pairs as a person asks for them: a text and a party, or a text and places in it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from stance.parties.matcher import Matcher
from stance.parties.registry import load_registry
from stance.schema.nouns import Sentence, Span
from stance.schema.table import spans

#: Offsets that a row may hold, in code points; −1 where there is none.
OFFSETS = ("sentence_start", "sentence_end", "target_start", "target_end")


def pairs_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``text`` with ``party``, :data:`OFFSETS` or ``target_spans`` → rows of the table.

    A party that its text does not name has no spans.
    """
    return pd.DataFrame([_pair(dict(row)) for _, row in frame.iterrows()])


def _pair(row: dict[Any, Any]) -> dict[str, Any]:
    text = row["text"]
    start, end, target_start, target_end = (_offset(row.get(name)) for name in OFFSETS)
    found: list[dict[str, int]] = _spans(row.get("target_spans"))
    if not found and target_start >= 0:
        found = spans((target_start, target_end))
    if not found and row.get("party"):
        found = find_party(text, row["party"])
    return {
        "text": text,
        "sentence_start": max(start, 0),
        "sentence_end": end if end >= 0 else len(text),
        "target_spans": found,
        "holder_kind": "any",
        "holder_spans": [],
        "weight": 1.0,
        "label": None,
    }


def find_party(text: str, party: str) -> list[dict[str, int]]:
    """Where a party is named in a text."""
    whole = [Sentence(0, Span(0, len(text)), text)]
    (mentions,) = Matcher(load_registry([party])).find(whole)
    return spans(*((m.span.start, m.span.end) for m in mentions))


def _offset(value: Any) -> int:
    return -1 if value is None or value != value else int(value)


def _spans(value: Any) -> list[dict[str, int]]:
    return [] if value is None or np.isscalar(value) else [dict(span) for span in value]
