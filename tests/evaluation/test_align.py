"""What does not fit is named; what has no single label is counted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stance.evaluation.align import NO_ANSWER, align
from stance.schema.nouns import InputError


def test_lines_up_whatever_the_order(gold: pd.DataFrame, predictions: pd.DataFrame) -> None:
    # given predictions in another order
    shuffled = predictions.sample(frac=1, random_state=3)
    # when
    aligned = align(gold, shuffled)
    # then
    assert list(aligned.predictions["pair_id"]) == list(gold["pair_id"])
    assert aligned.correct.mean() == (gold["label"] == predictions["predicted"]).mean()


def test_leaves_out_and_counts_what_has_no_single_label(
    gold: pd.DataFrame, predictions: pd.DataFrame
) -> None:
    # given
    gold.loc[0, ["mixed", "label"]] = [True, None]
    gold.loc[1, "unclear"] = True
    gold.loc[2, "label"] = None
    gold.loc[3, "holder_kind"] = "party"
    # when
    aligned = align(gold, predictions)
    # then
    assert aligned.n == len(gold) - 4
    assert aligned.left_out == {"other holders": 1, "mixed": 1, "unclear": 1, "no label": 1}


def test_no_answer_counts_as_wrong(gold: pd.DataFrame, predictions: pd.DataFrame) -> None:
    # given
    columns = ["predicted", "p_opposition", "p_neutral", "p_support"]
    predictions.loc[0, columns] = [None, np.nan, np.nan, np.nan]
    predictions.loc[0, "status"] = "error"
    # when
    aligned = align(gold, predictions)
    # then
    assert aligned.answer[0] == NO_ANSWER
    assert not aligned.correct[0]
    assert aligned.confidence[0] == 0


def test_without_article_ids_the_sentence_is_the_cluster(
    gold: pd.DataFrame, predictions: pd.DataFrame
) -> None:
    # given
    gold["article_id"] = None
    gold["text"] = ["The Council met.", "the council  met"] * (len(gold) // 2)
    gold["sentence_end"] = gold["text"].str.len()
    # then
    assert align(gold, predictions).articles == 1


def _missing(gold: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return gold, found.iloc[1:]


def _extra(gold: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return gold.iloc[1:], found


def _doubled(gold: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return gold, pd.concat([found, found.iloc[:1]])


def _nan(gold: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return gold, found.assign(p_neutral=[np.nan, *found["p_neutral"][1:]])


def _sum(gold: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return gold, found.assign(p_neutral=[0.99, *found["p_neutral"][1:]])


def _negative(gold: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return gold, found.assign(p_neutral=[-0.1, *found["p_neutral"][1:]])


def _answer(gold: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return gold, found.assign(predicted=["positive", *found["predicted"][1:]])


def _status(gold: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return gold, found.assign(status="fine")


def _construct(gold: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return gold.assign(construct=["portrayal", *gold["construct"][1:]]), found


def _corpus(gold: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return gold.assign(corpus=["other", *gold["corpus"][1:]]), found


def _label(gold: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return gold.assign(label=["pro", *gold["label"][1:]]), found


def _column(gold: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return gold, found.drop(columns="p_support")


def _nothing(gold: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return gold.assign(unclear=True), found


@pytest.mark.parametrize(
    ("damage", "words", "names_pair"),
    [
        (_missing, "gold pairs are missing", True),
        (_extra, "not in gold", True),
        (_doubled, "stand twice", True),
        (_nan, "not a number", True),
        (_sum, "do not sum to 1", True),
        (_negative, "outside 0 to 1", True),
        (_answer, "answer positive is none of", False),
        (_status, "status fine is none of", False),
        (_construct, "portrayal and stance in one table", False),
        (_corpus, "other and simulated in one table", False),
        (_label, "label pro is none of", False),
        (_column, "column p_support is missing", False),
        (_nothing, "none of the 300 gold pairs can be scored", False),
    ],
)
def test_names_what_is_wrong(gold, predictions, damage, words, names_pair) -> None:  # type: ignore[no-untyped-def]
    # given
    first = gold["pair_id"][0]
    # when
    with pytest.raises(InputError, match=words) as caught:
        align(*damage(gold, predictions))
    # then
    assert (first in str(caught.value)) == names_pair
    assert "\n" not in str(caught.value)
