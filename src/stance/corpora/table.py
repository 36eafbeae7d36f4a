"""Any CSV, JSONL or Parquet file as a corpus, by a config that maps its columns and labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from stance.corpora.corpus import Corpus, file_hashes
from stance.corpora.files import Row, json_lines
from stance.corpora.rows import article_row, checked, make_row, sentence_key
from stance.schema.nouns import LABELS, SPLITS, InputError, Span

#: Which column holds what; only text, label and some way to find the target are needed.
COLUMNS = ("text", "label", "target", "start", "end", "article", "split", "party", "date", "source")
_OF_THE_ARTICLE = ["date", "source"]


def load_table(
    path: str | None = None,
    *,
    hub: Mapping[str, str] | None = None,
    name: str,
    columns: Mapping[str, str | None],
    labels: Mapping[str, str] | None = None,
    marker: tuple[str, str] | None = None,
    construct: Any = "stance",
    licence: str = "not stated",
    restricted: bool = False,
    source: str = "",
    language: str = "en",
    codebook: str = "",
) -> Corpus:
    """A file of labelled sentences.

    ``path`` is a CSV, JSONL or Parquet file; ``hub`` instead names a data set for
    ``datasets.load_dataset`` (``path``, ``name``, ``split``, ``revision``): pin its revision.
    ``columns`` maps our names (:data:`COLUMNS`) to the file's. The target is found by span
    (``start``, ``end``: code points, half-open), by ``marker`` (an opening and a closing string
    around it in the text), or by its surface form in the column ``target``. ``labels`` maps the
    file's labels to ours.
    """
    file = Path(path) if path else None
    if hub is None and (file is None or not file.is_file()):
        raise InputError(f"corpus.root {path}: no such file; give a CSV, JSONL or Parquet file")
    if unknown := set(columns) - set(COLUMNS):
        raise InputError(f"corpus {name}: columns maps {', '.join(sorted(unknown))}, unknown here")
    names = {ours: theirs for ours, theirs in columns.items() if theirs}
    known = {str(k): v for k, v in (labels or {}).items()} or {label: label for label in LABELS}
    if wrong := set(known.values()) - set(LABELS):
        raise InputError(f"corpus {name}: labels maps to {', '.join(sorted(wrong))}, none of ours")
    fixed = {"corpus": name, "construct": construct, "codebook": codebook}
    where = str(file) if hub is None else hub["path"]
    records = _records(file) if file is not None and hub is None else from_hub(hub or {})
    places: dict[str, dict[str, int]] = {}
    rows = [_row(_renamed(row, names), known, marker, fixed, places) for row in records]
    frame = pd.DataFrame(rows)
    if frame.empty:
        raise InputError(f"{where}: holds no rows")
    if (doubled := frame["pair_id"].duplicated()).any():
        raise InputError(f"{where}: the pair {frame['pair_id'][doubled].iloc[0]} stands twice")
    told = frame[["article_id", *_OF_THE_ARTICLE]].drop_duplicates("article_id")
    return Corpus(
        name=name,
        construct=construct,
        pairs=frame.drop(columns=_OF_THE_ARTICLE),
        articles=pd.DataFrame(
            article_row(article, licence, date=date, source=outlet or source, language=language)
            for article, date, outlet in told.itertuples(index=False)
        ),
        licence=licence,
        restricted=restricted,
        source=source or where,
        revision=(hub or {}).get("revision", ""),
        inputs=file_hashes((file,), file.parent) if file is not None and hub is None else {},
    )


def from_hub(hub: Mapping[str, str]) -> Iterator[Row]:
    """The rows of a data set that ``datasets`` loads: a hub's name at a revision, or a folder."""
    from datasets import load_dataset

    where = f"{hub['path']}@{hub.get('revision', 'newest')}"
    try:
        rows = load_dataset(
            hub["path"],
            hub.get("name"),
            split=hub.get("split", "train"),
            revision=hub.get("revision"),
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError(
            f"{where}: datasets cannot load it: {str(error).splitlines()[0]}"
        ) from error
    for number, values in enumerate(rows):
        yield Row(f"{where}: row {number}", dict(values))


def _records(file: Path) -> Iterator[Row]:
    match file.suffix:
        case ".jsonl":
            yield from json_lines(file)
        case ".parquet":
            for number, values in enumerate(pd.read_parquet(file).to_dict("records")):
                yield Row(f"{file}: row {number}", {str(k): v for k, v in values.items()})
        case ".csv" | ".tsv":
            yield from _csv(file)
        case other:
            raise InputError(f"{file}: ending {other!r} is none of .csv, .tsv, .jsonl, .parquet")


def _csv(file: Path) -> Iterator[Row]:
    separator = "\t" if file.suffix == ".tsv" else ","
    try:
        frame = pd.read_csv(
            file, sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig"
        )
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputError(f"{file}: {' '.join(str(error).split())}") from error
    for number, values in enumerate(frame.to_dict("records"), 2):
        yield Row(f"{file}: row {number}", {str(k): v for k, v in values.items()})


def _renamed(row: Row, names: Mapping[str, str]) -> Row:
    values = dict(zip(names, row.get(*names.values()), strict=True))
    return Row(row.where, values)


def _row(
    row: Row,
    labels: Mapping[str, str],
    marker: tuple[str, str] | None,
    fixed: dict[str, Any],
    places: dict[str, dict[str, int]],
) -> dict[str, Any]:
    """One row of the table; ``places`` numbers each article's sentences as they come."""
    values = row.values
    text, span = _target(row, marker)
    article = str(values.get("article") or sentence_key(text))
    sentences = places.setdefault(article, {})
    split = str(values.get("split") or "train")
    if split not in SPLITS:
        raise InputError(f"{row.where}: split {split!r} is none of {', '.join(SPLITS)}")
    return make_row(
        **fixed,
        split=split,
        article_id=article,
        sentence_index=sentences.setdefault(text, len(sentences)),
        text=text,
        target=[span],
        label=Row(row.where, {"label": str(values.get("label"))}).label("label", dict(labels)),
        key=f"{sentence_key(text)}:{span.start}-{span.end}",
        party=values.get("party") or None,
        date=str(values.get("date") or ""),
        source=str(values.get("source") or ""),
    )


def _target(row: Row, marker: tuple[str, str] | None) -> tuple[str, Span]:
    """The text without markers, and where the target stands in it."""
    text = str(row.get("text")[0])
    if marker:
        opening, closing = marker
        before, found, rest = text.partition(opening)
        words, closed, after = rest.partition(closing)
        if not found or not closed or not words:
            raise InputError(f"{row.where}: no target between {opening!r} and {closing!r}")
        return before + words + after, Span(len(before), len(before) + len(words))
    if "start" in row.values:
        start, end = (_integer(row, name) for name in ("start", "end"))
        return text, checked(text, start, end, row.values.get("target") or None, row.where)
    words = str(row.get("target")[0])
    at = text.find(words) if words else -1
    if at < 0:
        raise InputError(f"{row.where}: the target {words!r} does not stand in the text")
    return text, Span(at, at + len(words))


def _integer(row: Row, name: str) -> int:
    (value,) = row.get(name)
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise InputError(f"{row.where}: {name} {value!r} is no whole number") from error
