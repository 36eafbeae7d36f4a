"""A model damaged on purpose fails the gate, which says where first: real models, real answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from stance.corpora.prepare import read_split
from stance.evaluation.traces import training_record
from stance.models.fitting import fit_model
from stance.models.saving import load, save
from stance.models.tfidf import TfidfClassifier
from stance.schema.table import PREDICTIONS, write_table
from stance.scoring.predictions import predict_pairs
from tests.jobs.conftest import QUICK
from tests.jobs.gazette import LEAGUE, gazette

FOLDER = Path("data/prepared/gazette")
CORPUS = ("corpus=table", "corpus.name=gazette")
SWAP = {"support": "opposition", "opposition": "support", "neutral": "neutral"}


@pytest.fixture(scope="module")
def press(
    tmp_path_factory: pytest.TempPathFactory, run_job: Callable[..., tuple[int, str]]
) -> Path:
    """The Gazette prepared, and two TF-IDF models that were trained on it."""
    place = tmp_path_factory.mktemp("press")
    gazette().to_csv(place / "gazette.csv", index=False)
    columns = "{target: null, start: start, end: end, article: article, split: split}"
    words = (*CORPUS, "corpus.leakage=drop", "corpus.root=gazette.csv", "track=false")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        status, said = run_job("prepare", *words, f"corpus.source.columns={columns}")
        assert status == 0, said
        train = read_split(FOLDER, "train")
        trained_model(TfidfClassifier(), train, "champion")
        trained_model(TfidfClassifier(C=6), train, "new")
    return place


def trained_model(classifier: TfidfClassifier, train: pd.DataFrame, name: str) -> None:
    save(fit_model(classifier, train, None, about=training_record(train)), Path("models", name))


@pytest.fixture
def gold(press: Path, monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """The Gazette's test part, with its place as the current folder."""
    monkeypatch.chdir(press)
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    return read_split(FOLDER, "test")


def gated(run_job: Callable[..., tuple[int, str]], challenger: str) -> tuple[int, str, dict]:
    sides = (f"challenger={challenger}", "champion=models/champion", *CORPUS, "split=test")
    places = ("output=report.json", "markdown=report.md", "junit=report.xml")
    status, said = run_job("gate", *sides, *places, QUICK)
    return status, said, json.loads(Path("report.json").read_text())


def damaged(frame: pd.DataFrame) -> str:
    """Answers as a file of predictions, which the gate takes for a model."""
    write_table(frame, Path("damaged.parquet"), PREDICTIONS)
    return "damaged.parquet"


def test_a_sound_model_does_not_fail(gold, run_job):
    status, said, report = gated(run_job, "models/new")
    assert status in (0, 4), said
    assert report["where"] == []


def test_labels_swapped_for_one_party_are_found_at_that_party(gold, run_job):
    # given the model itself, but for one party with support and opposition exchanged
    answers = predict_pairs(load(Path("models/new")), gold)
    own = answers["target_party"].eq(LEAGUE)
    assert own.sum() >= 30
    swapped = answers.rename(
        columns={"p_support": "p_opposition", "p_opposition": "p_support"}
    ).assign(predicted=answers["predicted"].map(SWAP))[list(PREDICTIONS)]
    # when
    status, said, report = gated(run_job, damaged(answers.mask(own, swapped)))
    # then every output names the party before anything else
    first = f"party={LEAGUE}"
    assert status == 1, said
    assert report["where"][0] == first
    assert said.startswith(f"fail: first at {first} −")
    assert Path("report.md").read_text().splitlines()[2].startswith(f"fail: first at {first} −")
    suite = ElementTree.parse("report.xml").getroot()
    failed = {case.get("name") for case in suite if case.find("failure") is not None}
    assert first in failed
    assert not any(name.startswith("party=") for name in failed - {first})


def test_an_ignored_target_is_found_where_stances_differ(gold, run_job):
    # given the model itself, asked about the last party for every party of a sentence
    about = ["target", "target_party", "target_spans"]
    sentence = gold.groupby(["article_id", "sentence_index"])
    asked = gold.assign(**{name: sentence[name].transform("last") for name in about})
    answers = predict_pairs(load(Path("models/new")), asked)
    answers[about] = gold[about]
    # when
    status, said, report = gated(run_job, damaged(answers))
    # then
    assert status == 1, said
    assert report["where"][0] == "stances in the sentence=conflicting"
    assert said.startswith("fail: first at stances in the sentence=conflicting −")
    assert "parties in the sentence=one" not in report["where"]


def test_a_model_that_cannot_see_the_target_is_found_out_on_the_projects_corpus(trained, run_job):
    train = read_split(Path("data/prepared/project"), "train")
    trained_model(TfidfClassifier(target_aware=False), train, "blind")
    words = ("challenger=models/blind", "champion=models/tfidf", "split=test", "output=blind.json")
    status, said = run_job("gate", *words, QUICK)
    assert status == 1, said
    report = json.loads(Path("blind.json").read_text())
    assert report["where"][0] == "stances in the sentence=different"
    assert said.startswith("fail: first at stances in the sentence=different −")
