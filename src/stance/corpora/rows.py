"""Rows of the table from upstream's fields, with every offset held against the text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from stance.schema.nouns import InputError, Span
from stance.schema.table import pair_id, spans


def sentence_key(text: str) -> str:
    """The first 16 hex digits of the sha256 of a sentence, lower case, words only.

    The key of the stand-off labels, and the cluster of a sentence whose article is not known.
    """
    return hashlib.sha256(re.sub(r"\W+", "", text.lower()).encode()).hexdigest()[:16]


def checked(text: str, start: Any, end: Any, words: str | None, where: str) -> Span:
    """The span, if it lies in the text and holds ``words``; else :class:`InputError`."""
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        raise InputError(f"{where}: offsets [{start}, {end}) lie outside the text of {len(text)}")
    if words is not None and text[start:end] != words:
        raise InputError(f"{where}: offsets hold {text[start:end]!r}, not the target {words!r}")
    return Span(start, end)


def make_row(
    *,
    corpus: str,
    construct: str,
    split: str,
    article_id: str,
    text: str,
    target: Sequence[Span],
    label: str | None,
    key: str,
    sentence: Span | None = None,
    sentence_index: int = 0,
    party: str | None = None,
    holder_kind: str = "any",
    holder: Sequence[Span] = (),
    holder_party: str | None = None,
    provenance: str = "gold",
    annotator: str = "",
    codebook: str = "",
    **more: Any,
) -> dict[str, Any]:
    """One row; ``key`` tells its target apart from others of the sentence."""
    whole = sentence or Span(0, len(text))
    who = holder_party or (holder[0].of(text) if holder else holder_kind)
    return {
        "pair_id": pair_id(article_id, sentence_index, key, who),
        "article_id": article_id,
        "sentence_index": sentence_index,
        "text": text,
        "sentence_start": whole.start,
        "sentence_end": whole.end,
        "target": target[0].of(text) if target else None,
        "target_party": party or (target[0].of(text) if target else None),
        "target_spans": spans(*((s.start, s.end) for s in target)),
        "holder_kind": holder_kind,
        "holder": holder[0].of(text) if holder else None,
        "holder_party": holder_party or (holder[0].of(text) if holder else None),
        "holder_spans": spans(*((s.start, s.end) for s in holder)),
        "label": label,
        "mixed": False,
        "unclear": False,
        "tags": [],
        "corpus": corpus,
        "construct": construct,
        "split": split,
        "weight": 1.0,
        "provenance": provenance,
        "annotator": annotator,
        "codebook": codebook,
    } | more


def article_row(article_id: str, licence: str, **about: str) -> dict[str, str]:
    """A row of the articles table."""
    names = ("title", "date", "source", "url", "story_id")
    known = {name: about.get(name, "") for name in names}
    language = about.get("language", "en")
    return {"article_id": article_id, **known, "language": language, "licence": licence}
