"""The table: one contract for pairs that are labelled, predicted or reviewed.

Parquet on disk, a Hugging Face ``Dataset`` (or a pandas frame of the same columns) in memory.
Texts are windows; spans are half-open, in code points, within the window.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from datasets import ClassLabel, Dataset, Features, List, Value

from stance.schema.files import whole
from stance.schema.nouns import HOLDER_KINDS, LABELS, PROVENANCES, InputError

_SPANS = List({"start": Value("int64"), "end": Value("int64")})

#: What names a pair (article, sentence, target party, holder), and where they stand in the text.
KEY: dict[str, Any] = {
    "pair_id": Value("string"),
    "article_id": Value("string"),
    "sentence_index": Value("int64"),
    "text": Value("string"),
    "sentence_start": Value("int64"),
    "sentence_end": Value("int64"),
    "target": Value("string"),
    "target_party": Value("string"),
    "target_spans": _SPANS,
    "holder_kind": Value("string"),
    "holder": Value("string"),
    "holder_party": Value("string"),
    "holder_spans": _SPANS,
}

#: A labelled pair. ``label`` is a ClassLabel in memory and a string on disk.
PAIRS = Features(
    KEY
    | {
        "label": ClassLabel(names=list(LABELS)),
        "mixed": Value("bool"),
        "unclear": Value("bool"),
        "tags": List(Value("string")),
        "corpus": Value("string"),
        "construct": Value("string"),
        "split": Value("string"),
        "weight": Value("float64"),
        "provenance": Value("string"),
        "annotator": Value("string"),
        "codebook": Value("string"),
    }
)

#: What belongs to the article stands once, beside the pairs.
ARTICLES = Features(
    {
        name: Value("string")
        for name in (
            "article_id",
            "title",
            "date",
            "source",
            "url",
            "language",
            "story_id",
            "licence",
        )
    }
)

#: The votes behind an aggregated label, a row each: who (``kind`` is ``person``, or the sort of
#: program), one of :data:`~stance.schema.nouns.VERDICTS`, the rule (or why a program abstained) and
#: the words that say why, the holder where one is given, how often such votes are right where that
#: is known, when (ISO 8601), and under which version of the codebook.
_VOTE = ("pair_id", "annotator", "kind", "label", "rule", "evidence")
VOTES = Features(
    {name: Value("string") for name in _VOTE}
    | {"holder_kind": Value("string"), "holder": Value("string"), "holder_party": Value("string")}
    | {"holder_spans": _SPANS, "confidence": Value("float64")}
    | {"time": Value("string"), "codebook": Value("string")}
)

#: A prediction: the pair's key and spans, the answer, why, and a status.
PREDICTIONS = Features(
    KEY
    | {
        "predicted": Value("string"),
        "p_opposition": Value("float64"),
        "p_neutral": Value("float64"),
        "p_support": Value("float64"),
        "confidence": Value("float64"),
        "evidence": Value("string"),
        "status": Value("string"),
    }
)


def pair_id(article_id: str, sentence_index: int, target_party: str, holder: str = "any") -> str:
    """The key of a pair; ``holder`` is ``any``, a holder kind, or the holder's party."""
    return f"{article_id}:{sentence_index}:{target_party}:{holder}"


def spans(*found: tuple[int, int]) -> list[dict[str, int]]:
    """Spans as the table holds them."""
    return [{"start": start, "end": end} for start, end in found]


def disk_schema(features: Features) -> pa.Schema:
    """The Arrow schema of a table on disk: labels are strings there."""
    schema = features.arrow_schema
    fields = [
        pa.field(f.name, pa.string()) if isinstance(features[f.name], ClassLabel) else f
        for f in schema
    ]
    return pa.schema(fields)


def to_arrow(rows: pd.DataFrame | list[dict[str, Any]], features: Features) -> pa.Table:
    """Rows in the table's columns and types; :class:`InputError` names what does not fit."""
    schema = disk_schema(features)
    try:
        if isinstance(rows, pd.DataFrame):
            rows = rows.reindex(columns=schema.names)
            return pa.Table.from_pandas(rows, schema=schema, preserve_index=False)
        return pa.Table.from_pylist(rows, schema=schema)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise InputError(f"rows do not fit the table: {' '.join(str(error).split())}") from error


def write_table(rows: pd.DataFrame | list[dict[str, Any]], path: Path, features: Features) -> None:
    """Write Parquet under a temporary name and rename it: no half file under the final name."""
    table = to_arrow(rows, features)
    with whole(path) as partial:
        pq.write_table(table, partial)


def read_table(path: Path, features: Features = PAIRS) -> pd.DataFrame:
    """Read a Parquet table as a frame; raises :class:`InputError` for a missing file or column."""
    if not path.is_file():
        raise InputError(f"{path}: no such table; `stance prepare` makes one")
    try:
        file = pq.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise InputError(f"{path}: not a Parquet file: {error}") from error
    if missing := [name for name in features if name not in file.schema_arrow.names]:
        raise InputError(f"{path}: column {', '.join(missing)} is missing")
    frame: pd.DataFrame = file.read(columns=list(features)).to_pandas()
    return frame


def to_dataset(frame: pd.DataFrame) -> Dataset:
    """Labelled pairs as a ``Dataset`` with :data:`PAIRS` as its features."""
    table = to_arrow(frame, PAIRS)
    codes = pa.array([None if v is None else LABELS.index(v) for v in table["label"].to_pylist()])
    at = table.schema.get_field_index("label")
    table = table.set_column(at, "label", codes.cast(pa.int64()))
    return Dataset(table.cast(PAIRS.arrow_schema))


def violations(path: Path, batch_rows: int = 10_000) -> Iterator[str]:
    """Where a table of pairs breaks the contract, row by row, in bounded memory."""
    seen: set[int] = set()
    row = 0
    for batch in pq.ParquetFile(path).iter_batches(batch_rows):
        for pair in batch.to_pylist():
            for fault in pair_faults(pair):
                yield f"{path}: row {row} ({pair['pair_id']}): {fault}"
            key = hash(pair["pair_id"])
            if key in seen:
                yield f"{path}: row {row} ({pair['pair_id']}): pair_id stands twice"
            seen.add(key)
            row += 1


def pair_faults(pair: Mapping[Any, Any]) -> Iterator[str]:
    """What is wrong with one labelled pair."""
    text, size = pair["text"], len(pair["text"])
    if not 0 <= pair["sentence_start"] < pair["sentence_end"] <= size:
        yield f"sentence [{pair['sentence_start']}, {pair['sentence_end']}) is outside the window"
    for role in ("target", "holder"):
        found = pair[f"{role}_spans"]
        for span in found if found is not None else ():
            if not 0 <= span["start"] < span["end"] <= size:
                yield f"{role} [{span['start']}, {span['end']}) is outside the window of {size}"
        if pair[role] and found is not None and len(found):
            words = text[found[0]["start"] : found[0]["end"]]
            if words != pair[role]:
                yield f"{role} is {pair[role]!r} but its span holds {words!r}"
    if pair["label"] not in LABELS and not (pair["mixed"] or pair["unclear"]):
        yield f"label {pair['label']!r} is none of {', '.join(LABELS)}"
    if pair["holder_kind"] not in HOLDER_KINDS:
        yield f"holder_kind {pair['holder_kind']!r} is none of {', '.join(HOLDER_KINDS)}"
    if pair["provenance"] not in PROVENANCES:
        yield f"provenance {pair['provenance']!r} is none of {', '.join(PROVENANCES)}"
