"""The Python face of scoring: a model that reads texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from stance.models.base import Probabilities
from stance.parties.matcher import Matcher
from stance.parties.registry import load_registry
from stance.schema.nouns import Article
from stance.scoring.scorer import Model, Scorer


class Analyst:
    """A model with a method for texts and, as scikit-learn has it, one for pairs."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def score(
        self,
        texts: str | Article | Iterable[str | Article],
        parties: str | Sequence[str] = "world",
        *,
        threshold: float | None = None,
    ) -> pd.DataFrame:
        """One row for each sentence × party, with the columns of ``PREDICTIONS``.

        ``parties`` is a registry's name, a file, or a list of these and of names.
        """
        articles = _articles(texts)
        matcher = Matcher(load_registry(parties, lambda: articles))
        return Scorer(self.model, matcher, threshold).score(articles)

    def predict_proba(self, X: pd.DataFrame) -> Probabilities:
        """Probabilities (n, 3) for pair rows."""
        return self.model.answer(X).probabilities

    def predict(self, X: pd.DataFrame) -> Any:
        """Labels for pair rows."""
        from stance.schema.nouns import LABELS

        return [LABELS[k] for k in self.predict_proba(X).argmax(axis=1)]


def _articles(texts: str | Article | Iterable[str | Article]) -> list[Article]:
    items = [texts] if isinstance(texts, str | Article) else list(texts)
    return [
        item if isinstance(item, Article) else Article(id=f"text-{number}", text=item)
        for number, item in enumerate(items)
    ]
