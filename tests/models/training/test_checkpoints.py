"""A training that was ended on its way goes on where it was, and ends where it would have."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from stance.models.pair import PairClassifier
from stance.models.span.classifier import SpanClassifier
from stance.models.training.checkpoints import newest
from stance.schema.nouns import InputError

KINDS = {"span": SpanClassifier, "pair": PairClassifier}
RECIPE = {"epochs": 4, "batch_size": 8, "encoder_lr": 1e-3}
#: Trains, and kills its own process when the third epoch has been measured but not yet kept.
KILLED = """
import os, signal, sys
import pandas as pd
from pathlib import Path
from tests.models.training.test_checkpoints import KINDS, RECIPE

kind, encoder, table, folder = sys.argv[1:]
pairs, measured = pd.read_pickle(table), []

def log(step, numbers):
    if "eval_macro_f1" in numbers:
        measured.append(step)
        if len(measured) == 3:
            os.kill(os.getpid(), signal.SIGKILL)

model = KINDS[kind](encoder=encoder, recipe=RECIPE)
model.fit(pairs, dev=pairs, log=log, checkpoints=Path(folder))
"""


def measured(kind: str, encoder: str, pairs: pd.DataFrame, **options: Any) -> tuple[Any, list[Any]]:
    said: list[Any] = []

    def log(step: int, numbers: dict[str, float]) -> None:
        if "eval_macro_f1" in numbers:
            said.append((step, numbers["eval_macro_f1"]))

    model: Any = KINDS[kind](encoder=encoder, recipe=RECIPE)
    return model.fit(pairs, dev=pairs, log=log, **options), said


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_training_ends_as_if_it_had_not_been(
    kind: str, pairs: pd.DataFrame, tiny_encoder: str, tmp_path: Path
) -> None:
    pairs.to_pickle(tmp_path / "pairs.pkl")
    folder = tmp_path / "checkpoints"
    words = [kind, tiny_encoder, str(tmp_path / "pairs.pkl"), str(folder)]
    killed = subprocess.run([sys.executable, "-c", KILLED, *words], check=False, timeout=300)
    assert killed.returncode == -signal.SIGKILL

    whole, epochs = measured(kind, tiny_encoder, pairs)
    resumed, rest = measured(kind, tiny_encoder, pairs, checkpoints=folder, resume=True)

    assert rest == epochs[2:]
    np.testing.assert_array_equal(resumed.predict_proba(pairs), whole.predict_proba(pairs))


def test_what_stopped_goes_on_and_half_a_checkpoint_is_passed_over(
    pairs: pd.DataFrame, tiny_encoder: str, tmp_path: Path
) -> None:
    def stop(step: int, numbers: dict[str, float]) -> None:
        if "eval_macro_f1" in numbers and numbers["epoch"] > 1:
            raise KeyboardInterrupt

    model = SpanClassifier(encoder=tiny_encoder, recipe=RECIPE)
    with pytest.raises(KeyboardInterrupt):
        model.fit(pairs, dev=pairs, log=stop, checkpoints=tmp_path)
    (tmp_path / "checkpoint-9999").mkdir()
    kept = newest(tmp_path)

    _, rest = measured("span", tiny_encoder, pairs, checkpoints=tmp_path, resume=True)

    assert kept is not None
    assert len(rest) == 3
    assert rest[0][0] == 2 * int(kept.name.removeprefix("checkpoint-"))


def test_checkpoints_of_another_training_are_refused_and_begun_anew(
    pairs: pd.DataFrame, tiny_encoder: str, tmp_path: Path
) -> None:
    measured("span", tiny_encoder, pairs, checkpoints=tmp_path)
    fewer = pairs.head(20)

    with pytest.raises(InputError, match=r"are of another training \(rows: .*resume=false"):
        measured("span", tiny_encoder, fewer, checkpoints=tmp_path, resume=True)

    _, epochs = measured("span", tiny_encoder, fewer, checkpoints=tmp_path)
    assert len(epochs) == 4
