"""From files to articles: what a person has on disk, read without losing any of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from stance.schema.nouns import Article, InputError

SUFFIXES = (".txt", ".md")
_HEADER = re.compile(r"(title|date|source|url|story|language|licence): *(.*)\n")
_DATED = re.compile(r"\s*date (\d{4}-\d{2}-\d{2}) ")


def read_articles(source: str | Path) -> Iterator[Article]:
    """Articles of a file, or of every text file in a folder, by name.

    What cannot be read inside a folder comes out with a ``fault``. Raises :class:`InputError` for
    what was named itself: a missing place, an empty, binary or non-UTF-8 file, a folder without
    articles.
    """
    path = Path(source)
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES and p.is_file())
        if not files:
            raise InputError(f"{path}: no articles here; put {' or '.join(SUFFIXES)} files in it")
        for file in files:
            try:
                yield read_article(file)
            except InputError as error:
                yield Article(id=file.stem, text="", path=str(file), fault=str(error))
    elif path.is_file():
        yield read_article(path)
    else:
        raise InputError(f"{path}: no such file or folder")


def read_article(path: Path) -> Article:
    """One article; ``key: value`` lines before the first blank line describe it."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: not UTF-8 at byte {error.start}; convert it, "
            "for example with `iconv -f latin1 -t utf-8`"
        ) from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    if "\0" in text:
        raise InputError(f"{path}: a binary file, not text; give plain text or Markdown")
    text = text.replace("\r\n", "\n")
    if not text.strip():
        raise InputError(f"{path}: the file is empty; give it text or take it out")
    return _described(path, text)


def _described(path: Path, text: str) -> Article:
    about: dict[str, str] = {}
    while match := _HEADER.match(text):
        about[match.group(1)] = match.group(2).strip()
        text = text[match.end() :]
    if match := _DATED.match(text):
        about.setdefault("date", match.group(1))
        text = text[match.end() :]
    try:
        day = date.fromisoformat(about["date"]) if about.get("date") else None
    except ValueError as error:
        raise InputError(f"{path}: date {about['date']!r} is not YYYY-MM-DD") from error
    return Article(
        id=path.stem,
        text=text.strip(),
        title=about.get("title", ""),
        date=day,
        source=about.get("source", ""),
        url=about.get("url", ""),
        language=about.get("language", ""),
        story_id=about.get("story", ""),
        licence=about.get("licence", ""),
        path=str(path),
    )


def sound(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles, for who cannot go on without one; :class:`InputError` at the first fault."""
    for article in articles:
        if article.fault:
            raise InputError(article.fault)
        yield article
