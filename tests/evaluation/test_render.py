"""Every report can be shown, wherever its words come from."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import numpy as np
import pytest
from rich.console import Console, RenderableType

from stance.evaluation.behaviour import run
from stance.evaluation.gate import Facts, GateSettings, gate
from stance.evaluation.junit import behaviour_junit, gate_junit
from stance.evaluation.many import evaluate_many
from stance.evaluation.markdown import gate_markdown
from stance.evaluation.refusal import Side
from stance.evaluation.render import behaviour_table, evaluation_table, gate_table, slices_table
from stance.evaluation.simulate import simulated_gold, simulated_model, simulated_rivals
from stance.evaluation.verdict import GateReport, refused


@pytest.fixture
def report() -> GateReport:
    gold = simulated_gold(300, 100)
    gold["text"] = "Ping @someone | [bold]click[/bold] <script> " + gold["text"]
    old, new = simulated_rivals(gold, loss=0.08)
    settings = GateSettings(draws=300, floors={"macro_f1": 0.5, "speed": 9}, slices=["tag"])
    return gate(
        gold, Side("new|x", [new]), Side("old", [old]), settings, Facts(measured={"speed": 5.0})
    )


def _shown(item: RenderableType) -> str:
    console = Console(file=io.StringIO(), width=200, force_terminal=False)
    console.print(item)
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def test_the_terminal_shows_verdict_checks_and_flips(report: GateReport) -> None:
    text = _shown(gate_table(report))
    assert text.startswith(f"fail: first at {report.where[0]} −")
    assert "overall macro-F1 −" in " ".join(text.split())
    assert "tag=negation" in text
    assert "speed ≥ 9" in text
    assert "[bold]click[/bold]" in text
    assert "lost" in text


def test_small_slices_are_told_in_a_line_and_empty_ones_by_name() -> None:
    gold = simulated_gold(200, 80)
    settings = GateSettings(draws=200, slices=["party", "tag=irony"])
    old, new = simulated_rivals(gold)
    report = gate(gold, Side("new", [new]), Side("old", [old]), settings)
    text = _shown(gate_table(report))
    assert "slices with too few pairs to judge: " in text
    assert "Slices with too few pairs to judge: " in gate_markdown(report)
    assert "of party (largest " in text
    assert "party=Oster Council" not in text
    assert "tag=irony" in text
    assert "no pairs in this set" in text


def test_the_terminal_shows_models_side_by_side() -> None:
    gold = simulated_gold(200, 80)
    models = {"span": simulated_model(gold), "majority": simulated_model(gold, 0.4)}
    found = evaluate_many(gold, models, draws=50)
    text = _shown(evaluation_table(found))
    assert "above majority" in text
    assert "party: Oster Council *" in _shown(slices_table(found["models"]["span"]))


def test_the_terminal_shows_how_a_model_behaves() -> None:
    report = run(lambda pairs: np.tile([0.2, 0.6, 0.2], (len(pairs), 1)))
    text = _shown(behaviour_table(report))
    assert "irony" in text
    assert "0/13" in text
    assert int(ElementTree.fromstring(behaviour_junit(report.rows, 0.5)).get("failures", 0)) > 5


def test_junit_counts_failures(report: GateReport) -> None:
    suite = ElementTree.fromstring(gate_junit(report))
    assert int(suite.get("tests", 0)) == len(report.checks)
    failed = [case.get("name") for case in suite if case.find("failure") is not None]
    assert failed[0] == "macro-F1"
    assert "speed ≥ 9" in failed
    assert int(suite.get("failures", 0)) == len(failed) == len(report.where)


def test_a_refusal_is_a_junit_error_and_a_comment() -> None:
    report = refused("challenger and champion are the same artefact (ab12)")
    suite = ElementTree.fromstring(gate_junit(report))
    assert suite.get("errors") == "1"
    assert "⛔ refused" in gate_markdown(report)
    assert _shown(gate_table(report)).startswith("refused: challenger and champion")
    assert report.exit_status == 3


def test_junit_of_the_behaviour_suite() -> None:
    rows = [
        {"capability": "negation", "kind": "minimum", "cases": 20, "passed": 12, "rate": 0.6,
         "failing": ["Norland did not <back> Estmark."]},
        {"capability": "case", "kind": "invariance", "cases": 10, "passed": 10, "rate": 1.0,
         "failing": []},
    ]  # fmt: skip
    suite = ElementTree.fromstring(behaviour_junit(rows, 0.8))
    assert suite.get("failures") == "1"
    assert "<back>" in str(suite[0][0].text)


def test_nothing_in_a_comment_acts_as_markup(report: GateReport) -> None:
    text = gate_markdown(report)
    assert "@someone" not in text
    assert "<script>" not in text
    assert "new|x" not in text
    table = [line for line in text.splitlines() if line.startswith("| lost")]
    assert table
    assert all(line.count("|") == 7 for line in table)


def test_a_comment_stays_short_whatever_the_sentences() -> None:
    gold = simulated_gold(300, 100)
    gold["text"], gold["sentence_end"] = "<long> " * 5000, 35_000
    old, new = simulated_rivals(gold, flips=0.3)
    settings = GateSettings(draws=100)
    text = gate_markdown(gate(gold, Side("new", [new]), Side("old", [old]), settings))
    assert text.count("…") >= 20
    assert len(text) < 65_536
