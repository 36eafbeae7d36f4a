"""Web pages: the article without the page around it, and what its metadata tell."""

from __future__ import annotations

import codecs
import copy
import logging
import re
from functools import lru_cache
from typing import Any

from stance.text.markup import parsed, visible

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^>]{0,500}?\slang\s*=\s*[\"']?\s*([a-z-]+)", re.IGNORECASE)
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
#: An extraction shorter than this, in characters, is made again with less to expect.
SHORT = 250
#: How much of the first extraction the second has to keep.
KEPT = 0.6


def decode_page(raw: bytes) -> str:
    """A page's characters, as browsers decode them: by its mark, what it declares, or UTF-8."""
    mark = next((name for mark, name in _MARKS.items() if raw.startswith(mark)), None)
    declared = _CHARSET.search(raw[:4096])
    for name in (mark, "utf-8", declared and declared[1].decode("ascii", "replace")):
        try:
            return raw.decode(name or "utf-8").removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("cp1252", "replace")


def read_page(html: str) -> dict[str, str]:
    """The article's text, a blank line between its blocks, and what the page says about it.

    ``text`` is "" for a page without words. The other keys are ``title``, ``date`` (as a machine
    wrote it, never guessed from the words), ``source``, ``url`` and ``language``.
    """
    found = _extract(html)
    about = {
        "title": found.title if found else None,
        "date": found.date if found else None,
        "source": (found.sitename or found.hostname) if found else None,
        "url": found.url if found else None,
        "language": match[1] if (match := _LANGUAGE.search(html[:8192])) else None,
    }
    blocks = _blocks(found.text) if found and found.text else visible(html)
    if len(blocks) > 1 and blocks[0] == about["title"]:
        blocks = blocks[1:]
    return {key: value or "" for key, value in about.items()} | {"text": "\n\n".join(blocks)}


def _extract(html: str) -> Any:
    """What the extractor makes of a page; a short page is tried with less to expect of it."""
    from trafilatura import bare_extraction

    options: dict[str, Any] = {
        "with_metadata": True,
        "include_comments": False,
        "date_extraction_params": {"original_date": True, "extensive_search": False},
    }
    if parsed(html) is None:
        return None
    try:
        found: Any = bare_extraction(parsed(html), config=_settings(SHORT), **options)
        if found is None or len(found.text or "") < SHORT:
            short: Any = bare_extraction(parsed(html), config=_settings(1), **options)
            # The second look keeps paragraphs apart, unless it drops much of what the first saw.
            if short and len(short.text or "") >= KEPT * len(found.text or "" if found else ""):
                found = short
    except Exception:
        # Whatever broken markup makes an extractor raise: the page's visible words are still there.
        return None
    return found


@lru_cache(maxsize=2)
def _settings(least: int) -> Any:
    from trafilatura.settings import DEFAULT_CONFIG

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    settings = copy.deepcopy(DEFAULT_CONFIG)
    settings["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(least)
    return settings


def _blocks(text: str) -> list[str]:
    """Blocks of words; the extractor marks list items with a hyphen and cells with a bar."""
    lines = (re.sub(r"^- |^\| | \|$", "", line.strip()) for line in text.splitlines())
    return [line for line in lines if line.strip("-| ")]
