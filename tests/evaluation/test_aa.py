"""Equals are judged as equals."""

from __future__ import annotations

import pytest

from stance.evaluation.aa import aa
from stance.evaluation.gate import GateSettings
from stance.evaluation.simulate import simulated_gold, simulated_rivals
from stance.schema.nouns import InputError

SETTINGS = GateSettings(margin=0.0, guard_margin=0.0, draws=400)


def test_false_alarms_are_about_the_error_rate() -> None:
    # given two runs of the same recipe
    gold = simulated_gold(400, 150)
    runs = simulated_rivals(gold)
    # when
    report = aa(gold, runs, SETTINGS, trials=60)
    # then
    assert sum(report.shuffled.values()) == 60
    assert report.false_alarms <= 0.15
    assert sum(report.verdicts.values()) == 2
    assert 0.05 < report.differing < 0.25


def test_the_same_answers_never_flip() -> None:
    gold = simulated_gold(200, 80)
    run, _ = simulated_rivals(gold)
    report = aa(gold, [run, run], SETTINGS, trials=3)
    assert report.flipped == 0
    assert report.false_alarms == 0


def test_needs_two_runs() -> None:
    gold = simulated_gold(50, 20)
    with pytest.raises(InputError, match="two or more"):
        aa(gold, simulated_rivals(gold)[:1])
