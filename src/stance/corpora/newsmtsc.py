"""NewsMTSC and NewsTSC: how news portrays persons, parties and institutions.

Hamborg and Donnay, *NewsMTSC* (EACL 2021), https://github.com/fhamborg/NewsMTSC; NewsTSC,
https://github.com/fhamborg/newstsc. Labels say how a target is portrayed, which is near stance and
not the same: the construct is ``portrayal``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from stance.corpora.corpus import Corpus, file_hashes
from stance.corpora.files import Row, json_lines, under
from stance.corpora.rows import article_row, checked, make_row, sentence_key

LICENCE = "MIT"
POLARITY = {2.0: "opposition", 4.0: "neutral", 6.0: "support"}
TONE = {"negative": "opposition", "neutral": "neutral", "positive": "support"}
#: ``allsides_3447_1422_11_Ted Cruz_88_92``: source, topic, article, sentence, target, offsets.
_GID = re.compile(r"(?P<article>[a-z]+_\d+_\d+)_(?P<sentence>\d+)_")


def load_newsmtsc(root: str | None, part: str = "rw", name: str = "newsmtsc_rw") -> Corpus:
    """Upstream's train and its ``rw`` (as found) or ``mt`` (many targets) development part.

    Raises :class:`InputError` naming file and row for what does not fit.
    """
    train, dev = under(root, "NewsMTSC", "newsmtsc-rw/train.jsonl", f"newsmtsc-{part}/dev.jsonl")
    rows = [*_targets(train, name, "train"), *_targets(dev, name, "dev")]
    return Corpus(
        name=name,
        construct="portrayal",
        pairs=_unique(rows),
        articles=_articles(rows),
        licence=LICENCE,
        source="https://github.com/fhamborg/NewsMTSC",
        inputs=file_hashes((train, dev), Path(str(root))),
        left_out={"the same words twice": len(rows) - len(_unique(rows))},
    )


def _targets(path: Path, corpus: str, split: str) -> Iterator[dict[str, Any]]:
    for row in json_lines(path):
        gid, text, targets = row.get("primary_gid", "sentence_normalized", "targets")
        place = _GID.match(gid)
        article = place["article"] if place else sentence_key(text)
        # One sentence may stand there several times, each time with other targets.
        for number, target in enumerate(targets):
            where = f"{row.where}, target {number}"
            inner = Row(where, target)
            start, end, words, key = inner.get("from", "to", "mention", "Input.gid")
            yield make_row(
                corpus=corpus,
                construct="portrayal",
                split=split,
                article_id=article,
                sentence_index=int(place["sentence"]) if place else 0,
                text=text,
                target=[checked(text, start, end, words, where)],
                label=inner.label("polarity", POLARITY),
                key=key,
            )


def load_newstsc(root: str | None, name: str = "newstsc") -> Corpus:
    """Upstream's train file; every sentence is an article of its own."""
    (path,) = under(root, "NewsTSC", "train.jsonl")
    rows = list(_tones(path, name))
    return Corpus(
        name=name,
        construct="portrayal",
        pairs=_unique(rows),
        articles=_articles(rows),
        licence=LICENCE,
        source="https://github.com/fhamborg/newstsc",
        inputs=file_hashes((path,), Path(str(root))),
        left_out={"the same words twice": len(rows) - len(_unique(rows))},
    )


def _tones(path: Path, corpus: str) -> Iterator[dict[str, Any]]:
    for row in json_lines(path):
        text, start, end, words = row.get(
            "local_context", "target_local_from", "target_local_to", "target_mention"
        )
        span = checked(text, start, end, words, row.where)
        yield make_row(
            corpus=corpus,
            construct="portrayal",
            split="train",
            article_id=sentence_key(text),
            text=text,
            target=[span],
            label=row.label("label", TONE),
            key=f"{span.start}-{span.end}",
        )


def _articles(rows: list[dict[str, Any]]) -> pd.DataFrame:
    names = dict.fromkeys(row["article_id"] for row in rows)
    return pd.DataFrame(article_row(name, LICENCE) for name in names)


def _unique(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows by their key; the same target of the same sentence is kept once."""
    return pd.DataFrame(rows).drop_duplicates("pair_id").reset_index(drop=True)
