"""TF-IDF and logistic regression, blind to the target or aware of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from stance.models import vocabulary
from stance.models.base import Answers, Probabilities, StanceClassifier, labelled_free
from stance.models.skopsfile import read_skops, write_skops
from stance.models.wordcounts import Features
from stance.schema.nouns import LABELS

#: What stands in the text where the target is named, so that no name is learnt by heart.
MASK = "targetparty"
FIELDS = ("sentence", "left", "right", "near")
#: How many words are shown as evidence.
WORDS = 3
#: What no word goes on over, and no letter looks past: beside it the words are cut alike whatever
#: stands behind it ("" is the end of a text).
_APART = frozenset({"", *' "(),;-?!/[]'})
_FILE = "model.skops"
_WORDS = "words.json"


class TfidfClassifier(StanceClassifier):
    """Bag-of-words logistic regression.

    ``target_aware=False`` reads the sentence alone and so gives every party in it the same answer:
    the honest floor. ``target_aware=True`` masks the target and adds the words to its left, to its
    right and right around it (``near`` words on each side, with their side) as features of their
    own.
    """

    kind = "tfidf"
    #: A fitted pipeline, made ready to read, and the word of each of its features.
    _opened: tuple[Pipeline, Features, list[str]] | None = None

    def __init__(
        self,
        *,
        target_aware: bool = True,
        C: float = 4.0,
        max_ngram: int = 2,
        near: int = 5,
        min_df: int = 2,
        balanced: bool = True,
        seed: int = 1,
    ) -> None:
        self.target_aware = target_aware
        self.C = C
        self.max_ngram = max_ngram
        self.near = near
        self.min_df = min_df
        self.balanced = balanced
        self.seed = seed

    def fit(
        self, X: pd.DataFrame, y: Sequence[str] | None = None, *, dev: pd.DataFrame | None = None
    ) -> Self:
        """Learn the vocabulary and the weights."""
        pairs, labels = labelled_free(X, y)
        weights = pairs["weight"].to_numpy() if "weight" in pairs else None
        self.pipeline_ = self._pipeline()
        self.pipeline_.fit(self._views(pairs), labels, classifier__sample_weight=weights)
        self.fitted_ = True
        return self

    def predict_proba(self, X: pd.DataFrame) -> Probabilities:
        """Probabilities of shape (pairs, 3); a label never seen in training gets 0."""
        return self._read(X)[0].probabilities

    def answer(self, X: pd.DataFrame) -> Answers:
        """Probabilities, and the words that spoke most for each pair's most probable label."""
        answers, pull = self._read(X)
        if len(X):
            best = answers.probabilities.argmax(axis=1)
            pull.data *= self._weights()[np.repeat(best, np.diff(pull.indptr)), pull.indices]
            answers.evidence = _heaviest(pull, self._ready()[1])
        return answers

    def _read(self, X: pd.DataFrame) -> tuple[Answers, Any]:
        """Answers without evidence, and the features (pairs, words) behind them."""
        answers = Answers.without_holders(np.zeros((len(X), len(LABELS))))
        if not len(X):
            return answers, None
        found = self._features(X)
        answers.probabilities[:, self._known()] = self.pipeline_[-1].predict_proba(found)
        return answers, found

    def _features(self, pairs: pd.DataFrame) -> Any:
        """What the pipeline's vectorizers make of the pairs' views: (pairs, words).

        A sentence's words are those to the left of the target and those to its right; only where
        they touch it is the sentence cut by itself.
        """
        features = self._ready()[0]
        mask = features.words(MASK)
        words: dict[str, list[list[int]]] = {field: [] for field in FIELDS}
        for sentence, left, right, near in self._each_view(pairs):
            before, after = features.words(left), features.words(right)
            masked = sentence.startswith(MASK, len(left))
            apart = masked and left[-1:] in _APART and right[:1] in _APART
            whole = before + mask + after if apart else features.words(sentence)
            words["sentence"].append(whole)
            words["left"].append(before)
            words["right"].append(after)
            words["near"].append(features.words(near))
        return features.of(words)

    def _known(self) -> list[int]:
        return [LABELS.index(label) for label in self.pipeline_.classes_]

    def _weights(self) -> Any:
        """How each word speaks for each label: (3, words)."""
        found = self.pipeline_[-1].coef_
        # scikit-learn keeps one row for two classes, the second one's.
        known = found if len(found) > 1 else np.vstack([-found, found])
        weights = np.zeros((len(LABELS), known.shape[1]))
        weights[self._known()] = known
        return weights

    def _ready(self) -> tuple[Features, list[str]]:
        """What reads texts, and the word of each feature, without its field; made once."""
        if self._opened is None or self._opened[0] is not self.pipeline_:
            names = self.pipeline_[:-1].get_feature_names_out()
            words = [name.split("__", 1)[-1] for name in names]
            self._opened = (self.pipeline_, Features(self.pipeline_[0]), words)
        return self._opened[1:]

    def save_parts(self, folder: Path) -> dict[str, Any]:
        """The pipeline as a skops file, its words beside it as JSON: no pickle."""
        with vocabulary.apart(self.pipeline_[0], folder / _WORDS):
            write_skops(self.pipeline_, folder / _FILE)
        return {"params": self.get_params()}

    @classmethod
    def load_parts(cls, folder: Path, record: dict[str, Any]) -> Self:
        """The classifier with the saved pipeline; refuses a file that holds unknown types."""
        model = cls(**record["params"])
        model.pipeline_ = read_skops(folder / _FILE)
        vocabulary.give_back(model.pipeline_[0], folder / _WORDS)
        model.fitted_ = True
        return model

    def _pipeline(self) -> Pipeline:
        fields = FIELDS if self.target_aware else FIELDS[:1]
        columns = ColumnTransformer([(name, self._vectorizer(name), name) for name in fields])
        classifier = LogisticRegression(
            C=self.C,
            max_iter=2000,
            class_weight="balanced" if self.balanced else None,
            random_state=self.seed,
        )
        return Pipeline([("features", columns), ("classifier", classifier)])

    def _vectorizer(self, name: str) -> TfidfVectorizer:
        return TfidfVectorizer(
            ngram_range=(1, 1 if name == "near" else self.max_ngram),
            min_df=self.min_df,
            sublinear_tf=True,
            strip_accents="unicode",
            token_pattern=r"(?u)\b\w[\w'’]*\b|[\"“”?!]",
        )

    def _views(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """The texts that the fields read, a column each."""
        return pd.DataFrame(self._each_view(pairs), columns=list(FIELDS), dtype=object)

    def _each_view(self, pairs: pd.DataFrame) -> list[list[str]]:
        columns = (pairs[c] for c in ("text", "sentence_start", "sentence_end", "target_spans"))
        return [self._view(*row) for row in zip(*columns, strict=True)]

    def _view(self, text: str, start: int, end: int, found: Iterable[Any]) -> list[str]:
        if not self.target_aware:
            return [text[start:end], "", "", ""]
        masked, first = _masked(text, start, end, found)
        left, right = masked[:first], masked[first + len(MASK) :]
        before, after = left.split()[-self.near :], right.split()[: self.near]
        near = " ".join([f"l_{word}" for word in before] + [f"r_{word}" for word in after])
        return [masked, left, right, near]


def _heaviest(pull: Any, words: Sequence[str], most: int = WORDS) -> list[str]:
    """The words of each row's ``most`` largest positive entries, the largest first."""
    left = pull.data.copy()
    rows = np.repeat(np.arange(pull.shape[0]), np.diff(pull.indptr))
    filled = np.flatnonzero(np.diff(pull.indptr))
    found: list[list[str]] = [[] for _ in range(pull.shape[0])]
    for _ in range(most if len(filled) else 0):
        largest = np.zeros(pull.shape[0])
        largest[filled] = np.maximum.reduceat(left, pull.indptr[filled])
        at = np.flatnonzero((left == largest[rows]) & (left > 0))
        row, first = np.unique(rows[at], return_index=True)
        for here, entry in zip(row, at[first], strict=True):
            found[here].append(words[pull.indices[entry]])
        left[at[first]] = 0.0
    return [", ".join(top) for top in found]


def _masked(text: str, start: int, end: int, found: Iterable[Any]) -> tuple[str, int]:
    """The sentence with every mention of the target masked, and where the first one stands."""
    inside = sorted((s["start"], s["end"]) for s in found if start <= s["start"] < end)
    parts, position, first = [], start, None
    for begin, stop in inside:
        if begin < position:
            continue
        parts.append(text[position:begin])
        first = sum(map(len, parts)) if first is None else first
        parts.append(MASK)
        position = stop
    parts.append(text[position:end])
    return "".join(parts), first or 0
