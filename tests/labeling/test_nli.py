from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from stance.labeling.nli import NliLabeler
from stance.schema.nouns import LABELS, InputError
from tests.conftest import HOLDER, SENTENCES, TARGET, pair

HYPOTHESES = {
    "support": ["{target} is praised.", "The Guild thanked {target}."],
    "opposition": ["{target} is denounced."],
    "neutral": "Nobody would say whether {target} had called.",
}
HOLDERS = {"support": "{holder} praised {target}.", "opposition": "{holder} denounced {target}."}


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return pd.DataFrame(
        pair(text, party, None, sentence_index=index)
        for index, (text, _) in enumerate(SENTENCES)
        for party in (HOLDER, TARGET)
    )


def labeler(model: str, **more: Any) -> NliLabeler:
    return NliLabeler(**({"model": model, "hypotheses": HYPOTHESES, "least": 0.0} | more))


def test_the_vote_is_the_label_whose_hypotheses_are_entailed_most(tiny_nli, rows) -> None:
    nli = labeler(tiny_nli)
    votes = nli.votes(rows)

    row = rows.iloc[3]
    scores = {}
    for label, templates in nli.hypotheses.items():
        said = [template.format(target=row["target"]) for template in templates]
        scores[label] = nli.entailment.logits([row["text"]] * len(said), said)[:, 2].mean()
    assert votes[3][0].label == max(scores, key=scores.__getitem__)
    assert len(votes) == len(rows)
    assert all(vote.label in LABELS and vote.holder is None for (vote,) in votes)


def test_the_target_is_named_in_the_hypothesis(tiny_nli, rows) -> None:
    nli = labeler(tiny_nli)
    one = nli._chances([rows["text"][0]] * 2, [HOLDER, TARGET])
    assert not np.array_equal(one[0], one[1])
    assert np.allclose(one.sum(1), 1)


def test_where_it_is_unsure_it_abstains(tiny_nli, rows) -> None:
    votes = labeler(tiny_nli, least=1.0).votes(rows)
    assert {(vote.label, vote.rule) for (vote,) in votes} == {("abstain", "unsure")}


def test_a_holder_is_the_other_party_or_unnamed(tiny_nli, rows) -> None:
    # With one hypothesis for all, the first label wins.
    polar = dict.fromkeys(LABELS, "The Guild met {target}.")
    found = labeler(tiny_nli, hypotheses=polar, holders=HOLDERS).votes(rows)
    shy = labeler(tiny_nli, hypotheses=polar, holders=HOLDERS, least=0.0)
    shy._chances = lambda premises, targets: np.tile([1.0, 0.0, 0.0], (len(premises), 1))
    shy.least = 0.99

    assert {vote.label for (vote,) in found} == {"opposition"}
    # Each sentence has two parties, in rows 2k and 2k + 1.
    assert [vote.holder for (vote,) in found] == [row ^ 1 for row in range(len(rows))]
    assert {vote.holder for (vote,) in shy.votes(rows)} == {"unnamed"}


def test_the_window_can_be_the_premise(tiny_nli) -> None:
    text = "It rained. The Guild of Bakers praised Mayor Holt."
    row = pair(text, TARGET, None, sentence_start=11)
    assert labeler(tiny_nli)._premise(row["text"], 11, len(text)).startswith("The Guild")
    assert labeler(tiny_nli, premise="window")._premise(text, 11, len(text)) == text


def test_nothing_asked_nothing_loaded() -> None:
    assert labeler("nowhere").votes(pd.DataFrame()) == []


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"model": None}, "name a model"),
        ({"hypotheses": {"support": "x"}}, "need a template for opposition, neutral, support"),
        ({"model": "nowhere/at-all"}, "nowhere/at-all: cannot be loaded"),
        ({"hypotheses": HYPOTHESES | {"support": "{who}"}}, "hypothesis '{who}'"),
    ],
)
def test_mistakes_are_one_line(settings, said, tiny_nli, rows) -> None:
    with pytest.raises(InputError, match=said.replace("{", r"\{")):
        labeler(**({"model": tiny_nli} | settings)).votes(rows)
