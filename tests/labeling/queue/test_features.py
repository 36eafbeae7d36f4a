from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stance.labeling.queue.features import features_of
from stance.models import StanceModel
from stance.models.frozen import FrozenClassifier
from stance.models.pair import PairClassifier
from stance.models.span.classifier import SpanClassifier
from stance.models.tfidf import TfidfClassifier


@pytest.mark.parametrize("kind", [SpanClassifier, PairClassifier, FrozenClassifier])
def test_pairs_are_read_by_the_models_own_encoder(kind, pairs, tiny_encoder) -> None:
    free = pairs[pairs["holder_kind"] == "any"].reset_index(drop=True)
    recipe = {} if kind is FrozenClassifier else {"recipe": {"epochs": 1}}
    model = StanceModel(kind(encoder=tiny_encoder, **recipe).fit(free))
    found = features_of(free, model)
    # Three vectors of the encoder's 32 dimensions.
    assert found.shape == (len(free), 3 * 32)
    assert np.isfinite(found).all()


def test_two_targets_of_a_sentence_are_two_pairs(pairs: pd.DataFrame) -> None:
    free = pairs[pairs["holder_kind"] == "any"].reset_index(drop=True)
    found = features_of(free, StanceModel(TfidfClassifier().fit(free)))
    one, other = free.index[free["text"] == free["text"][0]][:2]
    assert free["target"][one] != free["target"][other]
    assert not np.allclose(found[one], found[other])
