"""From a row of a table to an article: which column is which, and values as words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from stance.schema.nouns import Article, InputError
from stance.text.days import day_of

#: What an article's columns may be called; the first that is there counts.
ALIASES = {
    "text": "text body content article_text full_text maintext article",
    "id": "id article_id doc_id document_id _id uid guid",
    "title": "title headline",
    "date": "date published published_at publishedat publish_date date_published date_publish "
    "publication_date pub_date pubdate datetime timestamp",
    "source": "source publisher outlet publication sitename domain source_domain",
    "url": "url link uri",
    "language": "language lang",
    "story_id": "story_id story",
    "licence": "licence license",
}
#: An id longer than this, in characters, is no id.
LONGEST_ID = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number, its values, or why it cannot be read."""

    number: int
    values: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""


def article_of(values: Mapping[str, Any], id: str, where: str, path: str = "") -> Article:
    """The article in a row; ``id`` is for a row that has none, ``where`` for messages.

    A row without a column of text has a ``fault``; an empty text is an empty article. A date that
    cannot be read for certain is left out: the article counts as undated.
    """
    columns = columns_of(tuple(values))
    known = {field: values[column] for field, column in columns.items()}
    own = words(known.get("id"))
    id = own if 0 < len(own) <= LONGEST_ID else id
    if "text" not in known:
        return Article(id=id, text="", path=path, fault=f"{where}: {no_text(values)}")
    try:
        text = _text(known["text"])
    except (TypeError, ValueError) as error:
        return Article(id=id, text="", path=path, fault=f"{where}: {columns['text']}: {error}")
    return Article(
        id=id,
        text=text,
        date=day_of(known.get("date")),
        path=path,
        **{
            field: words(known.get(field))
            for field in ("title", "source", "url", "language", "story_id", "licence")
        },
    )


@lru_cache(maxsize=1024)
def columns_of(names: tuple[str, ...]) -> dict[str, str]:
    """Field → column, for the columns that a row has; case, spaces and hyphens do not matter."""
    plain = {re.sub(r"[\s-]+", "_", str(name).strip().lower()): name for name in reversed(names)}
    found = {
        field: next((plain[alias] for alias in aliases.split() if alias in plain), None)
        for field, aliases in ALIASES.items()
    }
    return {field: column for field, column in found.items() if column is not None}


def no_text(names: Iterable[str]) -> str:
    """What to say of columns none of which is the text."""
    there = ", ".join(sorted(map(str, names))[:12]) or "nothing"
    return f"no column of article text, only {there[:200]}; name it `text`"


def words(value: Any) -> str:
    """A value as one line of words: "" for what is missing, the name of an object that has one."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if value is None or isinstance(value, Mapping | list) or value != value:
        return ""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def _text(value: Any) -> str:
    """A text as it is; the paragraphs of a list stand apart."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "\n\n".join(value)
    if isinstance(value, Mapping | list):
        raise TypeError(f"holds {type(value).__name__}, not text")
    if isinstance(value, bytes):
        return value.decode("utf-8")
    return "" if value is None or value != value else str(value)


def required(names: Iterable[str], where: str) -> None:
    """Raise :class:`InputError` unless one of a table's columns is the text."""
    if "text" not in columns_of(tuple(names)):
        raise InputError(f"{where}: {no_text(names)}")
