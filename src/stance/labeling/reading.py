"""A sentence as the rules read it: words with their places, and where parties stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stance.schema.nouns import Span

_WORD = re.compile(r"n't\b|\w+(?=n't\b)|\w+(?:['’]\w+)?|[^\w\s]")
#: A clause ends here; a stance word rarely reaches beyond.
BREAKS = frozenset({";", ":", "—", "–", "but", "while", "whereas", "although", "because"})


@dataclass(frozen=True, slots=True)
class Reading:
    """Lower-case words of a sentence, their spans, and for each party the words that name it."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    parties: tuple[tuple[tuple[int, int], ...], ...]

    def party_at(self, index: int) -> int | None:
        """The party that a word belongs to."""
        for party, places in enumerate(self.parties):
            if any(start <= index < end for start, end in places):
                return party
        return None

    def matches(self, index: int, words: Sequence[str]) -> bool:
        """Whether ``words`` stand at ``index``."""
        return self.words[index : index + len(words)] == tuple(words)


def read(text: str, sentence: Span, parties: Sequence[Sequence[Span]]) -> Reading:
    """Read the sentence of a window; ``parties`` are their mentions in the window."""
    found = list(_WORD.finditer(text, sentence.start, sentence.end))
    spans = tuple(Span(*m.span()) for m in found)
    places = tuple(
        tuple(
            (hits[0], hits[-1] + 1)
            for mention in mentions
            if (hits := [i for i, span in enumerate(spans) if span.overlaps(mention)])
        )
        for mentions in parties
    )
    return Reading(tuple(m.group().lower() for m in found), spans, places)
