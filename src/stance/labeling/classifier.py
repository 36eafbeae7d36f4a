"""A trained model as a labeler: its answers are votes beside those of rules and people."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pandas as pd

from stance.labeling.votes import Vote
from stance.models.base import Answers
from stance.models.saving import StanceModel, load
from stance.schema.nouns import LABELS, InputError, Label, Span


class ClassifierLabeler:
    """The model in ``folder``; it abstains below ``least``, its own threshold by default."""

    kind = "model"
    default: Label | None = None

    def __init__(self, *, folder: str | None, least: float | None = None) -> None:
        if not folder:
            raise InputError("labeler=model: name a model folder, labeler.model.folder=models/NAME")
        self.folder = folder
        self.name = f"model:{folder}"
        self.least = least

    @cached_property
    def model(self) -> StanceModel:
        """The model, loaded when it is first asked."""
        return load(Path(self.folder))

    def votes(self, X: pd.DataFrame) -> list[list[Vote]]:
        """One vote on each pair; where the model is unsure it abstains."""
        if not len(X):
            return []
        answers = self.model.answer(X)
        least = self.model.threshold if self.least is None else self.least
        found = []
        for row, chances in enumerate(answers.probabilities):
            label, sure = LABELS[chances.argmax()], float(chances.max())
            if sure < least:
                found.append([Vote("unsure", "abstain", None, "")])
                continue
            holder = _holder(answers, row) if label != "neutral" else None
            found.append([Vote("", label, holder, answers.evidence[row], confidence=sure)])
        return found


def _holder(answers: Answers, row: int) -> int | Span | str | None:
    if row in answers.holder_spans:
        return answers.holder_spans[row]
    place, kind = answers.holder_rows[row], answers.holder_kinds[row]
    if place >= 0:
        return place
    return None if kind == "party" else kind
