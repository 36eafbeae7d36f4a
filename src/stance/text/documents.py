"""One file, one article: plain text, Markdown or a web page."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from stance.schema.nouns import Article, InputError
from stance.text.days import day_of
from stance.text.lines import LONGEST, TOO_LONG
from stance.text.places import File

_HEADER = re.compile(r"(title|date|source|url|story|language|licence): *(.*)\n")
_DATED = re.compile(r"\s*date (\d{4}-\d{2}-\d{2}) ")
_FENCE = re.compile(r"---[ \t]*\n(?=(?:[\w-]+:.*\n)+---[ \t]*\n)")
_OTHER_KEY = re.compile(r"[\w-]+:.*\n|---[ \t]*\n")


def read_document(file: File) -> Article:
    """The article of a file.

    In text and Markdown, ``key: value`` lines before the first blank line describe it, or a fenced
    block of them does. Raises :class:`InputError` for an empty, binary or non-UTF-8 file.
    """
    raw = _bytes(file.path)
    if file.suffix in (".html", ".htm", ".xhtml"):
        return _page(file, raw)
    return described(decoded(raw, str(file.path)), file)


def decoded(raw: bytes, where: str) -> str:
    """The characters of a text; :class:`InputError` for one that is empty or is none."""
    if len(raw) > LONGEST:
        raise InputError(f"{where}: {TOO_LONG}")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{where}: not UTF-8 at byte {error.start}; convert it, "
            "for example with `iconv -f latin1 -t utf-8`"
        ) from error
    if "\0" in text:
        raise InputError(f"{where}: a binary file, not text; give plain text or Markdown")
    if not text.strip():
        raise InputError(f"{where}: the file is empty; give it text or take it out")
    return text.replace("\r\n", "\n")


def described(text: str, file: File) -> Article:
    """A text with what stands above it taken off and believed."""
    about, text = _about(text)
    try:
        day = date.fromisoformat(about["date"]) if about.get("date") else None
    except ValueError as error:
        raise InputError(f"{file.path}: date {about['date']!r} is not YYYY-MM-DD") from error
    if file.suffix in (".md", ".markdown"):
        from stance.text.markdown import plain_text

        heading, text = plain_text(text)
        if heading and about.setdefault("title", heading) != heading:
            text = f"{heading}\n\n{text}"
    return Article(
        id=file.id,
        text=text.strip(),
        title=about.get("title", ""),
        date=day,
        source=about.get("source", ""),
        url=about.get("url", ""),
        language=about.get("language", ""),
        story_id=about.get("story", ""),
        licence=about.get("licence", ""),
        path=str(file.path),
    )


def _about(text: str) -> tuple[dict[str, str], str]:
    about: dict[str, str] = {}
    fence = _FENCE.match(text)
    text = text[fence.end() :] if fence else text
    while match := _HEADER.match(text) or (fence and _OTHER_KEY.match(text)):
        text = text[match.end() :]
        if match[0].startswith("---"):
            break
        if match.re is _HEADER:
            about[match[1]] = match[2].strip()
    if match := _DATED.match(text):
        about.setdefault("date", match[1])
        text = text[match.end() :]
    return about, text


def _page(file: File, raw: bytes) -> Article:
    from stance.text.pages import decode_page, read_page

    page = read_page(decode_page(raw))
    if not page["text"]:
        raise InputError(f"{file.path}: no article on this page; give its text or take it out")
    day = day_of(page.pop("date"))
    return Article(id=file.id, date=day, path=str(file.path), **page)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LONGEST + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
