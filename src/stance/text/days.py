"""Dates as people and machines write them, where they can be read in one way only."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any

#: Days that can be read in one way only, where they are not ISO 8601 or an e-mail's.
_DAYS = ("%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y")


def day_of(value: Any) -> date | None:
    """The day of a date, a time or their usual spellings; ``None`` where it is not certain."""
    if isinstance(value, datetime):
        return value.date() if value == value else None
    if isinstance(value, date):
        return value
    said = " ".join(str(value).split())
    if iso := re.match(r"\d{4}-\d\d-\d\d(?!\d)|\d{8}(?![\d.])", said):
        return _tried(date.fromisoformat, iso[0])
    ways: tuple[Callable[[str], date], ...] = (
        _mailed,
        *(partial(_spelt, way=way) for way in _DAYS),
    )
    days = (_tried(way, said) for way in ways)
    return next((day for day in days if day is not None), None)


def _mailed(text: str) -> date:
    return parsedate_to_datetime(text).date()


def _spelt(text: str, way: str) -> date:
    return datetime.strptime(text, way).date()


def _tried(read: Callable[[str], date], text: str) -> date | None:
    try:
        return read(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
