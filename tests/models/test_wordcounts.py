from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stance.models.tfidf import TfidfClassifier
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
        f"ΟΔΟΣ.{TARGET}: {TARGET}ʼs o'{TARGET}'s ½{TARGET}℃ (e\u0301{TARGET}\u0301)",
        f"ΟΔΟΣ {TARGET}-{HOLDER}",
    ]
    nowhere = pair("They met it and left.", "it", None) | {"target_spans": []}
    rows = [*(pair(text, TARGET, None) for text in hard), nowhere]
    frame = pd.concat([pairs, pd.DataFrame(rows)])
    views = model._views(frame)

    found = model._features(frame)

    expected = model.pipeline_[:-1].transform(views)
    expected = expected if isinstance(expected, np.ndarray) else expected.toarray()
    np.testing.assert_array_equal(found.toarray(), expected)
    assert found.has_sorted_indices
