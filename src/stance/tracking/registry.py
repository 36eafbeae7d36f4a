"""Model URIs and the registry: from ``champion`` to a folder, and who is champion."""

from __future__ import annotations

import atexit
import io
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import redirect_stderr
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from stance.models.saving import read_record
from stance.schema.nouns import InputError
from stance.tracking.store import Run, Tracking

CHAMPION = "champion"
PREVIOUS = "previous"
#: What a logged model needs to be served.
REQUIREMENTS = ("torch", "transformers", "scikit-learn", "skops", "pandas", "pyarrow")


@dataclass(frozen=True, slots=True)
class Registered:
    """A version in the registry."""

    name: str
    version: str
    uri: str


def log_model(run: Run, folder: Path, example: Any, signature: Any, sha256: str) -> Registered:
    """Log a model folder as an MLflow model without pickle or code, and register it."""
    pins = [f"{name}=={version(name).split('+')[0]}" for name in REQUIREMENTS]
    # MLflow tells of every registration on standard error; the job says it in its own words.
    with redirect_stderr(io.StringIO()):
        info = run.mlflow.pyfunc.log_model(
            name="model",
            loader_module="stance.tracking.flavor",
            data_path=str(folder),
            signature=signature,
            input_example=example,
            pip_requirements=pins,
            registered_model_name=run.tracking.registered_name,
            metadata=_flat_record(folder),
        )
    name, number = run.tracking.registered_name, str(info.registered_model_version)
    client = run.mlflow.MlflowClient()
    client.set_model_version_tag(name, number, "kind", read_record(folder)["kind"])
    client.set_model_version_tag(name, number, "sha256", sha256)
    return Registered(name, number, f"models:/{name}/{number}")


def _flat_record(folder: Path) -> dict[str, Any]:
    record = read_record(folder)
    return {key: record[key] for key in ("format", "kind", "labels", "temperature", "threshold")}


def champion_version(tracking: Tracking) -> str | None:
    """The champion's version, or ``None`` while there is none."""
    return alias_version(tracking, CHAMPION)


def alias_version(tracking: Tracking, alias: str) -> str | None:
    """The version that has an alias, or ``None``."""
    mlflow = tracking.connect()
    try:
        found = mlflow.MlflowClient().get_model_version_by_alias(tracking.registered_name, alias)
    except mlflow.exceptions.MlflowException:
        return None
    return str(found.version)


def version_of(tracking: Tracking, sha256: str) -> str | None:
    """The newest registered version with these bytes, or ``None``."""
    client = tracking.connect().MlflowClient()
    found = client.search_model_versions(f"name = '{tracking.registered_name}'")
    numbers = [int(v.version) for v in found if v.tags.get("sha256") == sha256]
    return str(max(numbers)) if numbers else None


def promote(
    tracking: Tracking, number: str, decision: Mapping[str, str] | None = None
) -> str | None:
    """Make a version the champion; the one before is kept as ``previous`` and returned.

    ``decision`` becomes tags of the version. The alias itself moves in one step, last: if anything
    fails, both aliases are as they were.
    """
    old = champion_version(tracking)
    client, name = tracking.connect().MlflowClient(), tracking.registered_name
    client.get_model_version(name, number)
    for key, value in (decision or {}).items():
        client.set_model_version_tag(name, number, f"gate.{key}", value)
    before = alias_version(tracking, PREVIOUS)
    if old is not None and old != number:
        client.set_registered_model_alias(name, PREVIOUS, old)
    try:
        client.set_registered_model_alias(name, CHAMPION, number)
    except Exception:
        _restore(client, name, PREVIOUS, before)
        raise
    return old


def _restore(client: Any, name: str, alias: str, version: str | None) -> None:
    if version is None:
        client.delete_registered_model_alias(name, alias)
    else:
        client.set_registered_model_alias(name, alias, version)


def rollback(tracking: Tracking) -> tuple[str, str]:
    """Make the previous champion champion again; returns the new and the old version.

    The two change places, so that a second rollback undoes the first.
    """
    old, before = champion_version(tracking), alias_version(tracking, PREVIOUS)
    if old is None or before is None:
        raise InputError(
            f"rollback: {tracking.uri} has no {'champion' if old is None else 'earlier champion'}"
        )
    promote(tracking, before)
    return before, old


def resolve(uri: str, tracking: Tracking) -> Path:
    """A model URI as a folder on this machine.

    ``champion`` is short for ``models:/<registered_name>@champion``; a folder is itself; anything
    else MLflow resolves. Raises :class:`InputError` that says how to get what is missing.
    """
    if uri == CHAMPION:
        if champion_version(tracking) is None:
            raise InputError(
                f"model_uri champion: no champion in {tracking.uri} yet; train a model and promote "
                "it with `stance gate challenger=… gate.promote=true`, or use model_uri=rules"
            )
        uri = f"models:/{tracking.registered_name}@{CHAMPION}"
    if ":/" not in uri:
        folder = unpacked(Path(uri))
        exported = folder / "model"
        return exported if (exported / "stance.json").is_file() else folder
    mlflow = tracking.connect()
    try:
        os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
        local = Path(mlflow.artifacts.download_artifacts(artifact_uri=uri))
    except (mlflow.exceptions.MlflowException, OSError, ValueError) as error:
        reason = str(error).split("\n")[0][:200]
        raise InputError(f"model_uri {uri}: MLflow cannot resolve it: {reason}") from error
    return inside(local)


@cache
def unpacked(path: Path) -> Path:
    """The folder that an archive of ``stance export`` holds; a folder is itself."""
    if path.suffix != ".zip" or not path.is_file():
        return path
    folder = Path(tempfile.mkdtemp(prefix="stance-model-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        shutil.unpack_archive(path, folder)
    except (shutil.ReadError, OSError) as error:
        raise InputError(f"{path}: not an archive of `stance export`: {error}") from error
    return folder


def inside(local: Path) -> Path:
    """The model folder within an MLflow model's folder."""
    records = sorted(local.rglob("stance.json"), key=lambda path: len(path.parts))
    return records[0].parent if records else local


def versions(tracking: Tracking, last: int | None = None) -> list[dict[str, Any]]:
    """The newest registered versions: aliases, the training run's figures, what the gate noted."""
    mlflow = tracking.connect()
    client = mlflow.MlflowClient()
    try:
        aliases = client.get_registered_model(tracking.registered_name).aliases
    except mlflow.exceptions.MlflowException:
        aliases = {}
    found = client.search_model_versions(f"name = '{tracking.registered_name}'")
    rows = []
    for version_ in sorted(found, key=lambda v: int(v.version), reverse=True)[:last]:
        run = client.get_run(version_.run_id) if version_.run_id else None
        rows.append(
            {
                "version": str(version_.version),
                "aliases": sorted(a for a, v in aliases.items() if str(v) == str(version_.version)),
                "kind": run.info.run_name if run else version_.tags.get("kind", ""),
                "seed": run.data.params.get("seed", "") if run else "",
                "corpus": run.data.params.get("corpus.name", "") if run else "",
                "metrics": dict(run.data.metrics) if run else {},
                "gate": {
                    key.removeprefix("gate."): value
                    for key, value in version_.tags.items()
                    if key.startswith("gate.")
                },
            }
        )
    return rows
