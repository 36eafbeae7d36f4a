"""Cut an article's text into sentences whose spans tile what is not white space."""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

from stance.schema.nouns import Sentence, Span

_PARAGRAPH = re.compile(r"\n[ \t\r\f\v]*\n")


def split_sentences(text: str, language: str = "en") -> list[Sentence]:
    """Sentences in order; spans are code points in ``text`` and carry no outer white space.

    A blank line always ends a sentence, so that headlines do not run into the story.
    """
    sentences: list[Sentence] = []
    start = 0
    for end in [m.end() for m in _PARAGRAPH.finditer(text)] + [len(text)]:
        for span in _boundaries(text[start:end], language):
            span = _strip(text, span.shift(start))
            if span.start < span.end:
                sentences.append(Sentence(len(sentences), span, span.of(text)))
        start = end
    return sentences


def _boundaries(paragraph: str, language: str) -> list[Span]:
    found = get_sentence_boundaries(language or "en", paragraph)
    return [Span(b["start_index"], b["end_index"]) for b in found]


def _strip(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
