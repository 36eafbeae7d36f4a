from typing import Any

import pandas as pd
import pytest

from tests.conftest import pair

#: A window of two sentences; the second is labelled.
BEFORE, SENTENCE = "It rained 🌧 all day. ", "Critics and Tarn denounced Orlev."


def placed(article: str, target: str, label: str | None = "opposition", **more: Any) -> Any:
    text = BEFORE + SENTENCE
    row = pair(text, target, label, article_id=article, sentence_index=1, **more)
    silver = {"provenance": "silver", "annotator": "rules:active", "sentence_start": len(BEFORE)}
    return row | silver | more


@pytest.fixture
def table() -> pd.DataFrame:
    """Two articles with two targets each, labelled by rules."""
    rows = [
        placed(a, t, la)
        for a in ("a1", "a2")
        for t, la in (("Tarn", "neutral"), ("Orlev", "opposition"))
    ]
    return pd.DataFrame(rows)
