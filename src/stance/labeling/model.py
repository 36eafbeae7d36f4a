"""The rules as a model: always there, needs no training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from stance.labeling.confidence import load_confidence
from stance.labeling.holders import Holder
from stance.labeling.lexicon import load_lexicon
from stance.labeling.reading import read
from stance.labeling.rules import BUILT_IN, load_functions
from stance.labeling.votes import Vote, aggregate
from stance.models.base import Answers, Probabilities
from stance.schema.nouns import LABELS, Label, Span, Verdict


class RulesModel:
    """Asks every labeling function about every sentence; those that vote decide together.

    ``lexicon`` names further lexicon files, ``functions`` Python files or modules with further
    rules. A vote whose confidence lies below ``least`` is not cast.
    """

    threshold = 0.0
    languages = ("en",)
    kind = name = "rules"
    #: Nothing found is a finding: most of what news says about a party is no stance.
    default: Label | None = "neutral"

    def __init__(
        self,
        *,
        lexicon: Sequence[str] = (),
        functions: Sequence[str] = (),
        least: float = 0.65,
    ) -> None:
        self.lexicon = load_lexicon(*(Path(name) for name in lexicon))
        self.rules = BUILT_IN | load_functions(functions)
        self.least = least
        self.confidence = load_confidence()
        self.about: dict[str, Any] = {"name": "rules", "licence": "Apache-2.0"}

    def votes(self, X: pd.DataFrame) -> list[list[Vote]]:
        """The votes on each pair; ``holder`` is the position of the holder's own pair in ``X``."""
        found: list[list[Vote]] = [[] for _ in range(len(X))]
        targets = X["target_spans"].tolist()
        for (text, start, end, *_), rows in sentences(X).items():
            parties = [[Span(s["start"], s["end"]) for s in targets[row]] for row in rows]
            reading = read(text, Span(start, end), parties, self.lexicon)
            for rule in self.rules.values():
                for party, vote in rule(reading):
                    sure = self._confidence(vote)
                    if sure >= self.least:
                        found[rows[party]].append(_placed(vote, rows, sure))
        return found

    def answer(self, X: pd.DataFrame) -> Answers:
        """Probabilities and holders by the rules, with the rule and the words that decided."""
        answers = Answers.without_holders(np.zeros((len(X), len(LABELS))))
        for row, votes in enumerate(self.votes(X)):
            label, deciding = aggregate(votes)
            sure = deciding.confidence if deciding else self.confidence.of_silence
            answers.probabilities[row] = _sure(label, sure)
            if label != "neutral" and deciding:
                _held(answers, row, deciding.holder)
            answers.evidence[row] = f"{deciding.rule}: {deciding.evidence}" if deciding else ""
        return answers

    def predict_proba(self, X: pd.DataFrame) -> Probabilities:
        """Shape (pairs, 3)."""
        return self.answer(X).probabilities

    def _confidence(self, vote: Vote) -> float:
        rule = vote.rule if vote.label != "neutral" else "neutral"
        return self.confidence.of(rule, vote.lemma)


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


def _placed(vote: Vote, rows: Sequence[int], confidence: float) -> Vote:
    holder = rows[vote.holder] if isinstance(vote.holder, int) else vote.holder
    return replace(vote, holder=holder, confidence=confidence)


def _sure(label: Verdict, confidence: float) -> list[float]:
    # The label that was decided on stays the likeliest, however weak the rule.
    confidence = max(confidence, 0.34)
    rest = (1 - confidence) / (len(LABELS) - 1)
    return [confidence if name == label else rest for name in LABELS]
