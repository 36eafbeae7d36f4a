"""Training as a command: the card, checkpoints that leave when the model is saved, processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stance.models.saving import load
from stance.schema.table import read_table

SPAN = ("train", "classifier=span", "register=false", "max_pairs=64")


def small(encoder: str, *words: str) -> list[str]:
    return [*SPAN, f"classifier.estimator.encoder={encoder}", *words]


def test_the_model_has_a_card_and_no_checkpoints_stay(trained, run_job, tiny_encoder):
    status, said = run_job(
        *small(tiny_encoder, "classifier.estimator.recipe.epochs=1", "output=models/carded")
    )
    assert status == 0, said

    manifest = json.loads(Path("data/prepared/project/manifest.json").read_text())
    card = Path("models/carded/README.md").read_text()
    sizes = [manifest["pairs"][split]["pairs"] for split in ("train", "dev")]
    assert f"| {manifest['licence']} | {sizes[0]} | {sizes[1]} |" in card
    assert "| macro f1 | 0." in card
    assert " to 0." in card
    assert "| recipe.epochs | 1 |" in card
    assert not Path("models/carded.checkpoints").exists()
    assert load("models/carded").about["dev"]["interval"]["macro_f1"]


def test_another_trainings_checkpoints_are_refused(trained, run_job, tiny_encoder):
    left = Path("models/other.checkpoints/checkpoint-5")
    left.mkdir(parents=True)
    (left / "trainer_state.json").write_text("{}")
    (left.parent / "training.json").write_text('{"recipe": null}')

    status, said = run_job(*small(tiny_encoder, "output=models/other", "resume=true"))

    assert status == 2
    assert "are of another training" in said
    assert left.is_dir()


def started(words: list[str], place: Path, *before: str) -> subprocess.Popen[bytes]:
    source = Path(__file__).parents[2] / "src"
    environment = os.environ | {"PYTHONPATH": str(source), "OMP_NUM_THREADS": "1"}
    whole = [sys.executable, *before, "-m", "stance.cli", *words]
    return subprocess.Popen(whole, cwd=place, env=environment)


@pytest.mark.slow
def test_a_killed_command_goes_on_to_the_same_model(trained, tiny_encoder):
    words = small(tiny_encoder, "classifier.estimator.recipe.epochs=40")
    # All three as commands of their own: as many threads, so that they add up in the same order.
    assert started([*words, "output=models/whole"], trained).wait() == 0
    killed = started([*words, "output=models/killed"], trained)
    while killed.poll() is None and not list(
        Path("models/killed.checkpoints").glob("checkpoint-*/trainer_state.json")
    ):
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    assert not Path("models/killed").exists()

    assert started([*words, "output=models/killed", "resume=true"], trained).wait() == 0
    whole, resumed = load("models/whole"), load("models/killed")
    assert resumed.about["dev"] == whole.about["dev"]
    assert resumed.temperature == whole.temperature


@pytest.mark.slow
def test_two_processes_train_one_model(trained, tiny_encoder):
    words = small(tiny_encoder, "classifier.estimator.recipe.epochs=2", "output=models/two")
    torchrun = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2")
    # `torchrun -m stance.cli …`: the module's own `-m` follows torchrun's.
    assert started(words, trained, *torchrun).wait(timeout=500) == 0

    model = load("models/two")
    pairs = read_table(Path("data/prepared/project/dev.parquet")).head(8)
    assert model.predict_proba(pairs).shape == (8, 3)
    assert model.about["dev"]["macro_f1"] > 0
    assert not Path("models/two.checkpoints").exists()
