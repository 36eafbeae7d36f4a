"""Checkpoints of a training that may be ended at any moment, and what they belong to."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from stance.models.training import processes
from stance.schema.files import write_json
from stance.schema.nouns import InputError

#: Says of which training the checkpoints are.
OWNER = "training.json"
#: Written last into a checkpoint, so that one with it is whole.
_LAST = "trainer_state.json"


def begin(folder: Path, owner: Mapping[str, Any], *, resume: bool) -> Path | None:
    """Make the folder ready, and return the checkpoint to go on from, if there is one.

    Without ``resume`` a training begins anew, and checkpoints that stand there leave. Raises
    :class:`InputError` where they are of a training with other settings or rows.
    """
    told: dict[str, Any] = json.loads(json.dumps(dict(owner)))
    found = newest(folder) if resume else None
    if found:
        _same(folder, told)
    elif processes.leads():
        for old in folder.glob("checkpoint-*"):
            shutil.rmtree(old)
        write_json(told, folder / OWNER)
    return found


def sha256_of(pairs: pd.DataFrame) -> str:
    """One hash over what is learnt from: texts, places, labels and weights, in their order."""
    columns = ["text", "sentence_start", "target_spans", "holder_spans", "label", "weight"]
    known = pairs[[name for name in columns if name in pairs]]
    return hashlib.sha256(known.to_json(orient="values").encode()).hexdigest()


def newest(folder: Path) -> Path | None:
    """The newest checkpoint that was written to its end; a kill may have left half of one."""
    whole = [path for path in folder.glob("checkpoint-*") if _is_whole(path)]
    return max(whole, key=lambda path: int(path.name.rpartition("-")[2]), default=None)


def _is_whole(checkpoint: Path) -> bool:
    try:
        json.loads((checkpoint / _LAST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return True


def _same(folder: Path, owner: dict[str, Any]) -> None:
    before = json.loads((folder / OWNER).read_text(encoding="utf-8"))
    if changed := sorted(key for key in owner | before if owner.get(key) != before.get(key)):
        told = ", ".join(f"{k}: {before.get(k)} before, {owner.get(k)} now" for k in changed)
        raise InputError(
            f"resume: the checkpoints in {folder} are of another training ({told}); "
            "give it the same settings, or begin anew with resume=false"
        )
