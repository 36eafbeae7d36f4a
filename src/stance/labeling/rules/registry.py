"""Labeling functions: each looks at a sentence and votes on its targets, or abstains."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stance.labeling.reading import Reading
from stance.labeling.votes import Vote

#: One target (a party's number) at a time.
LabelingFunction = Callable[[Reading, int], Iterator[Vote]]
#: All targets of a sentence at once: pairs of a party's number and a vote.
SentenceFunction = Callable[[Reading], Iterator[tuple[int, Vote]]]
RULES: dict[str, SentenceFunction] = {}


def labeling_function(function: LabelingFunction) -> LabelingFunction:
    """Register a rule that votes on one target, or abstains."""

    def of_sentence(reading: Reading) -> Iterator[tuple[int, Vote]]:
        for party in range(len(reading.parties)):
            for vote in function(reading, party):
                yield party, vote

    RULES[function.__name__] = of_sentence
    return function


def sentence_function(function: SentenceFunction) -> SentenceFunction:
    """Register a rule that votes on all targets of a sentence at once."""
    RULES[function.__name__] = function
    return function
