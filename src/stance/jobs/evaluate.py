"""A model on one split of a prepared corpus → figures with intervals, plots, predictions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from stance.jobs.run import job, make, plain, say


@job("evaluate")
def main(config: DictConfig) -> None:
    """Predict, measure, write, log."""
    from stance.corpora.prepare import read_manifest, read_split, split_sha256
    from stance.evaluation.metrics import evaluate
    from stance.evaluation.plots import plots
    from stance.schema.files import write_json
    from stance.schema.table import ARTICLES, PREDICTIONS, read_table, write_table
    from stance.scoring.predictions import predict_pairs
    from stance.tracking.opening import open_model
    from stance.tracking.store import run

    data = Path(config.data)
    manifest, gold = read_manifest(data), read_split(data, config.split)
    known = set(read_split(data, "train")["target_party"]) if config.split != "train" else None
    tracking = make(config.tracking)
    predictions = predict_pairs(open_model(config.model_uri, tracking), gold)
    result = evaluate(
        gold,
        predictions,
        articles=read_table(data / "articles.parquet", ARTICLES),
        known_parties=known,
        draws=config.draws,
        seed=config.seed,
    )
    result["model_uri"], result["split"] = config.model_uri, config.split
    result["test_sha256"] = split_sha256(data, config.split)
    with run(tracking, f"evaluate {config.model_uri}", job="evaluate") as logged:
        logged.config(plain(config))
        sha256 = result["test_sha256"]
        logged.corpus(gold, name=manifest["name"], split=config.split, sha256=sha256)
        logged.metrics({config.split: measured(result)})
        for name, figure in plots(result).items():
            logged.figure(figure, name)
    if config.output:
        write_json(result, Path(config.output))
    if config.predictions:
        write_table(predictions, Path(config.predictions), PREDICTIONS)
    say(config, table({config.model_uri: result}))


def measured(result: dict[str, Any]) -> dict[str, Any]:
    """The figures of an evaluation that a run shows."""
    names = ("macro_f1", "accuracy", "matthews", "calibration_error", "per_class", "n")
    return {name: result[name] for name in names if name in result}


def table(results: dict[str, dict[str, Any]]) -> Any:
    """Models side by side, each figure with its interval."""
    from rich.table import Table

    first = next(iter(results.values()))
    title = f"{first['corpus']} ({first['construct']}): {first['n']} pairs"
    rows = Table(title=title, title_justify="left")
    for name in ("model", "macro-F1", "accuracy", "opposition", "neutral", "support"):
        rows.add_column(name, justify="left" if name == "model" else "right")
    for name, result in results.items():
        classes = [
            f"{result['per_class'][c]['f1']:.3f}" for c in ("opposition", "neutral", "support")
        ]
        rows.add_row(name, *(_with_interval(result, m) for m in ("macro_f1", "accuracy")), *classes)
    return rows


def _with_interval(result: dict[str, Any], name: str) -> str:
    low, high = result["interval"][name]
    return f"{result[name]:.3f} [{low:.3f}, {high:.3f}]"
