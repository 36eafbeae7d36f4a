"""The window: a sentence with the sentences before it that a model may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stance.schema.nouns import Sentence, Span

#: The codebook lets a reader look back this many sentences to know who "he" is.
CONTEXT = 3


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of an article that ends with its sentence; ``offset`` is where it begins there."""

    text: str
    offset: int
    sentence: Span

    def place(self, sentence: Sentence, span: Span) -> Span:
        """A span within one of the window's sentences, as a span of the window."""
        return span.shift(sentence.span.start - self.offset)


def window_of(
    text: str, sentences: Sequence[Sentence], index: int, context: int = CONTEXT
) -> Window:
    """The window of ``sentences[index]`` with up to ``context`` sentences before it."""
    offset = sentences[max(0, index - context)].span.start
    current = sentences[index].span
    return Window(text[offset : current.end], offset, current.shift(-offset))
