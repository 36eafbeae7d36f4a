"""Articles written for the scorer's tests, and what it takes to score them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from stance.models import StanceModel, save
from stance.models.tfidf import TfidfClassifier
from stance.parties.registry import load_registry
from stance.scoring.plan import RULES, Plan
from tests.conftest import HOLDER, SENTENCES, TARGET


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve articles of three sentences, two of them with parties, in files of their own."""
    place = tmp_path / "articles"
    place.mkdir()
    for number in range(12):
        first, second = SENTENCES[number % 6][0], SENTENCES[(number + 1) % 6][0]
        text = f"title: Bread {number}\n\n{first}\n\nIt rained on day {number}. {second}\n"
        (place / f"{number:02d}.txt").write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="session")
def model_folder(pairs: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved TF-IDF model of the toy pairs."""
    model = StanceModel(TfidfClassifier(min_df=1).fit(pairs), threshold=0.4)
    return save(model, tmp_path_factory.mktemp("models") / "tfidf")


@pytest.fixture
def plan() -> Callable[..., Plan]:
    """A plan for the toy parties; by the rules unless a model's folder is given."""

    def made(model: Path | str = RULES, **more: object) -> Plan:
        parties = tuple(load_registry([HOLDER, TARGET]))
        return Plan(model=str(model), parties=parties, **more)  # type: ignore[arg-type]

    return made
