"""A model's training is known again, by article and by sentence, whatever mixture it came in."""

from __future__ import annotations

import pandas as pd

from stance.evaluation.traces import seen_in_training, trained_on, training_record
from tests.conftest import pair

ONE, OTHER, THIRD = "Tarn praised Orlev.", "Orlev left early.", "Rain fell on Tarn."


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows)


def seen(train: pd.DataFrame, gold: pd.DataFrame) -> list[str]:
    return seen_in_training(gold, trained_on(training_record(train)))


def test_an_article_is_known_by_another_of_its_sentences() -> None:
    train = table(pair(ONE, "Tarn", "neutral", article_id="a1"))
    gold = table(
        pair(OTHER, "Orlev", "neutral", article_id="a1"),
        pair(THIRD, "Tarn", "neutral", article_id="a2"),
    )
    assert seen(train, gold) == ["a1"]


def test_a_mixture_does_not_hide_an_article() -> None:
    train = table(pair(ONE, "Tarn", "neutral", article_id="toy:a1"))
    assert seen(train, table(pair(OTHER, "Orlev", "neutral", article_id="a1"))) == ["a1"]


def test_the_same_id_in_another_corpus_is_another_article() -> None:
    train = table(pair(ONE, "Tarn", "neutral", article_id="1", corpus="one"))
    gold = table(pair(OTHER, "Orlev", "neutral", article_id="1", corpus="two"))
    assert seen(train, gold) == []


def test_a_sentence_is_known_in_any_corpus() -> None:
    train = table(pair(ONE, "Tarn", "neutral", article_id="x", corpus="one"))
    copied = table(pair("TARN praised Orlev", "Orlev", "support", article_id="y", corpus="two"))
    assert seen(train, copied) == ["y"]


def test_a_model_that_tells_nothing_has_no_traces() -> None:
    assert trained_on({}) == set()
    assert len(trained_on(training_record(table(pair(ONE, "Tarn", "neutral"))))) == 2
