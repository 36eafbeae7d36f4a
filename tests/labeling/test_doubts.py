from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stance.labeling.doubts import COLUMNS, MORE, out_of_fold, suspects
from stance.models.base import StanceClassifier
from stance.models.tfidf import TfidfClassifier
from stance.schema.nouns import InputError


def free(pairs: pd.DataFrame) -> pd.DataFrame:
    return pairs[pairs["holder_kind"] == "any"].reset_index(drop=True)


def test_a_label_that_contradicts_all_its_like_is_found(pairs: pd.DataFrame) -> None:
    rows = free(pairs)
    wrong = rows.index[(rows["article_id"] == "a3") & rows["text"].str.contains("praised")]
    rows.loc[wrong[0], "label"] = "opposition"

    labelled, chances = out_of_fold(rows, TfidfClassifier, count=4)
    found = suspects(labelled, chances)

    assert found.columns.tolist() == [*COLUMNS, *MORE]
    first = found.iloc[0]
    assert first["pair_id"] == rows.loc[wrong[0], "pair_id"]
    assert (first["given"], first["suggested"]) == ("opposition", "support")
    assert first["sentence"].startswith("The Guild of Bakers praised")
    assert len(found) < len(rows) / 4


def test_no_model_has_seen_the_article_that_it_is_asked_about(pairs: pd.DataFrame) -> None:
    asked = []

    class Spy(TfidfClassifier):
        def fit(self, X: pd.DataFrame, y: object = None, *, dev: object = None) -> StanceClassifier:
            self.seen = set(X["article_id"])
            return super().fit(X)

        def predict_proba(self, X: pd.DataFrame) -> np.ndarray:
            asked.append((self.seen, set(X["article_id"])))
            return super().predict_proba(X)

    labelled, chances = out_of_fold(pairs, Spy, count=4)

    assert all(not seen & held_out for seen, held_out in asked)
    assert set().union(*(held_out for _, held_out in asked)) == set(pairs["article_id"])
    assert chances.sum(axis=1) == pytest.approx(np.ones(len(labelled)))


def test_a_class_that_nobody_gave_is_no_matter(pairs: pd.DataFrame) -> None:
    rows = free(pairs)
    rows = rows[rows["label"] != "opposition"].reset_index(drop=True)
    chances = np.tile([0.2, 0.7, 0.1], (len(rows), 1))
    assert set(suspects(rows, chances)["given"]) <= {"support"}
    alone = rows[rows["label"] == "neutral"].reset_index(drop=True)
    assert suspects(alone, chances[: len(alone)]).empty


def test_more_folds_than_articles_are_an_error(pairs: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="folds 50"):
        out_of_fold(pairs, TfidfClassifier, count=50)
