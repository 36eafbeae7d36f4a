"""Results go to disk whole or not at all: a temporary name first, then the final one."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from stance.schema.nouns import InputError


def check_place(path: Path) -> None:
    """Raise :class:`InputError` where a file cannot be written; tried, since rights tell half."""
    parent = next(folder for folder in path.absolute().parents if folder.exists())
    if path.is_dir():
        raise InputError(f"output {path}: is a folder; name a file")
    try:
        with tempfile.TemporaryFile(dir=parent):
            pass
    except OSError as error:
        raise InputError(
            f"output {path}: {parent} cannot be written to; name another place"
        ) from error


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A temporary path to write to; it takes the final name when the block ends without error.

    Raises :class:`InputError` where the place cannot be written.
    """
    check_place(path)
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield partial
        partial.replace(path)
    except OSError as error:
        raise InputError(f"output {path}: cannot be written: {error.strerror or error}") from error
    finally:
        if partial.parent.is_dir():
            partial.unlink(missing_ok=True)


def write_text(text: str, path: Path) -> None:
    """Write a text file whole."""
    with whole(path) as partial:
        partial.write_text(text, encoding="utf-8")


def write_json(value: Any, path: Path) -> None:
    """Write JSON, indented, whole."""
    write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", path)
