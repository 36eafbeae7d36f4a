"""The words that vectorizers know, as a JSON file of their own.

skops writes each of tens of thousands of words as a node with a type, which takes seconds to write
and to read; a list of strings takes none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer

from stance.schema.files import write_json
from stance.schema.nouns import InputError


@contextmanager
def apart(columns: ColumnTransformer, path: Path) -> Iterator[None]:
    """The fitted vectorizers without their words, which are written to ``path``."""
    known = {name: vectorizer.vocabulary_ for name, vectorizer in _vectorizers(columns)}
    write_json({name: sorted(words, key=words.__getitem__) for name, words in known.items()}, path)
    for _, vectorizer in _vectorizers(columns):
        del vectorizer.vocabulary_
    try:
        yield
    finally:
        for name, vectorizer in _vectorizers(columns):
            vectorizer.vocabulary_ = known[name]


def give_back(columns: ColumnTransformer, path: Path) -> None:
    """Read the words again, where a vectorizer has none (earlier versions kept them in place).

    Raises :class:`InputError` for a file that does not fit.
    """
    without = [(n, v) for n, v in _vectorizers(columns) if not hasattr(v, "vocabulary_")]
    if not without:
        return
    try:
        words = json.loads(path.read_text(encoding="utf-8"))
        for name, vectorizer in without:
            vectorizer.vocabulary_ = {str(word): number for number, word in enumerate(words[name])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not the words of this model: {error}") from error


def _vectorizers(columns: ColumnTransformer) -> list[tuple[str, TfidfVectorizer]]:
    return [
        (name, vectorizer)
        for name, vectorizer, _ in columns.transformers_
        if isinstance(vectorizer, TfidfVectorizer)
    ]
