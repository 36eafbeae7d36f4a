from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from stance.models.search import finished, folds, macro_f1, open_study, suggest
from stance.models.tfidf import TfidfClassifier
from stance.schema.nouns import InputError


def test_a_space_gives_dotted_names_with_values_within(tmp_path: Path) -> None:
    study = open_study("s", f"sqlite:///{tmp_path}/new/t.db", {}, seed=1)
    space = {
        "C": {"low": 0.1, "high": 10.0, "log": True},
        "recipe": {"epochs": {"low": 2, "high": 3}},
        "balanced": [True, False],
    }

    found = suggest(study.ask(), space)

    assert list(found) == ["C", "recipe.epochs", "balanced"]
    assert 0.1 <= found["C"] <= 10
    assert found["recipe.epochs"] in (2, 3)
    with pytest.raises(InputError, match=r"space\.C: 3: name a list"):
        suggest(study.ask(), {"C": 3})


def test_a_study_goes_on_and_refuses_other_data(tmp_path: Path) -> None:
    storage = f"sqlite:///{tmp_path}/t.db"
    study = open_study("s", storage, {"data": "a"}, seed=1)
    trial = study.ask()
    first = suggest(trial, {"C": {"low": 0.0, "high": 1.0}})
    study.tell(trial, 0.5)
    study.ask()

    again = open_study("s", storage, {"data": "a"}, seed=1)

    assert finished(again) == 1
    assert again.best_value == 0.5
    assert suggest(again.ask(), {"C": {"low": 0.0, "high": 1.0}}) != first
    with pytest.raises(InputError, match=r"study s in .*: its trials have another data"):
        open_study("s", storage, {"data": "b"}, seed=1)


def test_no_article_is_learnt_from_and_held_out(pairs: pd.DataFrame) -> None:
    held = []
    for learnt, held_out in folds(pairs, 4, seed=1):
        assert not set(learnt["article_id"]) & set(held_out["article_id"])
        held += list(held_out["pair_id"])
        assert macro_f1(TfidfClassifier(min_df=1).fit(learnt), held_out) > 0.9
    assert sorted(held) == sorted(pairs["pair_id"])
    with pytest.raises(InputError, match="folds 9: name 2 to 8"):
        next(folds(pairs, 9, seed=1))
