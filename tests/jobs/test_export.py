"""`stance export`: the champion and its record in one piece, for a runner without the registry."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from tests.jobs.conftest import QUICK


def test_the_champion_travels_as_one_archive_with_its_record(trained, run_job):
    # given a champion that the gate promoted
    first = ("challenger=models/tfidf", "champion=none", "gate.promote=true")
    assert run_job("gate", *first)[0] == 0
    # when
    assert run_job("export", "output=champion.zip")[0] == 0
    # then
    with zipfile.ZipFile("champion.zip") as archive:
        record = json.loads(archive.read("export.json"))
    assert record["registered"]["version"] == "1"
    assert "champion" in record["registered"]["aliases"]
    assert record["registered"]["metrics"]["dev.macro_f1"] > 0
    assert record["registered"]["gate"]["test_set"] == "project/dev"
    status, said = run_job("gate", "challenger=models/second", "champion=champion.zip", QUICK)
    assert status in (0, 1, 4), said
    assert "champion.zip" in said
    status, said = run_job("gate", "challenger=models/tfidf", "champion=champion.zip")
    assert status == 3, said
    assert "same artefact" in said


def test_a_folder_that_holds_files_is_left_alone(trained, run_job):
    assert run_job("export", "model_uri=models/tfidf", "output=exported")[0] == 0
    status, said = run_job("export", "model_uri=models/tfidf", "output=exported")
    assert status == 2
    assert "holds files already" in said
    assert run_job("score", "text=Rain.", "model_uri=exported")[0] == 0


def test_what_is_not_there_is_one_line_and_leaves_nothing(trained, run_job):
    status, said = run_job("export", "model_uri=nowhere", "output=x.zip")
    assert status == 2
    assert said.count("\n") == 1
    assert not Path("x.zip").exists()
