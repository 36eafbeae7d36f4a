"""A workplace with a prepared corpus and trained models, made once for all tests of the jobs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

#: Fewer draws than by default: the tests look at verdicts, not at the third decimal.
QUICK = "gate.settings.draws=500"


@pytest.fixture(scope="session")
def trained_place(
    tmp_path_factory: pytest.TempPathFactory, run_job: Callable[..., tuple[int, str]]
) -> Path:
    """The project's corpus prepared, two seeds of TF-IDF and a majority model."""
    place = tmp_path_factory.mktemp("work")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.delenv("MLFLOW_TRACKING_URI", raising=False)
        for words in (
            ("prepare", "corpus=project"),
            ("train", "classifier=tfidf", "seed=1"),
            ("train", "classifier=tfidf", "seed=2", "max_pairs=900", "output=models/second"),
            ("train", "classifier=majority"),
        ):
            status, said = run_job(*words)
            assert status == 0, said
    return place


@pytest.fixture
def trained(trained_place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workplace as the current folder."""
    monkeypatch.chdir(trained_place)
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    return trained_place
