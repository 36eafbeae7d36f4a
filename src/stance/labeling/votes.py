"""A vote, and what every labeler is: something that votes on pairs, or abstains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from stance.schema.nouns import Label, Span, Verdict


@dataclass(frozen=True, slots=True)
class Vote:
    """A labeler's word on a pair: the rule that spoke (empty where a labeler has but one), what it
    says, who holds the stance (a party's number, the span of a name that is none of the parties, or
    a kind), and the words. ``lemma`` is the lexicon's entry, where it was one that spoke;
    ``confidence`` how often such votes are right.
    """

    rule: str
    label: Verdict
    holder: int | Span | str | None
    evidence: str
    lemma: str = ""
    confidence: float = 1.0


class Labeler(Protocol):
    """Rules, a language model, a trained classifier.

    ``kind`` and ``name`` stand beside each vote; ``default`` is the label of a pair on which it
    casts no vote (``None``: the pair stays without a label).
    """

    kind: str
    name: str
    default: Label | None

    def votes(self, X: pd.DataFrame) -> list[list[Vote]]:
        """The votes on each pair; a vote's ``holder`` is a row of ``X``, or a holder kind."""


def aggregate(votes: Sequence[Vote]) -> tuple[Verdict, Vote | None]:
    """The label with the most confidence behind it, and the vote that was surest of it.

    Neutral without any vote. A polar vote beats a neutral one: "not" takes away one word's stance,
    not another's.
    """
    polar = [vote for vote in votes if vote.label != "neutral"] or list(votes)
    if not polar:
        return "neutral", None
    behind: dict[Verdict, float] = {}
    for vote in polar:
        behind[vote.label] = behind.get(vote.label, 0.0) + vote.confidence
    label = max(behind, key=lambda name: behind[name])
    return label, max((v for v in polar if v.label == label), key=lambda v: v.confidence)
