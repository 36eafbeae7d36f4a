"""Stance by the codebook over sentences of NewsMTSC, NewsTSC, SEESAW and DSE, without their text.

The labels lie here (``standoff/*.jsonl``), the text is upstream's: they are joined when the corpus
is prepared. Coded by language-model annotators under the codebook; ``docs/standoff.md`` tells how.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from stance.corpora.corpus import Corpus, file_hashes
from stance.corpora.dse import LICENCE as DSE_LICENCE
from stance.corpora.dse import read_sentences
from stance.corpora.files import Row, json_file, json_lines, under
from stance.corpora.rows import article_row, checked, make_row, sentence_key
from stance.corpora.seesaw import LICENCE as SEESAW_LICENCE
from stance.corpora.seesaw import joined
from stance.schema.nouns import LABELS, InputError, Span
from stance.text.windows import Window, window_of

FOLDER = Path(__file__).with_name("standoff")
LICENCE = "MIT"
#: Labels that are kept, flagged, outside three-class metrics.
FLAGS = ("mixed", "unclear")
_NEWSMTSC = "newsmtsc/newsmtsc-rw/train.jsonl"
_NEWSTSC = "newstsc/train.jsonl"
_SEESAW = "seesaw_train.jsonl"
_DSE = "dse_train.jsonl"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a coded sentence stands: its article, its number there, and its window."""

    article_id: str
    index: int
    window: Window

    @classmethod
    def alone(cls, text: str) -> Place:
        """A sentence whose article is not known; it stands in for it."""
        return cls(sentence_key(text), 0, Window(text, 0, Span(0, len(text))))


def load_standoff(root: str | None, name: str = "standoff") -> Corpus:
    """``root`` holds upstream's ``newsmtsc`` and ``newstsc`` folders.

    A label that finds no sentence there, or other offsets, is an error that names it.
    """
    newsmtsc, newstsc = under(root, name, _NEWSMTSC, _NEWSTSC)
    texts = dict(_by_gid(newsmtsc)) | dict(_by_key(newstsc))
    places = {key: Place.alone(text) for key, text in texts.items()}
    return _corpus(
        name,
        ("newsmtsc_train.jsonl", "newstsc_train.jsonl"),
        places,
        licence=LICENCE,
        source="labels of this project over NewsMTSC and NewsTSC",
        inputs=file_hashes((newsmtsc, newstsc), Path(str(root))),
    )


def load_standoff_seesaw(root: str | None, name: str = "standoff_seesaw") -> Corpus:
    """``root`` is an upstream checkout of SEESAW; windows reach back into the article.

    Its text is not free for commercial use, and so the corpus is restricted.
    """
    (folder,) = under(root, name, "articles")
    files = {f"{row.values['article_id']}.json" for row in json_lines(FOLDER / _SEESAW)}
    paths = under(str(folder), name, *sorted(files))
    return _corpus(
        name,
        (_SEESAW,),
        {key: place for path in paths for key, place in _of_article(path)},
        licence=SEESAW_LICENCE,
        restricted=True,
        source="labels of this project over SEESAW's training articles",
        inputs=file_hashes(paths, folder),
    )


def load_standoff_dse(root: str | None, name: str = "standoff_dse") -> Corpus:
    """``root`` is DSE's folder; its text has no stated licence, and so the corpus is restricted."""
    (path,) = under(root, name, "train.txt")
    return _corpus(
        name,
        (_DSE,),
        {sentence_key(text): Place.alone(text) for text in read_sentences(path)},
        licence=DSE_LICENCE,
        restricted=True,
        source="labels of this project over DSE's training sentences",
        inputs=file_hashes((path,), path.parent),
    )


def _corpus(
    name: str,
    files: Sequence[str],
    places: Mapping[str, Place],
    inputs: dict[str, str],
    **about: Any,
) -> Corpus:
    left_out: Counter[str] = Counter()
    rows: list[dict[str, Any]] = []
    for file in files:
        for row in json_lines(FOLDER / file):
            if row.values["label"] in (*LABELS, *FLAGS):
                rows += _pairs(row, places, name, Path(file).stem)
            else:
                left_out[row.values["label"]] += 1
    pairs = pd.DataFrame(rows).drop_duplicates("pair_id", ignore_index=True)
    left_out["the same words twice"] = len(rows) - len(pairs)
    articles = dict.fromkeys(pairs["article_id"])
    return Corpus(
        name=name,
        construct="stance",
        pairs=pairs,
        articles=pd.DataFrame(article_row(article, about["licence"]) for article in articles),
        inputs=inputs | file_hashes((FOLDER / file for file in files), FOLDER),
        left_out=dict(left_out),
        **about,
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


def _of_article(path: Path) -> Iterator[tuple[str, Place]]:
    (rows,) = json_file(path).get("text")
    text, sentences = joined([str(row["text"]) for row in rows])
    for index in range(len(sentences)):
        yield f"{path.stem}:{index}", Place(path.stem, index, window_of(text, sentences, index))


def _place(row: Row, places: Mapping[str, Place]) -> Place:
    """The sentence that a label is of: by upstream's id, by article and number, or by its words."""
    (key,) = row.get("sentence_key")
    values = row.values
    where = f"{values['article_id']}:{values['sentence_index']}" if "article_id" in values else key
    place = places.get(values.get("gid", where))
    if place is None or sentence_key(place.window.sentence.of(place.window.text)) != key:
        raise InputError(f"{row.where}: its sentence ({key}) is not in upstream's text")
    return place


def _pairs(
    row: Row, places: Mapping[str, Place], corpus: str, part: str
) -> Iterator[dict[str, Any]]:
    """The holder-free row and, where the holder is known, a directed one."""
    start, end, label, annotator, version = row.get(
        "target_start", "target_end", "label", "annotator", "codebook"
    )
    place = _place(row, places)
    window = place.window
    sentence = window.sentence.of(window.text)

    def found(start: Any, end: Any) -> Span:
        return checked(sentence, start, end, None, row.where).shift(window.sentence.start)

    common: dict[str, Any] = {
        "corpus": corpus,
        "construct": "stance",
        "split": "train",
        "article_id": place.article_id,
        "sentence_index": place.index,
        "text": window.text,
        "sentence": window.sentence,
        "target": [found(start, end)],
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
        yield make_row(**common, holder_kind="party", holder=[found(held_from, held_to)])
