from __future__ import annotations

from typing import Any

import pandas as pd

from stance.labeling.revision import touched
from tests.conftest import pair

COURT = "The court ruled against Tarn."


def row(article: str, text: str, version: str, **more: Any) -> dict[str, Any]:
    given = {"codebook": version, "provenance": "gold", "split": "train"} | more
    return pair(text, "Tarn", "neutral", article_id=article) | given


def test_gold_rows_whose_words_a_newer_case_knows_are_listed() -> None:
    pairs = pd.DataFrame(
        [
            row("old", COURT, "1.0"),
            row("new", COURT, "1.1"),
            row("other words", "Tarn slept.", "1.0"),
            row("silver", COURT, "1.0", provenance="silver"),
            row("not by the codebook", COURT, ""),
        ]
    )

    found = touched(pairs)

    assert list(found["pair_id"]) == ["old:0:Tarn:any"]
    assert found["cases"].iloc[0] == "court"
    assert found["sentence"].iloc[0] == COURT


def test_since_stands_for_a_version_that_is_missing_or_later() -> None:
    pairs = pd.DataFrame([row("none", COURT, ""), row("later", COURT, "1.1")])

    assert len(touched(pairs, "1.0")) == 2
    assert touched(pairs, "1.1").empty
