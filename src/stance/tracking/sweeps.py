"""The parent run of a sweep, and what its jobs measured together."""

from __future__ import annotations

import pandas as pd

from stance.tracking.store import Tracking


def open_parent(tracking: Tracking, name: str) -> str:
    """Start a run that others will stand under, and return its id."""
    mlflow = tracking.connect()
    experiment = mlflow.get_experiment_by_name(tracking.experiment).experiment_id
    opened = mlflow.MlflowClient().create_run(experiment, run_name=name, tags={"job": "sweep"})
    return str(opened.info.run_id)


def close_parent(tracking: Tracking, run_id: str) -> pd.DataFrame:
    """End it, and return its :func:`summary`, which it keeps as the table ``summary.json``.

    Where the jobs differ by nothing but their seed, the means and standard deviations are metrics
    of the parent too.
    """
    client = tracking.connect().MlflowClient()
    found = summary(tracking, run_id)
    if not found.empty:
        client.log_table(run_id, found, "summary.json")
    if found["setting"].nunique() == 1:
        for row in found.to_dict("records"):
            client.log_metric(run_id, f"{row['metric']}.mean", row["mean"])
            if row["runs"] > 1:
                client.log_metric(run_id, f"{row['metric']}.sd", row["sd"])
    client.set_terminated(run_id)
    return found


def summary(tracking: Tracking, run_id: str) -> pd.DataFrame:
    """One row for each setting and metric: ``setting``, ``metric``, ``mean``, ``sd``, ``runs``.

    A setting is what was swept but the seed, empty where only the seed was; ``sd`` is the sample's
    standard deviation over the finished runs of the setting (NaN for one run). Metrics are the last
    that each run logged.
    """
    mlflow = tracking.connect()
    children = mlflow.search_runs(
        experiment_names=[tracking.experiment],
        filter_string=f"tags.mlflow.parentRunId = '{run_id}' and attributes.status = 'FINISHED'",
        output_format="list",
    )
    rows = [
        (child.data.tags.get("setting", ""), metric, value)
        for child in children
        for metric, value in child.data.metrics.items()
    ]
    values = pd.DataFrame(rows, columns=["setting", "metric", "value"])
    values["setting"] = _differences(values["setting"])
    groups = values.groupby(["setting", "metric"])["value"]
    return groups.agg(mean="mean", sd="std", runs="size").reset_index()


def _differences(settings: pd.Series) -> pd.Series:
    """The settings without the words that all of them have."""
    words = [set(setting.split(" ")) for setting in settings.unique()]
    common = set.intersection(*words) if words else set()
    return settings.map(
        lambda setting: " ".join(word for word in setting.split(" ") if word not in common)
    )
