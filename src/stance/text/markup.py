"""Markup, however broken: a tree of it, and the words that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

#: What is around the text of an article on a page.
_AROUND = "head script style noscript template nav aside header footer form button svg".split()
_BLOCKS = "p div li h1 h2 h3 h4 h5 h6 blockquote td th dt dd figcaption pre section br".split()
_TAG = re.compile(r"<([^<>]*)>")
_UNSEEN = ("script", "style")


def parsed(html: str) -> Any:
    """The tree of a page; ``None`` for one without elements or nested deeper than parsers go."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    # A fatal error ends the parse: what comes after it would be lost.
    return None if parser.error_log.filter_from_level(etree.ErrorLevels.FATAL) else tree


def visible(html: str) -> list[str]:
    """The blocks of words that a page or a piece of markup shows, but for what is around them."""
    tree = parsed(html)
    if tree is None:
        return _lines("".join(_flattened(html)))
    return _lines("".join(_walked(tree)))


def _walked(tree: Any) -> Iterator[str]:
    """The words of a tree in their order, blocks apart."""
    from lxml.etree import iterwalk

    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if element.tag in _BLOCKS:
            yield "\n"
        if event == "end":
            yield element.tail or ""
        elif element.tag in _AROUND:
            walk.skip_subtree()
        else:
            yield element.text or ""


def _flattened(html: str) -> Iterator[str]:
    """The words between the tags, without a tree."""
    unseen = ""
    for at, piece in enumerate(_TAG.split(html)):
        name = (re.match(r"/?\w*", piece) or [""])[0].lower() if at % 2 else ""
        if unseen:
            unseen = "" if name == f"/{unseen}" else unseen
        elif name in _UNSEEN:
            unseen = name
        elif at % 2:
            yield "\n" if name.strip("/") in _BLOCKS else ""
        else:
            yield unescape(piece)


def _lines(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return [line for line in lines if line]
