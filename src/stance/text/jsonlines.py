"""JSONL: an object, or a bare string of text, on each line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from stance.text.lines import NOT_UTF8, TOO_LONG, Lines
from stance.text.records import Row

_MARK = b"\xef\xbb\xbf"


def json_file_rows(path: Path) -> Iterator[Row]:
    """The rows of a JSONL file, by the numbers of their lines."""
    with path.open("rb") as stream:
        yield from json_rows(stream)


def json_rows(stream: IO[bytes]) -> Iterator[Row]:
    """The rows of JSONL, by the numbers of their lines; a blank line is none."""
    lines = Lines(stream)
    for number, line in enumerate(lines, 1):
        line = line.removeprefix(_MARK if number == 1 else b"").strip()
        if lines.cut():
            yield Row(number, fault=TOO_LONG)
        elif line:
            yield _row(number, line)


def _row(number: int, line: bytes) -> Row:
    try:
        values = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return Row(number, fault=NOT_UTF8)
    except (ValueError, RecursionError) as error:
        return Row(number, fault=f"broken JSON: {str(error)[:200]}")
    if isinstance(values, str):
        values = {"text": values}
    if not isinstance(values, dict):
        return Row(number, fault=f"expected an object, found {type(values).__name__}")
    return Row(number, values)
