"""Pairs as vectors: the model's own encoder where it has one, else TF-IDF."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stance.labeling.queue.mixing import Matrix

#: Dimensions that TF-IDF is reduced to.
DIMENSIONS = 100


def features_of(pairs: pd.DataFrame, model: Any, seed: int = 1) -> Matrix:
    """Shape (pairs, dimensions); a span, pair or frozen model's encoder is read once more."""
    classifier = getattr(model, "classifier", None)
    encoder = _encoder(classifier)
    if encoder is None:
        return _tfidf(pairs, seed)
    from stance.models.frozen import FrozenClassifier

    tokenizer = classifier.tokenizer_  # type: ignore[union-attr]
    return FrozenClassifier.reading(tokenizer, encoder).features(pairs)


def _encoder(classifier: Any) -> Any:
    if hasattr(classifier, "encoder_"):
        return classifier.encoder_
    network = getattr(classifier, "model_", None)
    # Of a sequence classifier it is its base; a span network names it.
    return getattr(network, "encoder", None) or getattr(network, "base_model", None)


def _tfidf(pairs: pd.DataFrame, seed: int) -> Matrix:
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    columns = (pairs[name] for name in ("text", "sentence_start", "sentence_end", "target"))
    # The target's own words beside the sentence's: two targets of one sentence are two pairs.
    texts = [f"{text[a:b]} {name}" for text, a, b, name in zip(*columns, strict=True)]
    words = TfidfVectorizer(sublinear_tf=True, token_pattern=r"(?u)\b\w+\b").fit_transform(texts)
    most = min(words.shape) - 1
    if most <= DIMENSIONS:
        found: Matrix = words.toarray()
        return found
    reduced: Matrix = TruncatedSVD(DIMENSIONS, random_state=seed).fit_transform(words)
    return reduced
