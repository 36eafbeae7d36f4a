"""What every classifier of pairs is: a scikit-learn estimator over frames of the table's rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin

from stance.schema.nouns import LABELS, InputError, Span

Probabilities = np.ndarray[Any, np.dtype[np.float64]]
#: The code of a label that is not asked; torch's losses and the Trainer leave it out.
IGNORED = -100


@dataclass(slots=True)
class Answers:
    """All that a classifier says about n pairs in one pass.

    ``holder_kinds`` and ``holder_rows`` tell who holds the predicted stance: a kind, and for
    ``party`` the position of the pair whose target is the holder (else −1). A classifier that
    knows no holders leaves the kinds ``None``. ``holder_spans`` gives, for the row of the same
    number, the name in its window of a holder that is nobody's target. ``truncated`` marks pairs
    whose text was cut; ``evidence`` holds the words that weighed most, empty where a classifier
    cannot tell.
    """

    probabilities: Probabilities
    holder_kinds: list[str | None]
    holder_rows: list[int]
    truncated: list[bool]
    evidence: list[str]
    holder_spans: dict[int, Span] = field(default_factory=dict)

    @classmethod
    def without_holders(cls, probabilities: Probabilities) -> Answers:
        """Answers of a classifier that knows no holders and cuts no text."""
        count = len(probabilities)
        return cls(probabilities, [None] * count, [-1] * count, [False] * count, [""] * count)


class StanceClassifier(ClassifierMixin, BaseEstimator, ABC):  # type: ignore[misc]
    """Base of the models. ``X`` is a frame of pairs; columns as in :mod:`stance.schema.table`.

    Classes are always the three labels in the order of :data:`LABELS`, so that probabilities of
    different models line up whatever they were trained on.
    """

    #: The name in ``stance.json`` that tells :func:`stance.models.load` what to make.
    kind: str
    #: The most tokens in a batch of the encoder; ``None`` leaves it to the classifier.
    tokens: int | None = None

    @property
    def classes_(self) -> np.ndarray[Any, np.dtype[np.str_]]:
        """The labels in the order of the columns of :meth:`predict_proba`."""
        return np.asarray(LABELS)

    @abstractmethod
    def fit(
        self, X: pd.DataFrame, y: Sequence[str] | None = None, *, dev: pd.DataFrame | None = None
    ) -> Self:
        """Learn from pairs; ``y`` defaults to their ``label``; ``dev`` is for early stopping."""

    @abstractmethod
    def predict_proba(self, X: pd.DataFrame) -> Probabilities:
        """Probabilities of shape (pairs, 3), columns as :attr:`classes_`."""

    @abstractmethod
    def save_parts(self, folder: Path) -> dict[str, Any]:
        """Write weights into ``folder``; what is returned stands in ``stance.json``."""

    @classmethod
    @abstractmethod
    def load_parts(cls, folder: Path, record: dict[str, Any]) -> Self:
        """The classifier that :meth:`save_parts` wrote, ready to predict."""

    def predict(self, X: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.str_]]:
        """The most probable label of each pair."""
        labels: np.ndarray[Any, np.dtype[np.str_]] = self.classes_[
            self.predict_proba(X).argmax(axis=1)
        ]
        return labels

    def answer(self, X: pd.DataFrame) -> Answers:
        """Probabilities and, where the classifier knows them, holders and evidence."""
        return Answers.without_holders(self.predict_proba(X))

    def use_onnx(self, sha256: str, threads: int = 0) -> None:
        """Read with ONNX Runtime from now on; ``sha256`` is the model's, by which it is cached.

        Raises :class:`InputError` where a classifier has no such form.
        """
        raise InputError(f"engine.runtime=onnx: is there for span models; this one is {self.kind}")

    def __sklearn_is_fitted__(self) -> bool:
        return getattr(self, "fitted_", False)


def labelled(X: pd.DataFrame, y: Sequence[str] | None = None) -> tuple[pd.DataFrame, list[str]]:
    """The rows that carry one of the three labels, and those labels."""
    labels = pd.Series(list(X["label"] if y is None else y), index=X.index, dtype=object)
    known = labels.isin(LABELS)
    if not known.any():
        raise InputError(f"none of the {len(X)} training pairs has a label of {', '.join(LABELS)}")
    return X[known], [str(label) for label in labels[known]]


def holder_free(X: pd.DataFrame) -> pd.DataFrame:
    """The rows that every classifier learns from: the label whoever holds it.

    A corpus that has directed rows alone has no others to offer.
    """
    free = X[X["holder_kind"] == "any"] if "holder_kind" in X else X
    return free if len(free) else X


def labelled_free(
    X: pd.DataFrame, y: Sequence[str] | None = None
) -> tuple[pd.DataFrame, list[str]]:
    """The labelled rows of a classifier that knows no holders, and their labels."""
    pairs, labels = labelled(X, y)
    free = holder_free(pairs.assign(label=labels))
    return free, free["label"].tolist()
