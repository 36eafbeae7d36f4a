"""realnews: stance by the codebook on real political news, for measuring only.

Pairs on sentences of SEESAW's valid articles, coded blind by three language-model annotators under
the codebook. Never train on it, nor on its articles where it measures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from stance.corpora.corpus import Corpus, file_hashes
from stance.corpora.files import Row, json_lines, under
from stance.corpora.rows import article_row, checked, make_row
from stance.schema.nouns import LABELS, Span

LICENCE = "CC BY-NC-SA 4.0"


def load_realnews(root: str | None, name: str = "realnews") -> Corpus:
    """The gold rows; the rest are counted by their status. The split is ``dev``."""
    (path,) = under(root, "realnews", "dev.jsonl")
    rows = list(json_lines(path))
    left_out = Counter(row.get("status")[0] for row in rows)
    del left_out["gold"]
    gold = [row for row in rows if row.values["status"] == "gold"]
    articles = {row.get("article_id")[0]: _about(row) for row in gold}
    return Corpus(
        name=name,
        construct="stance",
        pairs=pd.DataFrame([pair for row in gold for pair in _pairs(row, name)]),
        articles=pd.DataFrame(articles.values()),
        licence=LICENCE,
        restricted=True,
        source="coded for this project on SEESAW's valid articles",
        inputs=file_hashes((path,), Path(str(root))),
        left_out=dict(left_out),
    )


def _about(row: Row) -> dict[str, str]:
    article, date, source, story = row.get("article_id", "date", "source", "story_id")
    return article_row(article, LICENCE, date=date, source=source, story_id=story)


def _pairs(row: Row, corpus: str) -> Iterator[dict[str, Any]]:
    """The holder-free row, and a directed one where a named holder stands in the window."""
    text, before, words, start, end = row.get(
        "text", "context", "target", "target_start", "target_end"
    )
    checked(text, start, end, words, row.where)
    offset = len(before) + 1 if before else 0
    window = f"{before} {text}" if before else text
    label = row.label("label", {name: name for name in LABELS})
    key, article, index, version, party = row.get(
        "id", "article_id", "sentence_index", "codebook", "party"
    )
    common: dict[str, Any] = {
        "corpus": corpus,
        "construct": "stance",
        "split": "dev",
        "article_id": article,
        "sentence_index": index,
        "text": window,
        "sentence": Span(offset, len(window)),
        "target": [Span(start + offset, end + offset)],
        "label": label,
        "key": key,
        "party": party,
        "annotator": "majority of three",
        "codebook": version,
    }
    yield make_row(**common)
    kind, holders = row.get("holder_kind", "holder")
    if kind in ("author", "unnamed", "self"):
        yield make_row(**common, holder_kind=kind)
    for holder in holders if isinstance(holders, list) else [holders]:
        mentions = list(_mentions(holder, window)) if kind == "party" and holder else []
        if mentions:
            yield make_row(**common, holder_kind="party", holder=mentions)


def _mentions(words: str, window: str) -> Iterator[Span]:
    """Everywhere that a name stands: its first mention is often in the sentence before."""
    for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", window):
        yield Span(*found.span())
