from __future__ import annotations

import doctest
import shutil
from pathlib import Path

import pandas as pd
import pytest

import stance
from stance.schema.nouns import Article, InputError
from stance.schema.table import PREDICTIONS
from stance.scoring import api


@pytest.mark.parametrize("module", [stance, api])
def test_what_the_docstrings_show_is_so(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]

    assert found.attempted
    assert not found.failed


def test_texts_articles_and_nothing(model_folder: Path) -> None:
    analyst = stance.load(str(model_folder))
    texts = ["Tarn praised Orlev.", Article(id="own", text="Orlev met Tarn.")]

    frame = analyst.score(texts, parties=["Tarn", "Orlev"])

    assert list(frame["article_id"]) == ["text-0", "text-0", "own", "own"]
    assert list(analyst.score([], parties=["Tarn"]).columns) == list(PREDICTIONS)
    strict = analyst.score(texts, parties=["Tarn", "Orlev"], threshold=1.0)
    assert set(strict["status"]) == {"abstained"}


def test_pairs_in_the_manner_of_scikit_learn(model_folder: Path) -> None:
    analyst = stance.load(str(model_folder))
    asked = pd.DataFrame({"text": ["Tarn praised Orlev."] * 2, "party": ["Orlev", "Tarn"]})

    probabilities = analyst.predict_proba(asked)

    assert probabilities.shape == (2, 3)
    assert analyst.predict(asked).tolist() == [
        analyst.classes_[k] for k in probabilities.argmax(axis=1)
    ]
    with pytest.raises(InputError, match="row 1: the party is not named"):
        analyst.predict(asked.assign(party=["Orlev", "Ruiz"]))


def test_halves_of_surrogates_keep_their_places() -> None:
    frame = stance.load("rules").score("\ud800 Tarn praised\udfff Orlev.", parties=["Orlev"])

    (row,) = frame.to_dict("records")
    (span,) = row["target_spans"]
    assert row["text"][span["start"] : span["end"]] == "Orlev"
    row["text"].encode()


@pytest.mark.parametrize("name", ["weights.pkl", "code.py", "tokenizer/pytorch_model.bin"])
def test_a_model_folder_that_could_run_code_is_refused(
    name: str, model_folder: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(model_folder, tmp_path / "foreign")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"\x80\x04cos\nsystem\n")

    with pytest.raises(InputError, match="which can run code"):
        stance.load(str(folder))
