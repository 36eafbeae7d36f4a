"""What scikit-learn's TF-IDF vectorizers make of texts, all of them at once.

They count each text's words in a dictionary of its own; here all words of all texts are looked up
in one go and counted by the sparse matrix. The numbers are the same to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer


def features(columns: ColumnTransformer, texts: Any) -> csr_matrix:
    """What ``columns.transform`` gives: (texts, words), a vectorizer a column of the frame."""
    found = [weighted(vectorizer, texts[column]) for vectorizer, column in vectorizers(columns)]
    return csr_matrix(hstack(found, format="csr"))


def vectorizers(columns: ColumnTransformer) -> list[tuple[TfidfVectorizer, str]]:
    """The fitted vectorizers, each with the column that it reads."""
    return [
        (vectorizer, column)
        for _, vectorizer, column in columns.transformers_
        if isinstance(vectorizer, TfidfVectorizer)
    ]


def weighted(vectorizer: TfidfVectorizer, texts: Iterable[str]) -> csr_matrix:
    """The weights of words, and of pairs of neighbours where the vectorizer knows them."""
    prepare, cut = vectorizer.build_preprocessor(), vectorizer.build_tokenizer()
    number = vectorizer.vocabulary_.get
    after, nothing = _neighbours(vectorizer.vocabulary_), dict[str, int]()
    indices: list[int] = []
    ends = [0]
    for text in texts:
        words = cut(prepare(text))
        found = [number(word) for word in words]
        if after:
            found += [after.get(one, nothing).get(two) for one, two in pairwise(words)]
        indices += [column for column in found if column is not None]
        ends.append(len(indices))
    shape = (len(ends) - 1, len(vectorizer.vocabulary_))
    counts = csr_matrix((np.ones(len(indices)), indices, ends), shape=shape)
    counts.sum_duplicates()
    # scikit-learn's own weighting, which it keeps in a private place.
    return csr_matrix(vectorizer._tfidf.transform(counts, copy=False))


def _neighbours(vocabulary: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """The pairs of neighbours by their first word; empty where words alone are known."""
    found: dict[str, dict[str, int]] = {}
    for term, number in vocabulary.items():
        first, space, second = term.partition(" ")
        if space:
            found.setdefault(first, {})[second] = number
    return found
