"""DSE: directed sentiment between two entities of a sentence.

https://github.com/bywords/directed_sentiment_analysis; a row is ``sentence <tab> entity 1 <tab>
entity 2 <tab> class``, with both entities in brackets. Brackets are often a letter short
("[Congre]ss"); a rule makes them whole words, and every repair is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from stance.corpora.corpus import Corpus, file_hashes
from stance.corpora.files import text_lines, under
from stance.corpora.rows import article_row, make_row, sentence_key
from stance.schema.nouns import InputError, Span

LICENCE = "not stated; for use with citation of the paper"
SPLITS = {"train": "train", "valid": "dev"}
#: Class → (label of 1 → 2, label of 2 → 1).
CLASSES = {
    "0": ("neutral", "neutral"),
    "1": ("support", "neutral"),
    "2": ("neutral", "support"),
    "3": ("opposition", "neutral"),
    "4": ("neutral", "opposition"),
}
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_CLIPPED = re.compile(r"\w+")
_ARTICLE = re.compile(r"(?:the|The|a|A) (?=\w)")


def load_dse(root: str | None, name: str = "dse") -> Corpus:
    """Both directions of every row: entity 1 → entity 2 and back."""
    paths = under(root, "DSE", *(f"{part}.txt" for part in SPLITS))
    repairs: Counter[str] = Counter()
    rows = [
        pair
        for path, split in zip(paths, SPLITS.values(), strict=True)
        for where, line in text_lines(path)
        for pair in _directions(where, line, name, split, repairs)
    ]
    frame = pd.DataFrame(rows).drop_duplicates("pair_id").reset_index(drop=True)
    return Corpus(
        name=name,
        construct="stance",
        pairs=frame,
        articles=pd.DataFrame(article_row(a, LICENCE) for a in frame["article_id"].unique()),
        licence=LICENCE,
        restricted=True,
        source="https://github.com/bywords/directed_sentiment_analysis",
        inputs=file_hashes(paths, Path(str(root))),
        repairs=dict(repairs),
        left_out={"the same words twice": len(rows) - len(frame)},
    )


def read_sentences(path: Path) -> Iterator[str]:
    """The sentences of one part, without the brackets around their entities."""
    for where, line in text_lines(path):
        yield _unbracketed(line.split("\t")[0], where)[0]


def _directions(
    where: str, line: str, corpus: str, split: str, repairs: Counter[str]
) -> Iterator[dict[str, Any]]:
    fields = line.split("\t")
    if len(fields) != 4:
        raise InputError(f"{where}: expected 4 fields between tabs, found {len(fields)}")
    if fields[3] not in CLASSES:
        raise InputError(f"{where}: class {fields[3]!r} is none of {', '.join(CLASSES)}")
    text, found = _unbracketed(fields[0], where)
    entities = [_whole(text, span, repairs) for span in found]
    article = sentence_key(text)
    for (holder, target), label in zip(((0, 1), (1, 0)), CLASSES[fields[3]], strict=True):
        yield make_row(
            corpus=corpus,
            construct="stance",
            split=split,
            article_id=article,
            text=text,
            target=[entities[target]],
            label=label,
            key=f"{entities[target].start}-{entities[target].end}",
            holder_kind="party",
            holder=[entities[holder]],
        )


def _unbracketed(marked: str, where: str) -> tuple[str, list[Span]]:
    found, text, position = [], "", 0
    for match in _BRACKETS.finditer(marked):
        text += marked[position : match.start()]
        found.append(Span(len(text), len(text) + len(match[1])))
        text += match[1]
        position = match.end()
    if len(found) != 2:
        raise InputError(f"{where}: expected two entities in brackets, found {len(found)}")
    return text + marked[position:], found


def _whole(text: str, span: Span, repairs: Counter[str]) -> Span:
    """A clipped entity made whole: the rest of its word, without an article before it."""
    start, end = span.start, span.end
    if match := _ARTICLE.match(text, start, end):
        start = match.end()
    if end < len(text) and text[end - 1 : end].isalnum() and (tail := _CLIPPED.match(text, end)):
        end = tail.end()
        repairs["clipped entity made a whole word"] += 1
    while end > start and not text[end - 1].isalnum() and text[end - 1] != ".":
        end -= 1
    return Span(start, end) if start < end else span
