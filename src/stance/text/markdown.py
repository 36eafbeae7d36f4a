"""Markdown without its marks: the words of an article, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from stance.text.markup import visible


def plain_text(markdown: str) -> tuple[str, str]:
    """The heading that a text begins with ("" without one), and its words.

    Links keep their words and lose their addresses; pictures, rules and tags go.
    """
    tokens = _parser().parse(markdown)
    title = ""
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        title = _words(tokens[1].children or ())
        tokens = tokens[3:]
    return title, "\n\n".join(block for block in _blocks(tokens) if block)


@lru_cache(maxsize=1)
def _parser() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _blocks(tokens: Sequence[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield _words(token.children or ())
        elif token.type in ("fence", "code_block"):
            yield token.content.strip()
        elif token.type == "html_block":
            yield "\n\n".join(visible(token.content))


def _words(tokens: Sequence[Any]) -> str:
    return "".join(
        "\n" if token.type in ("softbreak", "hardbreak") else token.content
        for token in tokens
        if token.type in ("text", "text_special", "code_inline", "softbreak", "hardbreak")
    ).strip()
