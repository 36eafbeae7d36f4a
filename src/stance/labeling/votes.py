"""A vote, and what every labeler is: something that votes on pairs, or abstains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from stance.schema.nouns import Label, Span, Verdict


@dataclass(frozen=True, slots=True)
class Vote:
    """A labeler's word on a pair: the rule that spoke (empty where a labeler has but one), what it
    says, who holds the stance (a party's number, the span of a name that is none of the parties, or
    a kind), and the words. ``lemma`` is the lexicon's entry, where it was one that spoke.
    """

    rule: str
    label: Verdict
    holder: int | Span | str | None
    evidence: str
    lemma: str = ""


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
