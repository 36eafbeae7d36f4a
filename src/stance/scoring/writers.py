"""Predictions on disk, by the ending of the name: CSV, JSONL, Parquet or the HTML report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from stance.schema.files import check_place, whole, write_text
from stance.schema.nouns import Article, InputError
from stance.schema.table import PREDICTIONS, disk_schema, to_arrow

#: Takes the next part of the predictions.
Write = Callable[[pd.DataFrame], None]
#: What a spreadsheet would run as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SPANS = ("target_spans", "holder_spans")


def write_predictions(
    parts: pd.DataFrame | Iterable[pd.DataFrame],
    path: Path | Sequence[Path],
    articles: Collection[Article],
    names: dict[str, str],
) -> None:
    """Write predictions whole, to one file or to several at once.

    ``parts`` come one after another: CSV, JSONL and Parquet hold one at a time, HTML holds all.
    ``articles`` (their texts are not needed) are looked at after the last part, so that a list may
    grow meanwhile; ``names`` gives each party id its name. An error leaves no file behind.
    Raises :class:`InputError` for an ending that is none of ours or a place that cannot be written.
    """
    paths = [path] if isinstance(path, Path) else list(path)
    for each in paths:
        check_output(each)
    with ExitStack() as stack:
        writes = [stack.enter_context(_writer(each, articles, names)) for each in paths]
        for part in [parts] if isinstance(parts, pd.DataFrame) else parts:
            for write in writes:
                write(part)


def check_output(path: Path) -> None:
    """Refuse an ending or a place that cannot be written, before any work is done."""
    if path.suffix not in (*_WRITERS, ".html", ".htm"):
        known = ", ".join([*_WRITERS, ".html"])
        raise InputError(f"output {path}: ending {path.suffix!r} is none of {known}")
    check_place(path)


def defused(frame: pd.DataFrame) -> pd.DataFrame:
    """Text cells that a spreadsheet would run get an apostrophe before them."""
    columns = {name: column.map(_defuse) for name, column in frame.items()}
    return pd.DataFrame(columns, index=frame.index)


def _defuse(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _writer(
    path: Path, articles: Collection[Article], names: dict[str, str]
) -> AbstractContextManager[Write]:
    if path.suffix in (".html", ".htm"):
        return _html(path, articles, names)
    return _WRITERS[path.suffix](path)


@contextmanager
def _html(path: Path, articles: Collection[Article], names: dict[str, str]) -> Iterator[Write]:
    from stance.scoring.report import render

    parts: list[pd.DataFrame] = []
    yield parts.append
    predictions = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    predictions = predictions.reindex(columns=list(PREDICTIONS))
    write_text(render(predictions, list(articles), names), path)


@contextmanager
def _csv(path: Path) -> Iterator[Write]:
    # The byte order mark makes spreadsheets read UTF-8.
    with whole(path) as partial, partial.open("w", encoding="utf-8-sig", newline="") as file:
        pd.DataFrame(columns=list(PREDICTIONS)).to_csv(file, index=False)
        yield lambda part: defused(_flat(part)).to_csv(file, index=False, header=False)


def _flat(predictions: pd.DataFrame) -> pd.DataFrame:
    """Spans as ``start-end`` words, columns in the table's order."""
    frame = predictions.reindex(columns=list(PREDICTIONS)).astype(object)
    for name in _SPANS:
        frame[name] = [" ".join(f"{s['start']}-{s['end']}" for s in spans) for spans in frame[name]]
    return frame


@contextmanager
def _jsonl(path: Path) -> Iterator[Write]:
    def write(part: pd.DataFrame) -> None:
        frame = part.reindex(columns=list(PREDICTIONS))
        for name in _SPANS:
            frame[name] = frame[name].map(lambda spans: [dict(span) for span in spans])
        frame.to_json(file, orient="records", lines=True, force_ascii=False)

    with whole(path) as partial, partial.open("w", encoding="utf-8", newline="") as file:
        yield write


@contextmanager
def _parquet(path: Path) -> Iterator[Write]:
    with whole(path) as partial, pq.ParquetWriter(partial, disk_schema(PREDICTIONS)) as file:
        yield lambda part: file.write_table(to_arrow(part, PREDICTIONS))


_WRITERS: dict[str, Callable[[Path], AbstractContextManager[Write]]] = {
    ".csv": _csv,
    ".jsonl": _jsonl,
    ".parquet": _parquet,
}
