from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stance.models.tfidf import TfidfClassifier
from stance.models.wordcounts import Features
from tests.conftest import HOLDER, TARGET, pair


@pytest.mark.parametrize("length", [1, 2, 3, 4])
@pytest.mark.parametrize("aware", [True, False])
def test_the_weights_are_scikit_learns_to_the_last_digit(
    aware: bool, length: int, pairs: pd.DataFrame
) -> None:
    model = TfidfClassifier(target_aware=aware, max_ngram=length, min_df=1).fit(pairs)
    hard = [
        f'{TARGET} met {HOLDER}, {HOLDER} met {TARGET}: "Who\'s there?" "Nobody!"',
        f"Élan vital, café — {TARGET}’s; naïve İstanbul {TARGET} {TARGET}",
        f"{TARGET}",
        f"zzz qqq {TARGET} xxx",
    ]
    frame = pd.concat([pairs, pd.DataFrame([pair(text, TARGET, None) for text in hard])])
    views = model._views(frame)

    found = Features(model.pipeline_[0]).of(views)

    expected = model.pipeline_[:-1].transform(views)
    expected = expected if isinstance(expected, np.ndarray) else expected.toarray()
    np.testing.assert_array_equal(found.toarray(), expected)
    assert found.has_sorted_indices
