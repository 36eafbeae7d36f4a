"""A model from the registry → one folder or archive that a CI runner can hold against another."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from stance.jobs.run import job, make, say
from stance.schema.nouns import InputError

ARCHIVE, NOTE = ".zip", "export.json"


@job("export")
def main(config: DictConfig) -> None:
    """Copy the model with its record; an archive if the output ends in ``.zip``."""
    from stance.models.saving import load, model_sha256
    from stance.schema.files import check_place, whole
    from stance.tracking.registry import resolve

    output = Path(str(config.output))
    check_place(output if output.suffix == ARCHIVE else output / NOTE)
    folder = resolve(str(config.model_uri), make(config.tracking))
    load(folder)
    if output.is_dir() and any(output.iterdir()):
        raise InputError(f"output {output}: holds files already; name another folder")
    origin = {"model_uri": str(config.model_uri), "sha256": model_sha256(folder)}
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "model"
        shutil.copytree(folder, copy)
        _note(copy.with_name(NOTE), origin | _decision(config, origin["sha256"]))
        if output.suffix == ARCHIVE:
            made = shutil.make_archive(str(Path(temporary) / "packed"), "zip", temporary, ".")
            with whole(output) as partial:
                shutil.copyfile(made, partial)
        else:
            shutil.copytree(temporary, output, dirs_exist_ok=True)
    say(config, f"{config.model_uri} ({origin['sha256'][:12]}) written to {output}")


def _note(path: Path, record: dict[str, Any]) -> None:
    path.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def _decision(config: DictConfig, sha256: str) -> dict[str, Any]:
    """What the registry knows of it: version, aliases, training figures, the gate's decision."""
    from stance.tracking.registry import version_of, versions

    tracking = make(config.tracking)
    number = version_of(tracking, sha256)
    found = [one for one in versions(tracking) if one["version"] == number]
    return {"registered": found[0]} if found else {}
