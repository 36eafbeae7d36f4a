"""`stance gate` with real models and a real registry: verdicts, refusals, promotion, A/A."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from stance.schema.table import PAIRS, read_table, write_table
from tests.jobs.conftest import QUICK


@pytest.fixture
def no_champion(trained: Path) -> None:
    """The registry as it is before the first promotion."""
    import mlflow

    client = mlflow.MlflowClient(f"sqlite:///{trained}/mlruns/mlflow.db")
    for alias in client.get_registered_model("stance").aliases:
        client.delete_registered_model_alias("stance", alias)


def test_the_first_champion_and_the_way_back(trained, no_champion, run_job):
    status, said = run_job("score", "text=Hello.")
    assert status == 2
    assert "no champion" in said

    first = ("candidates=[models/majority,models/tfidf]", "champion=none", "gate.promote=true")
    status, said = run_job("gate", *first, "markdown=g.md", "junit=g.xml", "output=g.json")
    assert status == 0, said
    assert "champion is now version 1" in said
    report = json.loads(Path("g.json").read_text())
    assert report["challenger"] == "models/tfidf"
    assert report["times_used"] >= 1
    assert Path("g.md").read_text().startswith("## Stance gate: ✅ pass")
    assert "<testsuite" in Path("g.xml").read_text()

    status, said = run_job("rollback")
    assert status == 2
    assert "no earlier champion" in said


def test_what_cannot_be_promoted_is_said_before_anything_is_decided(trained, run_job):
    ledger = Path("mlruns/decisions.json")
    before = ledger.read_text() if ledger.exists() else ""
    words = ("challenger=rules", "champion=none", "gate.promote=true")
    status, said = run_job("gate", *words)
    assert status == 2
    assert "rules is not registered" in said
    assert (ledger.read_text() if ledger.exists() else "") == before


def test_a_model_against_itself_is_refused_and_says_so_everywhere(trained, run_job):
    status, said = run_job(
        "gate", "challenger=models/tfidf", "champion=models/tfidf", "junit=r.xml", "markdown=r.md"
    )
    assert status == 3, said
    assert "same artefact" in said
    assert "<error" in Path("r.xml").read_text()
    assert "refused" in Path("r.md").read_text()


def test_one_run_under_two_names_is_refused(trained, run_job):
    words = ("challenger=[models/tfidf,models/tfidf]", "champion=[models/second,rules]")
    status, said = run_job("gate", *words, QUICK)
    assert status == 3
    assert said.startswith("refused: models/tfidf: the same artefact stands twice")
    words = ("challenger=[models/tfidf,rules]", "champion=[models/second,rules]")
    assert run_job("gate", *words, QUICK)[0] == 3


def test_a_value_that_needs_quotes_says_so(trained, run_job):
    words = ("challenger=models/tfidf", "champion=rules")
    status, said = run_job("gate", *words, "gate.settings.slices=[tag=negation]")
    assert status == 2
    assert "needs quotes" in said
    assert "hydra.cc" not in said
    status, said = run_job("gate", *words, 'gate.settings.slices=["tag=negation"]', QUICK)
    assert status in (0, 1, 4), said


def test_a_much_worse_challenger_fails_and_nothing_moves(trained, run_job):
    words = ("challenger=models/majority", "champion=models/tfidf", "gate.promote=true")
    status, said = run_job("gate", *words, "output=f.json", QUICK)
    assert status == 1, said
    assert "champion is now" not in said
    report = json.loads(Path("f.json").read_text())
    assert report["verdict"] == "fail"
    assert report["flips"]
    import mlflow

    mlflow.set_tracking_uri(f"sqlite:///{trained}/mlruns/mlflow.db")
    run = mlflow.search_runs(
        experiment_names=["stance"],
        filter_string="tags.job = 'gate' and tags.verdict = 'fail'",
        output_format="list",
    )[0]
    names = {item.path for item in mlflow.MlflowClient().list_artifacts(run.info.run_id)}
    assert {"gate.json", "gate.md", "gate.xml", "flips.json", "config.json"} <= names
    assert run.info.run_name == "gate fail: models/majority against models/tfidf"
    assert run.inputs.dataset_inputs[0].dataset.name == "project"


def test_a_model_trained_on_test_articles_is_refused(trained, run_job):
    status, said = run_job("gate", "challenger=models/tfidf", "champion=rules", "split=train")
    assert status == 3
    assert "was trained on" in said


def test_another_test_set_than_the_one_on_record_is_refused(trained, run_job):
    words = ("challenger=models/tfidf", "champion=rules", "gate.settings.draws=100")
    status, said = run_job("gate", *words, f"gate.on_record={'0' * 64}")
    assert status == 3
    assert "on record" in said

    # given a ledger on which the part of today has decided, and a part with a label changed since
    ledger = "gate.ledger=own.json"
    assert run_job("gate", *words, ledger)[0] in (0, 1, 4)
    path = Path("data/prepared/project/dev.parquet")
    before = path.read_bytes()
    rows = read_table(path)
    row = rows.index[rows["label"] == "neutral"][0]
    rows.loc[row, "label"] = "support"
    write_table(rows, path, PAIRS)
    try:
        status, said = run_job("gate", *words, ledger)
        assert status == 3
        assert "gate.on_record=new" in said
        assert run_job("gate", *words, ledger, "gate.on_record=new")[0] in (0, 1, 4)
        assert run_job("gate", *words, ledger)[0] in (0, 1, 4)
    finally:
        path.write_bytes(before)


def test_runs_of_several_seeds_on_both_sides(trained, run_job):
    words = ("challenger=[models/second,rules]", "champion=[models/tfidf,models/majority]")
    status, said = run_job("gate", *words, "output=seeds.json", QUICK)
    assert status in (0, 1, 4), said
    report = json.loads(Path("seeds.json").read_text())
    assert (report["champion"], report["challenger"]) == ("models/tfidf", "models/second")
    assert "seed noise is not counted" not in said


def test_floors_can_ask_for_behaviour_and_speed(trained, run_job):
    words = (
        "gate.settings.floors.pairs_per_second=1",
        "gate.settings.floors.behaviour_pass_rate=0.99",
    )
    status, said = run_job("gate", "challenger=models/tfidf", "champion=none", *words)
    assert status == 1, said
    assert "behaviour_pass_rate" in said


def test_predictions_alone_can_be_gated(trained, run_job):
    run_job("evaluate", "model_uri=rules", "predictions=rules.parquet", "draws=100")
    pd.read_parquet("rules.parquet").to_csv("rules.csv", index=False)
    status, said = run_job("gate", "challenger=rules.csv", "champion=models/tfidf", QUICK)
    assert status in (0, 1, 4), said
    assert "rules.csv against models/tfidf" in said
    status, said = run_job("gate", "challenger=rules.csv", "champion=rules.parquet")
    assert status == 3, said
    assert "the same answer" in said


def test_equals_against_each_other(trained, run_job):
    words = ("challenger=[models/tfidf,models/second]", "gate.aa=true", "gate.settings.draws=200")
    status, said = run_job("gate", *words, "output=aa.json")
    assert status == 0, said
    assert "false alarms" in said
    assert json.loads(Path("aa.json").read_text())["runs"] == 2


def test_one_model_asked_twice_differs_nowhere(trained, run_job):
    words = ("challenger=models/tfidf", "gate.aa=true", "gate.settings.draws=100")
    status, said = run_job("gate", *words)
    assert status == 0, said
    assert "differ on 0.0% of the pairs" in said


def test_a_recipe_is_trained_anew_with_each_seed(trained, run_job):
    words = ("classifier=tfidf", "gate.aa=true", "gate.seeds=[1,2]", "gate.settings.draws=100")
    status, said = run_job("gate", *words)
    assert status == 0, said
    assert "2 runs of the same thing" in said
    assert run_job("gate", "gate.aa=true")[0] == 2
