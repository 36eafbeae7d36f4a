"""Flips are the pairs that change, with their sentences."""

from __future__ import annotations

from stance.evaluation.align import align
from stance.evaluation.flips import flips
from stance.evaluation.simulate import simulated_gold, simulated_rivals


def test_only_the_sentence_itself_is_shown() -> None:
    # given windows with a sentence of context before
    gold = simulated_gold(200, 80)
    gold["sentence_start"] = len("Before. ")
    gold["text"] = "Before. " + gold["text"]
    gold["sentence_end"] = gold["text"].str.len()
    old, new = simulated_rivals(gold, flips=0.3)
    # when
    found = flips(align(gold, old), align(gold, new))
    # then
    assert len(found) > 20
    assert not found["sentence"].str.contains("Before").any()
    assert found["sentence"].str.endswith("is named here.").all()
    assert (found["champion"] != found["challenger"]).all()
    lost = found[found["outcome"] == "lost"]
    assert (lost["champion"] == lost["gold"]).all()


def test_a_missing_answer_is_a_flip() -> None:
    gold = simulated_gold(50, 20)
    old, _ = simulated_rivals(gold)
    new = old.copy()
    new.loc[0, ["predicted", "status"]] = [None, "error"]
    found = flips(align(gold, old), align(gold, new))
    assert found["challenger"].tolist() == ["none"]


def test_no_flips_make_an_empty_table() -> None:
    gold = simulated_gold(50, 20)
    old, _ = simulated_rivals(gold)
    assert flips(align(gold, old), align(gold, old)).empty
