"""Cut an article's text into sentences whose spans tile what is not white space."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from stance.schema.nouns import Sentence, Span

#: Longer sentences (in characters) are cut: no model reads them, and 10 MB may stand in one line.
LONGEST = 5_000
_PARAGRAPH = re.compile(r"\n[ \t\r\f\v]*\n")


def split_sentences(text: str, language: str = "en") -> list[Sentence]:
    """Sentences in order; spans are code points in ``text`` and carry no outer white space.

    A blank line always ends a sentence, so that headlines do not run into the story; so does the
    last white space before :data:`LONGEST`, or that place itself where there is none.
    """
    sentences: list[Sentence] = []
    start = 0
    for end in [m.end() for m in _PARAGRAPH.finditer(text)] + [len(text)]:
        for span in _boundaries(text[start:end], language):
            for part in _cut(text, span.shift(start)):
                part = _strip(text, part)
                if part.start < part.end:
                    sentences.append(Sentence(len(sentences), part, part.of(text)))
        start = end
    return sentences


def _boundaries(paragraph: str, language: str) -> list[Span]:
    found = get_sentence_boundaries(language or "en", paragraph)
    return [Span(b["start_index"], b["end_index"]) for b in found]


def _cut(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > LONGEST:
        words = text[start : start + LONGEST]
        space = max(words.rfind(" "), words.rfind("\n"))
        end = start + (space if space > 0 else LONGEST)
        yield Span(start, end)
        start = end
    yield Span(start, span.end)


def _strip(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
