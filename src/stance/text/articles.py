"""From what a person has on disk to articles, one at a time and without losing any."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from stance.schema.nouns import Article, InputError
from stance.text.documents import decoded, described, read_document
from stance.text.identity import Ids
from stance.text.jsonlines import json_rows
from stance.text.lines import LONGEST
from stance.text.places import TABLES, File, find_files
from stance.text.tables import read_rows, row_article

#: The name of standard input.
STDIN = "-"
#: How many rows in a row may be broken before a table counts as unreadable.
PATIENCE = 1_000


def read_articles(source: str | Path) -> Iterator[Article]:
    """The articles of a file, of a folder's or a glob's files, or of standard input (``-``).

    Text, Markdown and web pages hold one article each; JSONL, CSV and Parquet one a row, in memory
    one at a time. The order and the ids are the same each time. What cannot be read inside a folder
    or a table comes out in its place with a ``fault``. Raises :class:`InputError` for what was
    named itself: a missing place, an unreadable file, one without articles.
    """
    ids = Ids()
    found = _from_stdin() if str(source) == STDIN else _from_files(source)
    for article in found:
        yield ids.unique(article)


def sound(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles, for who cannot go on without one; :class:`InputError` at the first fault."""
    for article in articles:
        if article.fault:
            raise InputError(article.fault)
        yield article


def _from_files(source: str | Path) -> Iterator[Article]:
    files, collection = find_files(source)
    if not collection:
        yield from _readable(_read(files[0]), str(source))
        return
    for file in files:
        try:
            yield from _read(file)
        except InputError as error:
            yield Article(id=file.id, text="", path=str(file.path), fault=str(error))


def _read(file: File) -> Iterator[Article]:
    if file.suffix == ".json":
        raise InputError(f"{file.path}: write JSON as JSONL, an object a line, and name it .jsonl")
    if file.suffix in TABLES:
        yield from read_rows(file)
    else:
        yield read_document(file)


def _readable(articles: Iterator[Article], where: str) -> Iterator[Article]:
    """Articles as they come, unless all of them, or the first :data:`PATIENCE`, are at fault."""
    faulty: list[Article] = []
    for article in articles:
        faulty.append(article)
        if not article.fault:
            yield from faulty
            break
        if len(faulty) == PATIENCE:
            raise InputError(f"{faulty[0].fault} (and so are the {PATIENCE} rows after it)")
    else:
        raise InputError(faulty[0].fault if faulty else f"{where}: holds no articles")
    yield from articles


def _from_stdin() -> Iterator[Article]:
    """JSONL if it begins with an object, else one text."""
    file = File(Path("stdin"), "stdin")
    stream: Any = sys.stdin.buffer
    if stream.peek().removeprefix(BOM_UTF8).lstrip()[:1] == b"{":
        articles = (row_article(row, file) for row in json_rows(stream))
        yield from _readable(articles, "standard input")
    else:
        yield described(decoded(stream.read(LONGEST + 1), "standard input"), file)
