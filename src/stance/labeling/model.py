"""The rules as a model: always there, needs no training."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from stance.labeling.holders import Holder
from stance.labeling.lexicon import Lexicon, load_lexicon
from stance.labeling.reading import read
from stance.labeling.rules import RULES
from stance.labeling.votes import Vote
from stance.models.base import Answers, Probabilities
from stance.schema.nouns import LABELS, Label, Span, Verdict

#: How sure the rules are: of a word that they found, and of "nothing found, so neutral".
FOUND, NOT_FOUND = 0.9, 0.6


class RulesModel:
    """Asks every labeling function about every pair; the majority of those that vote decides."""

    threshold = 0.0
    languages = ("en",)
    kind = name = "rules"
    #: Nothing found is a finding: most of what news says about a party is no stance.
    default: Label | None = "neutral"

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or load_lexicon()
        self.about: dict[str, Any] = {"name": "rules", "licence": "Apache-2.0"}

    def votes(self, X: pd.DataFrame) -> list[list[Vote]]:
        """The votes on each pair; ``holder`` is the position of the holder's own pair in ``X``."""
        found: list[list[Vote]] = [[] for _ in range(len(X))]
        targets = X["target_spans"].tolist()
        for (text, start, end, *_), rows in sentences(X).items():
            parties = [[Span(s["start"], s["end"]) for s in targets[row]] for row in rows]
            reading = read(text, Span(start, end), parties, self.lexicon)
            for rule in RULES.values():
                for party, vote in rule(reading):
                    found[rows[party]].append(_placed(vote, rows))
        return found

    def answer(self, X: pd.DataFrame) -> Answers:
        """Probabilities and holders by the rules, with the rule and the words that decided."""
        answers = Answers.without_holders(np.zeros((len(X), len(LABELS))))
        for row, votes in enumerate(self.votes(X)):
            label, deciding = aggregate(votes)
            answers.probabilities[row] = _sure(label, FOUND if deciding else NOT_FOUND)
            if label != "neutral" and deciding:
                _held(answers, row, deciding.holder)
            answers.evidence[row] = f"{deciding.rule}: {deciding.evidence}" if deciding else ""
        return answers

    def predict_proba(self, X: pd.DataFrame) -> Probabilities:
        """Shape (pairs, 3)."""
        return self.answer(X).probabilities


def sentences(X: pd.DataFrame) -> dict[tuple[Any, ...], list[int]]:
    """The rows of each sentence; the same words in two articles are two sentences."""
    known = [name for name in ("article_id", "sentence_index") if name in X]
    columns = (X[name].tolist() for name in ("text", "sentence_start", "sentence_end", *known))
    found: dict[tuple[Any, ...], list[int]] = {}
    for row, sentence in enumerate(zip(*columns, strict=True)):
        found.setdefault(sentence, []).append(row)
    return found


def _held(answers: Answers, row: int, holder: Holder) -> None:
    named = isinstance(holder, int | Span)
    answers.holder_kinds[row] = "party" if named else str(holder) if holder else None
    if isinstance(holder, int):
        answers.holder_rows[row] = holder
    elif isinstance(holder, Span):
        answers.holder_spans[row] = holder


def aggregate(votes: Sequence[Vote]) -> tuple[Verdict, Vote | None]:
    """The commonest label among the votes (the first to be cast wins a tie), neutral without any.

    A polar vote beats a neutral one: "not" takes away one word's stance, not another's.
    """
    polar = [vote for vote in votes if vote.label != "neutral"] or list(votes)
    if not polar:
        return "neutral", None
    label = Counter(vote.label for vote in polar).most_common(1)[0][0]
    return label, next(vote for vote in polar if vote.label == label)


def _placed(vote: Vote, rows: Sequence[int]) -> Vote:
    holder = rows[vote.holder] if isinstance(vote.holder, int) else vote.holder
    return Vote(vote.rule, vote.label, holder, vote.evidence, vote.lemma)


def _sure(label: Verdict, confidence: float) -> list[float]:
    rest = (1 - confidence) / (len(LABELS) - 1)
    return [confidence if name == label else rest for name in LABELS]
