"""Predictions on disk, by the ending of the name: CSV, JSONL, Parquet or the HTML report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from stance.schema.files import check_place, whole, write_text
from stance.schema.nouns import Article, InputError
from stance.schema.table import PREDICTIONS, write_table

#: What a spreadsheet would run as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SPANS = ("target_spans", "holder_spans")


def write_predictions(
    predictions: pd.DataFrame, path: Path, articles: Sequence[Article], names: dict[str, str]
) -> None:
    """Write predictions whole; ``names`` gives each party id its name in the report.

    Raises :class:`InputError` for an ending that is none of ours or a place that cannot be written.
    """
    check_output(path)
    if path.suffix in (".html", ".htm"):
        from stance.scoring.report import render

        write_text(render(predictions, articles, names), path)
    else:
        _WRITERS[path.suffix](predictions, path)


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


def _flat(predictions: pd.DataFrame) -> pd.DataFrame:
    """Spans as ``start-end`` words, columns in the table's order."""
    frame = predictions.reindex(columns=list(PREDICTIONS)).astype(object)
    for name in _SPANS:
        frame[name] = [" ".join(f"{s['start']}-{s['end']}" for s in spans) for spans in frame[name]]
    return frame


def _write_csv(predictions: pd.DataFrame, path: Path) -> None:
    with whole(path) as partial:
        # The byte order mark makes spreadsheets read UTF-8.
        defused(_flat(predictions)).to_csv(partial, index=False, encoding="utf-8-sig")


def _write_jsonl(predictions: pd.DataFrame, path: Path) -> None:
    frame = predictions.reindex(columns=list(PREDICTIONS))
    for name in _SPANS:
        frame[name] = frame[name].map(lambda spans: [dict(span) for span in spans])
    with whole(path) as partial:
        frame.to_json(partial, orient="records", lines=True, force_ascii=False)


def _write_parquet(predictions: pd.DataFrame, path: Path) -> None:
    write_table(predictions, path, PREDICTIONS)


_WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
    ".parquet": _write_parquet,
}
