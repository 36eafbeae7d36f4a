"""Tables of articles, JSONL, CSV and Parquet, a row at a time: a broken row costs only itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

from stance.schema.nouns import Article, InputError
from stance.text.delimited import csv_rows
from stance.text.jsonlines import json_file_rows
from stance.text.parquet import parquet_rows
from stance.text.places import File
from stance.text.records import Row, article_of, columns_of

_READERS: dict[str, Callable[[Path], Iterator[Row]]] = {
    ".csv": csv_rows,
    ".tsv": csv_rows,
    ".jsonl": json_file_rows,
    ".ndjson": json_file_rows,
    ".parquet": parquet_rows,
}
#: What the name of a folder may say of the articles in it.
_STATED = ("date", "source", "language")


def read_rows(file: File) -> Iterator[Article]:
    """The articles of a table file.

    Raises :class:`InputError` at the first article for a table that cannot be read at all; what
    cannot be read later on is an article with a ``fault``.
    """
    rows = _READERS[file.suffix](file.path)
    number = 0
    try:
        for row in rows:
            number = row.number
            yield row_article(row, file)
    except OSError as error:
        said = f"cannot be read: {error.strerror or error}"
        if not number:
            raise InputError(f"{file.path}: {said}") from error
        yield row_article(Row(number + 1, fault=f"from here on the file {said}"), file)


def row_article(row: Row, file: File) -> Article:
    """The article of a row; ``key=value`` folders on the way to the file describe it as well."""
    return placed(row, file.path, f"{file.id}-{row.number}", f"{file.path}: row {row.number}")


def placed(row: Row, path: Path, id: str, where: str) -> Article:
    """The article of a row that goes by ``id`` if it has none, and by ``where`` in messages."""
    if row.fault:
        return Article(id=id, text="", path=str(path), fault=f"{where}: {row.fault}")
    return article_of({**_partition(path), **row.values}, id, where, str(path))


def _partition(path: Path) -> dict[str, str]:
    pairs = (part.partition("=") for part in path.parts[:-1])
    known = {key: unquote(value) for key, equals, value in pairs if equals}
    return {key: known[key] for field, key in columns_of(tuple(known)).items() if field in _STATED}
