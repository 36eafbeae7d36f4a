"""One tracking place for every run and sweep: a database file, or a server's URL."""

from __future__ import annotations

import json
import logging
import os
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from stance.evaluation.align import scored
from stance.schema.nouns import InputError
from stance.tracking.parent import PARENT, SETTING

#: How often a tracking server is asked again, with longer and longer pauses.
RETRIES = "2"
#: What MLflow does not take in the name of a metric.
_ALLOWED = re.compile(r"[^\w\-. :/]", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracking:
    """Where runs go; ``artifacts`` is the folder beside a database, unused on a server."""

    uri: str
    experiment: str = "stance"
    artifacts: str = "mlruns/artifacts"
    registered_name: str = "stance"

    def connect(self) -> Any:
        """MLflow, pointed at the store, with the experiment made if it is new."""
        os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
        # By default a server that does not answer is asked for minutes.
        os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", RETRIES)
        mlflow = _mlflow()
        mlflow.set_tracking_uri(self.address())
        try:
            if mlflow.get_experiment_by_name(self.experiment) is None:
                mlflow.create_experiment(self.experiment, artifact_location=self._location())
            mlflow.set_experiment(self.experiment)
        except mlflow.exceptions.MlflowException as error:
            reason = str(error).split("\n")[0][:200]
            raise InputError(f"tracking.uri {self.uri}: not usable: {reason}") from error
        return mlflow

    def address(self) -> str:
        """The store's URI with the whole path: MLflow keeps one store for each URI that it was
        given, whatever folder a relative one meant at the time.
        """
        if not self.uri.startswith("sqlite:///"):
            return self.uri
        path = Path(self.uri.removeprefix("sqlite:///")).absolute()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"tracking.uri {self.uri}: {path.parent} cannot be made: {error.strerror}"
            ) from error
        return f"sqlite:///{path}"

    def _location(self) -> str | None:
        # A relative place would follow whoever reads it later from another folder.
        if self.uri.startswith("sqlite:"):
            return Path(self.artifacts).absolute().as_uri()
        return None


@dataclass(frozen=True, slots=True)
class Run:
    """An open MLflow run and what the project writes into one."""

    mlflow: Any
    id: str
    tracking: Tracking

    def config(self, config: Mapping[str, Any]) -> None:
        """The whole composed config: a file, and its leaves as parameters."""
        self.mlflow.log_dict(dict(config), "config.json")
        leaves = {name: str(value)[:500] for name, value in flat(config).items()}
        self.mlflow.log_params(leaves)

    def corpus(self, pairs: pd.DataFrame, *, name: str, split: str, sha256: str) -> None:
        """The data as a dataset of the run; the full hash is a tag: digests hold 36 letters."""
        columns = ["pair_id", "text", "target", "label"]
        dataset = self.mlflow.data.from_pandas(
            pairs[columns].astype("string").fillna(""), name=name, digest=sha256[:36]
        )
        self.mlflow.log_input(dataset, context=split, tags={"sha256": sha256})
        self.mlflow.set_tag(f"corpus.{name}.{split}.sha256", sha256)

    def metrics(self, metrics: Mapping[str, Any], *, step: int | None = None) -> None:
        """Numbers; nested names are joined by a full stop, what is no number is left out."""
        numbers = {
            _ALLOWED.sub("_", name): float(value)
            for name, value in flat(metrics).items()
            if isinstance(value, int | float) and not isinstance(value, bool)
        }
        self.mlflow.log_metrics(numbers, step=step)

    def figure(self, figure: Any, name: str) -> None:
        """A matplotlib figure as PNG."""
        self.mlflow.log_figure(figure, f"plots/{name}.png")

    def evaluation(self, gold: pd.DataFrame, predictions: pd.DataFrame, sha256: str = "") -> None:
        """MLflow's own evaluation of the scored pairs, which its page shows and compares.

        With the ``sha256`` of a registered model its figures stand on that model's page too. Its
        plots are left out, since the project draws its own with intervals.
        """
        rows = scored(gold)[0][["pair_id", "text", "target", "label"]]
        answers = predictions.set_index("pair_id")["predicted"]
        rows = rows.assign(predicted=rows["pair_id"].map(answers)).astype("string").fillna("")
        self.mlflow.log_table(rows, "evaluation.json")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of labels that nobody predicts; `evaluate` tells them
            self.mlflow.models.evaluate(
                data=rows,
                targets="label",
                predictions="predicted",
                model_type="classifier",
                evaluators="default",
                # Of a prefix that ends in a slash MLflow makes mlflow/f1_score/mlflow/f1_score.
                evaluator_config={"log_model_explainability": False, "metric_prefix": "mlflow_"},
                model_id=self._model_id(sha256),
            )

    def _model_id(self, sha256: str) -> str | None:
        """MLflow's id of the newest registered model with these bytes."""
        if not sha256:
            return None
        client = self.mlflow.MlflowClient()
        name = self.tracking.registered_name
        found = client.search_model_versions(f"name = '{name}' and tags.sha256 = '{sha256}'")
        newest = max(found, key=lambda version: int(version.version), default=None)
        if newest is None:
            return None
        # Some stores leave the id out, and have it in where the version comes from.
        source = str(newest.source).removeprefix("models:/")
        return newest.model_id or (source if source.startswith("m-") else None)

    def file(self, path: Path, folder: str | None = None) -> None:
        """Any file."""
        self.mlflow.log_artifact(str(path), folder)

    def tags(self, tags: Mapping[str, Any]) -> None:
        """Words to find the run by."""
        self.mlflow.set_tags({name: str(value) for name, value in tags.items()})


@contextmanager
def run(tracking: Tracking, name: str, **tags: str) -> Iterator[Run]:
    """Open a run, under the open one or the sweep's if there is one; it ends FAILED on an error."""
    mlflow = tracking.connect()
    inside = mlflow.active_run() is not None
    parent = None if inside else os.environ.get(PARENT)
    with mlflow.start_run(run_name=name, parent_run_id=parent, nested=inside) as active:
        opened = Run(mlflow, active.info.run_id, tracking)
        opened.tags(tags)
        if parent:
            opened.tags({"setting": os.environ.get(SETTING, "")})
        yield opened


def flat(tree: Any, prefix: str = "") -> dict[str, Any]:
    """A tree of mappings and lists as dotted names."""
    if isinstance(tree, Mapping):
        items = list(tree.items())
    elif isinstance(tree, list) and tree and isinstance(tree[0], Mapping | list):
        items = list(enumerate(tree))
    else:
        return {prefix: json.dumps(tree) if isinstance(tree, list) else tree}
    leaves: dict[str, Any] = {}
    for key, value in items:
        leaves |= flat(value, f"{prefix}.{key}" if prefix else str(key))
    return leaves


def _mlflow() -> Any:
    """MLflow without the chatter of its migrations and of the libraries that it asks."""
    warnings.filterwarnings("ignore", module=r"mlflow\..*")
    import mlflow

    for name in ("alembic", "mlflow", "mlflow.store", "mlflow.tracking", "mlflow.models.model"):
        logging.getLogger(name).setLevel(logging.ERROR)
    return mlflow
