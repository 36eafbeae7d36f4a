"""Zero-shot labels from any NLI model: which hypothesis does the sentence entail?

Each label is a sentence about the target ("Somebody supports {target}."); the model says how far
the text entails each, and the most entailed one is the vote.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy.special import softmax

from stance.labeling.entailment import Entailment, Floats
from stance.labeling.model import sentences
from stance.labeling.votes import Vote
from stance.schema.nouns import LABELS, InputError, Label

_POLAR = ("support", "opposition")


class NliLabeler:
    """``model`` is any folder or hub name that ``AutoModelForSequenceClassification`` loads.

    ``hypotheses`` has one or more templates with ``{target}`` for each label, whose scores are
    averaged; ``holders`` one with ``{holder}`` and ``{target}`` for support and for opposition
    (without any, no holder is given). A vote is cast where the likeliest label has a probability
    of ``least``; a party is the holder where its hypothesis is entailed with that much, else the
    holder is ``unnamed``. ``premise`` is the ``sentence``, or the ``window`` with those before it.
    """

    kind = "nli"
    default: Label | None = None

    def __init__(
        self,
        *,
        model: str | None,
        hypotheses: Mapping[str, str | Sequence[str]],
        holders: Mapping[str, str] | None = None,
        revision: str | None = None,
        premise: Literal["sentence", "window"] = "sentence",
        least: float = 0.5,
        batch_size: int = 32,
        max_length: int = 256,
    ) -> None:
        if not model:
            raise InputError("labeler=nli: name a model, labeler.model.model=FOLDER or hub name")
        listed = {k: [v] if isinstance(v, str) else list(v) for k, v in hypotheses.items()}
        if set(listed) != set(LABELS) or not all(listed.values()):
            raise InputError(f"labeler=nli: hypotheses need a template for {', '.join(LABELS)}")
        self.name = f"nli:{model}"
        self.hypotheses = listed
        self.holders = dict(holders or {})
        self.premise = premise
        self.least = least
        self._loading = (model, revision, batch_size, max_length)

    @cached_property
    def entailment(self) -> Entailment:
        """The model, loaded when it is first asked."""
        return Entailment(*self._loading)

    def votes(self, X: pd.DataFrame) -> list[list[Vote]]:
        """One vote on each pair; where the model is unsure it abstains."""
        if not len(X):
            return []
        premises = [self._premise(*row) for row in zip(*_texts(X), strict=True)]
        targets = [str(target) for target in X["target"]]
        chances = self._chances(premises, targets)
        labels = [LABELS[best] if c[best] >= self.least else None for c, best in _best(chances)]
        holders = self._holders(X, premises, targets, labels) if self.holders else {}
        return [
            [
                Vote("", label, holders.get(row), "")
                if label
                else Vote("unsure", "abstain", None, "")
            ]
            for row, label in enumerate(labels)
        ]

    def _premise(self, text: str, start: int, end: int) -> str:
        return text if self.premise == "window" else text[start:end]

    def _chances(self, premises: list[str], targets: list[str]) -> Floats:
        """The labels' probabilities, shape (pairs, 3): a softmax over how far each is entailed."""
        asked = [(code, t) for code, name in enumerate(LABELS) for t in self.hypotheses[name]]
        found = self.entailment.logits(
            [premise for premise in premises for _ in asked],
            [_filled(template, target=target) for target in targets for _, template in asked],
        )[:, self.entailment.index].reshape(len(premises), len(asked))
        codes = np.array([code for code, _ in asked])
        means = [found[:, codes == code].mean(axis=1) for code in range(len(LABELS))]
        return np.asarray(softmax(np.stack(means, axis=1), axis=-1))

    def _holders(
        self, X: pd.DataFrame, premises: list[str], targets: list[str], labels: list[Label | None]
    ) -> dict[int, int | str]:
        """Which of the sentence's other parties holds the stance, if any: row → row or kind."""
        asked = [
            (row, other)
            for rows in sentences(X).values()
            for row in rows
            for other in rows
            if other != row and labels[row] in self.holders
        ]
        found: dict[int, int | str] = {
            row: "unnamed" for row, label in enumerate(labels) if label in _POLAR
        }
        if not asked:
            return found
        said = [
            _filled(self.holders[str(labels[row])], target=targets[row], holder=targets[other])
            for row, other in asked
        ]
        logits = self.entailment.logits([premises[row] for row, _ in asked], said)
        best = dict.fromkeys(found, self.least)
        for (row, other), sure in zip(asked, self.entailment.entailed(logits), strict=True):
            if sure >= best[row]:
                found[row], best[row] = other, float(sure)
        return found


def _filled(template: str, **names: str) -> str:
    try:
        return template.format(**names)
    except (LookupError, ValueError) as error:
        raise InputError(f"hypothesis {template!r}: write {{target}}, {{holder}}") from error


def _texts(X: pd.DataFrame) -> Any:
    return (X[name].tolist() for name in ("text", "sentence_start", "sentence_end"))


def _best(chances: Floats) -> Any:
    return zip(chances, chances.argmax(1), strict=True)
