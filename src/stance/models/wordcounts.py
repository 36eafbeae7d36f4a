"""What scikit-learn's TF-IDF vectorizers make of texts, all of them at once.

They count each text's words in a dictionary of its own; here each word of all texts becomes a
number, and numbers and runs of them are looked up and counted as arrays. The weights are the
same to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """Fitted vectorizers, a column each, made ready to read many texts.

    They cut a text into words alike and differ in the terms that they know.
    """

    def __init__(self, columns: ColumnTransformer) -> None:
        found = vectorizers(columns)
        self._prepare = found[0][0].build_preprocessor()
        self._cut = found[0][0].build_tokenizer()
        terms = {
            column: {tuple(term.split(" ")): at for term, at in vectorizer.vocabulary_.items()}
            for vectorizer, column in found
        }
        words = dict.fromkeys(chain.from_iterable(chain.from_iterable(terms.values())))
        self._numbers = {word: number for number, word in enumerate(words)}
        self._fields = {
            column: _Field(vectorizer, terms[column], self._numbers) for vectorizer, column in found
        }

    def words(self, text: str) -> list[int]:
        """The numbers of a text's words, in order."""
        number = self._numbers.get
        return [number(word, _UNKNOWN) for word in self._cut(self._prepare(text))]

    def of(self, words: Mapping[str, Sequence[list[int]]]) -> csr_matrix:
        """What ``columns.transform`` gives for texts of these words, by column: (texts, terms)."""
        found = [field.weighted(words[column]) for column, field in self._fields.items()]
        return csr_matrix(hstack(found, format="csr"))


class _Field:
    """One vectorizer: its terms, word by word.

    A term's node follows from that of the term without its last word, and from that word: the nodes
    of the terms of one length are an index of both. ``numbers`` are those of the words.
    """

    def __init__(
        self, vectorizer: TfidfVectorizer, terms: Mapping[Term, int], numbers: Mapping[str, int]
    ) -> None:
        self.vectorizer = vectorizer
        self.base = len(numbers)
        words = dict.fromkeys(chain.from_iterable(terms))
        before: dict[Term, int] = {(word,): numbers[word] for word in words}
        #: Which words are any of this field's terms'; the last is of those that nobody knows.
        self.known = np.zeros(self.base + 1, dtype=bool)
        self.known[list(before.values())] = True
        single = np.full(self.base, _UNKNOWN, dtype=np.int64)
        single[list(before.values())] = _columns(before, terms)
        #: By length: the nodes of the terms (``None`` for words: their numbers), their columns.
        self.lengths: list[tuple[pd.Index | None, NDArray[np.int64]]] = [(None, single)]
        for length in range(2, max(map(len, terms), default=1) + 1):
            grams = dict.fromkeys(term[:length] for term in terms if len(term) >= length)
            keys = [before[gram[:-1]] * self.base + numbers[gram[-1]] for gram in grams]
            before = {gram: node for node, gram in enumerate(grams)}
            self.lengths.append((pd.Index(keys, dtype=np.int64), _columns(before, terms)))

    def weighted(self, texts: Sequence[list[int]]) -> csr_matrix:
        """The weights of words, and of as many neighbours as the vectorizer knows."""
        sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        ends = sizes.cumsum()
        numbers = np.fromiter(chain.from_iterable(texts), dtype=np.int64, count=int(sizes.sum()))
        rows = np.repeat(np.arange(len(texts)), sizes)
        # Where the terms of one length begin, and their nodes.
        starts = np.flatnonzero(self.known[numbers])
        nodes = numbers[starts]
        found = []
        for length, (index, columns) in enumerate(self.lengths, start=1):
            if index is not None:
                last = starts + length - 1
                # The texts stand in a row: a term does not go on into the next.
                inside = last < ends[rows[starts]]
                starts, nodes, last = starts[inside], nodes[inside], last[inside]
                keys = nodes * self.base + numbers[last]
                keys[numbers[last] == _UNKNOWN] = _UNKNOWN
                nodes = index.get_indexer(pd.Index(keys))
                starts, nodes = starts[nodes != _UNKNOWN], nodes[nodes != _UNKNOWN]
            term = columns[nodes]
            found.append((rows[starts[term != _UNKNOWN]], term[term != _UNKNOWN]))
        row, column = (np.concatenate(part) for part in zip(*found, strict=True))
        shape = (len(texts), len(self.vectorizer.vocabulary_))
        # Made from places, it adds up what stands at the same one.
        counts = csr_matrix((np.ones(len(row)), (row, column)), shape=shape)
        counts.sort_indices()
        # scikit-learn's own weighting, which it keeps in a private place.
        return csr_matrix(self.vectorizer._tfidf.transform(counts, copy=False))


def _columns(nodes: Mapping[Term, int], terms: Mapping[Term, int]) -> NDArray[np.int64]:
    """The column of each node that is a term by itself."""
    return np.array([terms.get(term, _UNKNOWN) for term in nodes], dtype=np.int64)
