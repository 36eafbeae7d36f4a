"""Predictions from a file, of this project or of any other system."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from stance.evaluation.align import P_COLUMNS
from stance.schema.nouns import InputError

#: What a file must have; the other columns of ``PREDICTIONS`` are used where they are there.
NEEDED = ("pair_id", "predicted", *P_COLUMNS)
_READERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    ".parquet": pd.read_parquet,
    ".csv": lambda path: pd.read_csv(path, dtype={"pair_id": str}, encoding="utf-8"),
    ".jsonl": lambda path: pd.read_json(
        path, lines=True, dtype={"pair_id": str}, precise_float=True, convert_dates=False
    ),
}


def is_predictions(uri: str) -> bool:
    """Whether a model URI names a file of predictions rather than a model."""
    return Path(uri).suffix in _READERS


def read_predictions(path: str | Path) -> pd.DataFrame:
    """The rows of a ``.parquet``, ``.csv`` or ``.jsonl`` file; :class:`InputError` names it."""
    path = Path(path)
    if not path.is_file():
        raise InputError(f"{path}: no such predictions file")
    try:
        frame = _READERS[path.suffix](path)
    except (ValueError, OSError) as error:  # the readers' own errors are ValueErrors
        reason = " ".join(str(error).split())[:200]
        raise InputError(f"{path}: not readable as {path.suffix[1:]}: {reason}") from error
    if missing := [name for name in NEEDED if name not in frame]:
        raise InputError(f"{path}: column {', '.join(missing)} is missing")
    try:
        return frame.astype(dict.fromkeys(P_COLUMNS, "float64"))
    except (ValueError, TypeError) as error:
        raise InputError(f"{path}: a probability is no number: {error}") from error
