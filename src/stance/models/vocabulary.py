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

from stance.models.wordcounts import vectorizers
from stance.schema.files import write_json
from stance.schema.nouns import InputError


@contextmanager
def apart(columns: ColumnTransformer, path: Path) -> Iterator[None]:
    """The fitted vectorizers without their words, which are written to ``path``."""
    known = {column: vectorizer.vocabulary_ for vectorizer, column in vectorizers(columns)}
    write_json({name: sorted(words, key=words.__getitem__) for name, words in known.items()}, path)
    for vectorizer, _ in vectorizers(columns):
        del vectorizer.vocabulary_
    try:
        yield
    finally:
        for vectorizer, column in vectorizers(columns):
            vectorizer.vocabulary_ = known[column]


def give_back(columns: ColumnTransformer, path: Path) -> None:
    """Read the words again, where a vectorizer has none (earlier versions kept them in place).

    Raises :class:`InputError` for a file that does not fit.
    """
    without = [(v, c) for v, c in vectorizers(columns) if not hasattr(v, "vocabulary_")]
    if not without:
        return
    try:
        words = json.loads(path.read_text(encoding="utf-8"))
        for vectorizer, column in without:
            vectorizer.vocabulary_ = {str(word): at for at, word in enumerate(words[column])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not the words of this model: {error}") from error
