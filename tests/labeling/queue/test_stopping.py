from __future__ import annotations

from stance.labeling.queue.stopping import stability

EARLY = ["support", "neutral", "neutral", "opposition"] * 25
LATER = ["support", "neutral", "opposition", "opposition"] * 25


def test_three_agreements_say_stop() -> None:
    hint = stability([EARLY, LATER, LATER, LATER, LATER])
    assert hint.stop
    assert str(hint).startswith("stop? yes: the last 3 models agree with κ 1.000")


def test_fewer_agreements_are_not_enough() -> None:
    hint = stability([LATER, LATER])
    assert not hint.stop
    assert "not yet" in str(hint)
    assert "2 more rounds" in str(hint)


def test_a_change_among_the_last_three_says_go_on() -> None:
    hint = stability([EARLY, EARLY, LATER, LATER])
    assert not hint.stop
    assert "labels still change what is predicted" in str(hint)
    assert stability([EARLY, EARLY, LATER, LATER], least=0.5).stop


def test_one_model_alone_says_what_is_missing() -> None:
    assert "previous=" in str(stability([EARLY]))


def test_models_that_always_say_the_same_agree() -> None:
    assert stability([["neutral"] * 5] * 4).stop
