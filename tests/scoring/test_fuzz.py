from __future__ import annotations

from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_inputs_made_to_break_things_break_nothing_and_lose_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)
    from fuzz_score import fuzz

    total = fuzz(seed=11, count=40, batch=40)

    assert total["articles"] > 40
    assert total["rows"] >= total["articles"]
    assert total["read"] + total["refused"] == 40
