"""The card of a saved model says what somebody must know before they use it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from stance.models.card import card
from stance.models.fitting import fit_model
from stance.models.saving import load, save
from stance.models.tfidf import TfidfClassifier

ABOUT = {
    "name": "tfidf",
    "seed": 7,
    "languages": ["en", "pt"],
    "restricted": True,
    "train_pairs": 90,
    "corpora": [
        {
            "name": "toy",
            "construct": "stance",
            "licence": "CC BY-NC 4.0",
            "source": "written | for tests",
            "articles": 12,
            "pairs": {"train": {"pairs": 90}, "dev": {"pairs": 20}},
        }
    ],
    "dev": {"n": 20, "macro_f1": 0.5, "accuracy": 0.6, "interval": {"macro_f1": [0.4, 0.61]}},
}


def test_corpora_licences_sizes_figures_and_seed_stand_in_it() -> None:
    said = card("tfidf", {"C": 4.0, "seed": 7, "recipe": {"epochs": 2}}, ABOUT)

    assert "| toy | stance | CC BY-NC 4.0 | 90 | 20 | 12 | written \\| for tests |" in said
    assert "**Restricted:**" in said
    assert "| macro f1 | 0.500 | 0.400 to 0.610 |" in said
    assert "| accuracy | 0.600 |  |" in said
    assert "## What it is not for" in said
    assert "| seed | 7 |" in said
    assert "| recipe.epochs | 2 |" in said
    assert "language: [en, pt]" in said


def test_a_model_that_was_never_measured_says_so() -> None:
    said = card("majority", {}, {})

    assert "Not on record." in said
    assert "Not measured when it was saved" in said
    assert "Restricted" not in said


def test_it_is_saved_with_the_model_which_still_loads(pairs: pd.DataFrame, tmp_path: Path) -> None:
    model = fit_model(TfidfClassifier(min_df=1), pairs, pairs, about=ABOUT)

    folder = save(model, tmp_path / "model")

    said = (folder / "README.md").read_text(encoding="utf-8")
    assert "| C | 4.0 |" in said
    assert "Calibration error" in said
    assert load(folder).about["dev"] == ABOUT["dev"]
