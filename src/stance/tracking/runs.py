"""What earlier runs measured, read back from the store."""

from __future__ import annotations

from typing import Any

from stance.tracking.store import Tracking

#: Runs that are looked through for the newest of each kind.
LOOKED_AT = 1000


def evaluations(tracking: Tracking, last: int) -> list[dict[str, Any]]:
    """The newest evaluation of each model on each part of each corpus, the newest first.

    Each has ``model``, ``corpus``, ``construct``, ``split``, ``when`` (milliseconds since 1970) and
    ``metrics`` without the split's name before them.
    """
    runs = tracking.connect().search_runs(
        experiment_names=[tracking.experiment],
        filter_string="tags.job = 'evaluate' and attributes.status = 'FINISHED'",
        order_by=["attributes.start_time DESC"],
        max_results=LOOKED_AT,
        output_format="list",
    )
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for run in runs:
        tags = run.data.tags
        about = {name: tags.get(name, "") for name in ("model", "corpus", "construct", "split")}
        metrics = {
            name.removeprefix(f"{about['split']}."): value
            for name, value in run.data.metrics.items()
        }
        key = (*about.values(), tags.get("model_sha256", ""))
        found.setdefault(key, {**about, "when": run.info.start_time, "metrics": metrics})
    return list(found.values())[:last]
