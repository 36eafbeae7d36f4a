from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from stance.labeling.classifier import ClassifierLabeler
from stance.models.fitting import fit_model
from stance.models.saving import save
from stance.models.tfidf import TfidfClassifier
from stance.schema.nouns import InputError


@pytest.fixture(scope="module")
def folder(pairs: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(fit_model(TfidfClassifier(), pairs, None), tmp_path_factory.mktemp("m") / "tfidf")


def test_a_model_votes_what_it_predicts(folder: Path, pairs: pd.DataFrame) -> None:
    free = pairs[pairs["holder_kind"] == "any"].reset_index(drop=True)
    labeler = ClassifierLabeler(folder=str(folder))

    votes = labeler.votes(free)

    assert [vote.label for (vote,) in votes] == list(labeler.model.predict(free))
    assert labeler.name == f"model:{folder}"


def test_below_its_threshold_it_abstains(folder: Path, pairs: pd.DataFrame) -> None:
    votes = ClassifierLabeler(folder=str(folder), least=0.9999).votes(pairs)
    assert {vote.label for (vote,) in votes} == {"abstain"}


def test_a_folder_is_needed() -> None:
    with pytest.raises(InputError, match="name a model folder"):
        ClassifierLabeler(folder=None)
