"""`stance behaviour`: from a model and from a file of answers; the failing sentences shown."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd


def test_a_model_is_tried_and_its_failing_sentences_shown(trained, run_job):
    words = ("model_uri=models/majority", "output=b.json", "junit=b.xml", "least_rate=0.5")
    status, said = run_job("behaviour", *words)
    assert status == 1, said
    assert "below 50%" in said
    assert "expected opposition; got neutral" in said
    told = json.loads(Path("b.json").read_text())
    assert told["cases"] >= 600
    assert len(told["capabilities"]) >= 15
    suite = ElementTree.parse("b.xml").getroot()
    assert int(suite.get("failures", 0)) > 0


def test_answers_of_any_other_system_are_judged_from_a_file(trained, run_job):
    # given a system that looks the right labels up
    assert run_job("behaviour", "pairs=pairs.parquet")[0] == 0
    pairs = pd.read_parquet("pairs.parquet")
    answers = pd.DataFrame({"pair_id": pairs["pair_id"]})
    answers["predicted"] = pairs["label"].fillna("neutral")
    for label in ("opposition", "neutral", "support"):
        answers[f"p_{label}"] = (answers["predicted"] == label).astype(float)
    answers.to_json("answers.jsonl", orient="records", lines=True)
    # when
    status, said = run_job("behaviour", "model_uri=answers.jsonl", "output=b.json")
    # then
    assert status == 0, said
    assert json.loads(Path("b.json").read_text())["by_label"] == {
        "opposition": 1.0,
        "neutral": 1.0,
        "support": 1.0,
    }

    answers.iloc[5:].to_json("short.jsonl", orient="records", lines=True)
    status, said = run_job("behaviour", "model_uri=short.jsonl")
    assert status == 2
    assert "short.jsonl: behaviour: 5 of" in said
