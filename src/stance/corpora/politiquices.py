"""Politiquices: Portuguese headlines about two politicians, one for or against the other.

Batista, *politiquices* data release 1.0, https://github.com/politiquices/data-releases.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from stance.corpora.corpus import Corpus, file_hashes
from stance.corpora.files import Row, json_lines, under
from stance.corpora.rows import article_row, make_row, sentence_key
from stance.schema.nouns import InputError, Span

LICENCE = "CC BY-NC-SA 4.0"
FILE = "politiquices_data_v1.0.jsonl"
#: Upstream's label → (label of 1 → 2, label of 2 → 1).
RELATIONS = {
    "other": ("neutral", "neutral"),
    "ent1_supports_ent2": ("support", "neutral"),
    "ent2_supports_ent1": ("neutral", "support"),
    "ent1_opposes_ent2": ("opposition", "neutral"),
    "ent2_opposes_ent1": ("neutral", "opposition"),
}


def load_politiquices(root: str | None, name: str = "politiquices") -> Corpus:
    """Both directions of every headline; a headline is an article."""
    (path,) = under(root, "Politiquices", FILE)
    rows = list(json_lines(path))
    pairs = [pair for row in rows for pair in _directions(row, name)]
    frame = pd.DataFrame(pairs).drop_duplicates("pair_id").reset_index(drop=True)
    articles = {_article(row): _about(row) for row in rows}
    return Corpus(
        name=name,
        construct="stance",
        pairs=frame,
        articles=pd.DataFrame(articles.values()),
        licence=LICENCE,
        restricted=True,
        source="https://github.com/politiquices/data-releases, v1.0",
        inputs=file_hashes((path,), Path(str(root))),
        left_out={"the same headline and pair twice": len(pairs) - len(frame)},
    )


def _article(row: Row) -> str:
    (title,) = row.get("title")
    return sentence_key(title)


def _about(row: Row) -> dict[str, str]:
    title, date, url = row.get("title", "date", "url")
    about = {"title": title, "date": str(date)[:10], "url": url, "language": "pt"}
    return article_row(_article(row), LICENCE, **about)


def _directions(row: Row, corpus: str) -> Iterator[dict[str, Any]]:
    title, relation, *names = row.get("title", "label", "ent1", "ent2")
    if relation not in RELATIONS:
        raise InputError(f"{row.where}: label {relation!r} is none of {', '.join(RELATIONS)}")
    entities = [_find(title, name, row.where) for name in names]
    for (holder, target), label in zip(((0, 1), (1, 0)), RELATIONS[relation], strict=True):
        yield make_row(
            corpus=corpus,
            construct="stance",
            split="train",
            article_id=_article(row),
            text=title,
            target=[entities[target]],
            label=label,
            key=names[target],
            party=names[target],
            holder_kind="party",
            holder=[entities[holder]],
            holder_party=names[holder],
        )


def _find(title: str, name: str, where: str) -> Span:
    start = title.find(name)
    if start < 0:
        raise InputError(f"{where}: {name!r} does not stand in the title")
    return Span(start, start + len(name))
