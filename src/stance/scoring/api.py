"""The Python face of scoring: a model that reads texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from stance.models.base import Probabilities
from stance.parties.matcher import Matcher
from stance.parties.registry import load_registry
from stance.schema.nouns import LABELS, Article, InputError
from stance.scoring.asking import pairs_of
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

    @property
    def classes_(self) -> Any:
        """The labels in the order of the columns of :meth:`predict_proba`."""
        return np.asarray(LABELS)

    def predict_proba(self, X: pd.DataFrame) -> Probabilities:
        """Probabilities of shape (pairs, 3).

        ``X`` holds pairs as the table has them, or a ``text`` and a ``party`` that it names. Raises
        :class:`InputError` for a row whose party is not found in its text.
        """
        pairs = X if "target_spans" in X else pairs_of(X)
        for row, found in enumerate(pairs["target_spans"] if len(pairs) else ()):
            if not len(found):
                raise InputError(f"row {row}: the party is not named in {X['text'].iloc[row]!r}")
        return self.model.answer(pairs.reset_index(drop=True)).probabilities

    def predict(self, X: pd.DataFrame) -> Any:
        """The most probable label of each pair.

        >>> import pandas as pd, stance
        >>> asked = pd.DataFrame({"text": ["Tarn praised Orlev."], "party": ["Orlev"]})
        >>> stance.load("rules").predict(asked).tolist()
        ['support']
        """
        return self.classes_[self.predict_proba(X).argmax(axis=1)]


def _articles(texts: str | Article | Iterable[str | Article]) -> list[Article]:
    items = [texts] if isinstance(texts, str | Article) else list(texts)
    return [
        item if isinstance(item, Article) else Article(id=f"text-{number}", text=item)
        for number, item in enumerate(items)
    ]
