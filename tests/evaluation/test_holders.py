"""The holder that a model names, held against the holders that gold knows."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from stance.evaluation.metrics import evaluate
from stance.evaluation.simulate import predictions_of
from stance.schema.nouns import LABELS
from stance.schema.table import spans
from tests.conftest import pair

TEXT = "Ines and Odo praised Lars, and the critics booed Mia."


def at(words: str, text: str = TEXT) -> list[dict[str, int]]:
    return spans((text.index(words), text.index(words) + len(words)))


def answered(gold: pd.DataFrame, **holders: tuple[str, str | None]) -> pd.DataFrame:
    """Right stances for every pair, and for each target who is said to hold them."""
    codes = gold["label"].map(LABELS.index).to_numpy()
    found = predictions_of(gold, codes)
    for target, (kind, name) in holders.items():
        row = found.index[(found["target"] == target) & (gold["holder_kind"] == "any")][0]
        found.at[row, "holder_kind"] = kind
        found.at[row, "holder_party"] = name
        found.at[row, "holder_spans"] = at(name) if name in TEXT.split() else []
    return found


@pytest.fixture
def gold() -> pd.DataFrame:
    unnamed = pair(TEXT, "Mia", "opposition") | {"pair_id": "a1:0:Mia:unnamed"}
    return pd.DataFrame(
        [
            pair(TEXT, "Lars", "support"),
            pair(TEXT, "Lars", "support", holder="Ines"),
            pair(TEXT, "Lars", "support", holder="Odo"),
            pair(TEXT, "Mia", "opposition"),
            unnamed | {"holder_kind": "unnamed"},
            pair(TEXT, "Ines", "neutral"),
        ]
    )


def judged(gold: pd.DataFrame, **holders: tuple[str, str | None]) -> dict[str, Any]:
    found: dict[str, Any] = evaluate(gold, answered(gold, **holders), draws=100)["holder_right"]
    return found


def test_any_of_several_holders_is_right(gold: pd.DataFrame) -> None:
    # given one of the two who praised, and nobody by name who booed
    found = judged(gold, Lars=("party", "Odo"), Mia=("unnamed", None))
    # then
    assert (found["n"], found["accuracy"]) == (2, 1.0)
    assert found["interval"] == [1.0, 1.0]


def test_another_party_or_kind_is_wrong(gold: pd.DataFrame) -> None:
    assert judged(gold, Lars=("party", "Mia"), Mia=("author", None))["accuracy"] == 0.0
    assert judged(gold, Lars=("party", "Ines"), Mia=("author", None))["accuracy"] == 0.5


def test_a_canonical_name_is_as_good_as_a_mention(gold: pd.DataFrame) -> None:
    # given a holder that was found under another mention of the same party
    renamed = gold.assign(holder_party=gold["holder_party"].replace("Ines", "ines-of-tarn"))
    found = judged(renamed, Lars=("party", "ines-of-tarn"), Mia=("unnamed", None))
    assert found["accuracy"] == 1.0


def test_the_holder_of_a_wrong_stance_is_wrong(gold: pd.DataFrame) -> None:
    # given a model that takes the support for opposition and yet names the holder
    predictions = answered(gold, Lars=("party", "Ines"), Mia=("unnamed", None))
    wrong = predictions_of(gold, [0, 0, 0, 0, 0, 1])  # type: ignore[arg-type]
    columns = ["holder_kind", "holder_party", "holder_spans"]
    wrong[columns] = predictions[columns]
    # when
    found = evaluate(gold, wrong, draws=100)["holder_right"]
    # then
    assert (found["n"], found["accuracy"]) == (2, 0.5)
    assert found["where_stance_right"]["n"] == 1
    assert found["where_stance_right"]["accuracy"] == 1.0


def test_a_party_that_holds_its_own_stance_is_itself(gold: pd.DataFrame) -> None:
    # given gold in which Lars is among those who praise Lars
    own = pair(TEXT, "Lars", "support", holder="Lars") | {"pair_id": "a1:0:Lars:self"}
    more = pd.concat([gold, pd.DataFrame([own | {"holder_kind": "self"}])], ignore_index=True)
    assert judged(more, Lars=("party", "Lars"), Mia=("unnamed", None))["accuracy"] == 1.0
    assert judged(gold, Lars=("self", None), Mia=("unnamed", None))["accuracy"] == 0.5


def test_a_model_without_holders_has_no_such_figure(gold: pd.DataFrame) -> None:
    assert judged(gold) is None
    minimal = answered(gold)[["pair_id", "predicted", *(f"p_{label}" for label in LABELS)]]
    assert evaluate(gold, minimal, draws=100)["holder_right"] is None
