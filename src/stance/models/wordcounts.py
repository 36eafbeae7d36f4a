"""What scikit-learn's TF-IDF vectorizers make of texts, all of them at once.

They count each text's words in a dictionary of its own; here each word of all texts becomes a
number, and numbers and runs of them are looked up and counted as arrays. The weights are the
same to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer

#: Its words.
Term = tuple[str, ...]
#: The number of a word, and the node and the column of a term, that is not known.
_UNKNOWN = -1


def vectorizers(columns: ColumnTransformer) -> list[tuple[TfidfVectorizer, str]]:
    """The fitted vectorizers, each with the column that it reads."""
    return [
        (vectorizer, column)
        for _, vectorizer, column in columns.transformers_
        if isinstance(vectorizer, TfidfVectorizer)
    ]


class Features:
    """Fitted vectorizers, a column of a frame each, made ready to read many texts."""

    def __init__(self, columns: ColumnTransformer) -> None:
        self._fields = [(_Field(vectorizer), column) for vectorizer, column in vectorizers(columns)]

    def of(self, texts: pd.DataFrame) -> csr_matrix:
        """What ``columns.transform`` gives: (texts, terms)."""
        found = [field.weighted(texts[column]) for field, column in self._fields]
        return csr_matrix(hstack(found, format="csr"))


class _Field:
    """One vectorizer: its words by number, and its terms word by word.

    A term's node follows from that of the term without its last word, and from that word: the nodes
    of the terms of one length are an index of both.
    """

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self.vectorizer = vectorizer
        self.prepare, self.cut = vectorizer.build_preprocessor(), vectorizer.build_tokenizer()
        terms = {tuple(term.split(" ")): at for term, at in vectorizer.vocabulary_.items()}
        words = dict.fromkeys(chain.from_iterable(terms))
        self.numbers = {word: number for number, word in enumerate(words)}
        before: dict[Term, int] = {(word,): number for word, number in self.numbers.items()}
        #: By length: the nodes of the terms (``None`` for words: their numbers), their columns.
        self.lengths: list[tuple[pd.Index | None, NDArray[np.int64]]]
        self.lengths = [(None, _columns(before, terms))]
        for length in range(2, max(map(len, terms), default=1) + 1):
            grams = dict.fromkeys(term[:length] for term in terms if len(term) >= length)
            keys = [before[gram[:-1]] * len(words) + self.numbers[gram[-1]] for gram in grams]
            before = {gram: node for node, gram in enumerate(grams)}
            self.lengths.append((pd.Index(keys, dtype=np.int64), _columns(before, terms)))

    def weighted(self, texts: Iterable[str]) -> csr_matrix:
        """The weights of words, and of as many neighbours as the vectorizer knows."""
        words: list[str] = []
        ends = [0]
        for text in texts:
            words += self.cut(self.prepare(text))
            ends.append(len(words))
        number = self.numbers.get
        numbers = np.array([number(word, _UNKNOWN) for word in words], dtype=np.int64)
        rows = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
        # Where the terms of one length begin, and their nodes.
        starts = np.flatnonzero(numbers != _UNKNOWN)
        nodes = numbers[starts]
        found = []
        for length, (index, columns) in enumerate(self.lengths, start=1):
            if index is not None:
                last = starts + length - 1
                # The texts stand in a row: a term does not go on into the next.
                inside = last < np.asarray(ends)[rows[starts] + 1]
                starts, nodes, last = starts[inside], nodes[inside], last[inside]
                keys = nodes * len(self.numbers) + numbers[last]
                keys[numbers[last] == _UNKNOWN] = _UNKNOWN
                nodes = index.get_indexer(pd.Index(keys))
                starts, nodes = starts[nodes != _UNKNOWN], nodes[nodes != _UNKNOWN]
            term = columns[nodes]
            found.append((rows[starts[term != _UNKNOWN]], term[term != _UNKNOWN]))
        row, column = (np.concatenate(part) for part in zip(*found, strict=True))
        shape = (len(ends) - 1, len(self.vectorizer.vocabulary_))
        # Made from places, it adds up what stands at the same one.
        counts = csr_matrix((np.ones(len(row)), (row, column)), shape=shape)
        counts.sort_indices()
        # scikit-learn's own weighting, which it keeps in a private place.
        return csr_matrix(self.vectorizer._tfidf.transform(counts, copy=False))


def _columns(nodes: Mapping[Term, int], terms: Mapping[Term, int]) -> NDArray[np.int64]:
    """The column of each node that is a term by itself."""
    return np.array([terms.get(term, _UNKNOWN) for term in nodes], dtype=np.int64)
