"""Stance by the codebook over NewsMTSC's and NewsTSC's training sentences, kept without their text.

The labels lie here (``standoff/*.jsonl``), the text is upstream's: they are joined when the corpus
is prepared. Coded once each by seven language-model annotators under the codebook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from stance.corpora.corpus import Corpus, file_hashes
from stance.corpora.files import Row, json_lines, under
from stance.corpora.rows import article_row, checked, make_row, sentence_key
from stance.schema.nouns import LABELS, InputError, Span

FOLDER = Path(__file__).with_name("standoff")
LICENCE = "MIT"
#: Labels that are kept, flagged, outside three-class metrics.
FLAGS = ("mixed", "unclear")
_NEWSMTSC = "newsmtsc/newsmtsc-rw/train.jsonl"
_NEWSTSC = "newstsc/train.jsonl"


def load_standoff(root: str | None, name: str = "standoff") -> Corpus:
    """``root`` holds upstream's ``newsmtsc`` and ``newstsc`` folders.

    A label that finds no sentence there, or other offsets, is an error that names it.
    """
    newsmtsc, newstsc = under(root, name, _NEWSMTSC, _NEWSTSC)
    sentences = dict(_by_gid(newsmtsc)) | dict(_by_key(newstsc))
    left_out: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    for file in ("newsmtsc_train.jsonl", "newstsc_train.jsonl"):
        for row in json_lines(FOLDER / file):
            if row.values["label"] in (*LABELS, *FLAGS):
                rows += _pairs(row, sentences, name, Path(file).stem)
            else:
                left_out[row.values["label"]] += 1
    articles = dict.fromkeys(row["article_id"] for row in rows)
    pairs = pd.DataFrame(rows).drop_duplicates("pair_id", ignore_index=True)
    left_out["the same words twice"] = len(rows) - len(pairs)
    return Corpus(
        name=name,
        construct="stance",
        pairs=pairs,
        articles=pd.DataFrame(article_row(article, LICENCE) for article in articles),
        licence=LICENCE,
        source="labels of this project over NewsMTSC and NewsTSC",
        inputs=file_hashes((newsmtsc, newstsc), Path(str(root)))
        | file_hashes(FOLDER.glob("*.jsonl"), FOLDER),
        left_out=dict(left_out),
    )


def _by_gid(path: Path) -> Iterator[tuple[str, str]]:
    for row in json_lines(path):
        text, targets = row.get("sentence_normalized", "targets")
        for target in targets:
            yield target["Input.gid"], text


def _by_key(path: Path) -> Iterator[tuple[str, str]]:
    for row in json_lines(path):
        (text,) = row.get("local_context")
        yield sentence_key(text), text


def _pairs(row: Row, sentences: dict[str, str], corpus: str, part: str) -> Iterator[dict[str, Any]]:
    """The holder-free row and, where the holder is known, a directed one."""
    key, start, end, label, annotator, version = row.get(
        "sentence_key", "target_start", "target_end", "label", "annotator", "codebook"
    )
    text = sentences.get(row.values.get("gid", key))
    if text is None or sentence_key(text) != key:
        raise InputError(f"{row.where}: its sentence ({key}) is not in upstream's text")
    common: dict[str, Any] = {
        "corpus": corpus,
        "construct": "stance",
        "split": "train",
        "article_id": key,
        "text": text,
        "target": [checked(text, start, end, None, row.where)],
        "label": label if label in LABELS else None,
        "key": f"{part}:{row.values.get('gid', '')}:{start}-{end}",
        "annotator": annotator,
        "codebook": version,
    }
    yield make_row(**common, **{flag: label == flag for flag in FLAGS})
    kind, held_from, held_to = row.get("holder_kind", "holder_start", "holder_end")
    if label not in ("support", "opposition"):
        return
    if kind in ("author", "unnamed", "self"):
        yield make_row(**common, holder_kind=kind)
    elif kind == "party" and held_from is not None:
        holder: Span = checked(text, held_from, held_to, None, row.where)
        yield make_row(**common, holder_kind="party", holder=[holder])
