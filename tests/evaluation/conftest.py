"""A small simulated corpus, and a model of known quality on it."""

from __future__ import annotations

import pandas as pd
import pytest

from stance.evaluation.simulate import simulated_gold, simulated_model


@pytest.fixture
def gold() -> pd.DataFrame:
    return simulated_gold(300, 100)


@pytest.fixture
def predictions(gold: pd.DataFrame) -> pd.DataFrame:
    return simulated_model(gold)
