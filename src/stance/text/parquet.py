"""Parquet, by batches of rows: what a file may hold is bounded by a batch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stance.schema.nouns import InputError
from stance.text.records import Row, columns_of, required

#: Rows, and bytes of them, that are held at once.
MOST_ROWS, MOST_BYTES = 1024, 16 * 2**20
#: Rows of a broken row group that come out one by one; of a larger one a single row tells.
TOLD = 10_000_000


def parquet_rows(path: Path) -> Iterator[Row]:
    """The rows by number; those of a row group that cannot be read have a fault each.

    Raises :class:`InputError` for what is no Parquet file or names no text.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path, buffer_size=2**20, pre_buffer=False)
        names = tuple(file.schema_arrow.names)
        groups = [file.metadata.row_group(index) for index in range(file.num_row_groups)]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"{path}: not a Parquet file, or a broken one: {_said(error)}") from error
    with file:
        required(names, str(path))
        number = 0
        for index, group in enumerate(groups):
            left = group.num_rows
            try:
                for values in _values(file, index, group, list(columns_of(names).values())):
                    number, left = number + 1, left - 1
                    fault = _said(values) if isinstance(values, Exception) else ""
                    yield Row(number, {} if fault else values, fault)
                if left:
                    raise pa.ArrowInvalid(f"{left} of its {group.num_rows} rows are missing")
            except (pa.ArrowException, OSError) as error:
                fault = f"row group {index} cannot be read: {_said(error)}"
                for _ in range(left if left <= TOLD else 1):
                    number += 1
                    yield Row(number, fault=fault)


def _values(file: Any, index: int, group: Any, columns: list[str]) -> Iterator[Any]:
    """Each row's values, or the exception that they raise."""
    size = max(1, group.total_byte_size // max(1, group.num_rows))
    rows = max(1, min(MOST_ROWS, MOST_BYTES // size))
    for batch in file.iter_batches(rows, row_groups=[index], columns=columns, use_threads=False):
        try:
            yield from batch.to_pylist()
        except (ValueError, OverflowError):
            for at in range(batch.num_rows):
                yield _alone(batch.slice(at, 1))


def _alone(row: Any) -> Any:
    try:
        return row.to_pylist()[0]
    except (ValueError, OverflowError) as error:
        return error


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
