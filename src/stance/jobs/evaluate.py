"""Models on one split of prepared corpora → figures with intervals, plots, predictions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from omegaconf import DictConfig

from stance.jobs.run import job, make, plain, say
from stance.schema.nouns import InputError


@job("evaluate")
def main(config: DictConfig) -> None:
    """Predict, measure beside the floors, write, log, show; each corpus by itself."""
    from stance.evaluation.render import behaviour_table, evaluation_table, slices_table
    from stance.schema.files import write_json
    from stance.tracking.opening import open_model

    named = plain(config)
    uris = _list(named["model_uri"])
    folders = [Path(folder) for folder in _list(named["data"])]
    tracking = make(config.tracking)
    models = {uri: open_model(uri, tracking) for uri in uris}
    behaviour = {uri: _behaviour(model) for uri, model in models.items() if config.behaviour}
    found = {folder: on_corpus(config, folder, models) for folder in folders}
    for evaluated in found.values():
        say(config, evaluation_table(evaluated))
        if config.slices:
            for uri in uris:
                say(config, slices_table(evaluated["models"][uri]))
    for report in behaviour.values():
        say(config, behaviour_table(report))
    if config.output:
        write_json(_result(found, uris, behaviour), Path(config.output))


def on_corpus(config: DictConfig, folder: Path, models: dict[str, Any]) -> dict[str, Any]:
    """The models and the floors on one corpus; one run in MLflow for each model."""
    from stance.corpora.prepare import known_parties, read_manifest, read_split, split_sha256
    from stance.evaluation.many import evaluate_many
    from stance.schema.table import ARTICLES, PREDICTIONS, read_table, write_table
    from stance.scoring.predictions import predict_pairs

    manifest, gold = read_manifest(folder), read_split(folder, config.split)
    predictions = {uri: predict_pairs(model, gold) for uri, model in models.items()}
    evaluated = evaluate_many(
        gold,
        predictions | (floors(folder, gold) if config.floors else {}),
        articles=read_table(folder / "articles.parquet", ARTICLES),
        known_parties=known_parties(folder, config.split),
        draws=config.draws,
        seed=config.seed,
    )
    sha256 = split_sha256(folder, config.split)
    for uri, frame in predictions.items():
        result = evaluated["models"][uri]
        result |= {"model_uri": uri, "split": config.split, "test_sha256": sha256}
        result["gains"] = evaluated["gains"][uri]
        log(config, uri, manifest["name"], gold, frame, result)
    if config.predictions:
        if len(predictions) > 1:
            raise InputError("predictions: one file holds one model's; name one model_uri")
        write_table(next(iter(predictions.values())), Path(config.predictions), PREDICTIONS)
    return evaluated


def floors(folder: Path, gold: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The commonest label, and TF-IDF that does not see the target, both of the training part."""
    from stance.corpora.prepare import read_split
    from stance.evaluation.many import MAJORITY, TARGET_BLIND
    from stance.models.fitting import fit_model
    from stance.models.majority import MajorityClassifier
    from stance.models.tfidf import TfidfClassifier
    from stance.scoring.predictions import predict_pairs

    if not (folder / "train.parquet").is_file():
        return {}
    train = read_split(folder, "train")
    made = {MAJORITY: MajorityClassifier(), TARGET_BLIND: TfidfClassifier(target_aware=False)}
    return {
        name: predict_pairs(fit_model(classifier, train, None), gold)
        for name, classifier in made.items()
    }


def log(
    config: DictConfig,
    uri: str,
    corpus: str,
    gold: pd.DataFrame,
    predictions: pd.DataFrame,
    result: dict[str, Any],
) -> None:
    """A run with figures, plots, the pairs as a table, and MLflow's own evaluation beside."""
    from stance.evaluation.plots import plots
    from stance.tracking.store import run

    with run(make(config.tracking), f"evaluate {uri}", job="evaluate", corpus=corpus) as logged:
        logged.config(plain(config))
        sha256 = result["test_sha256"]
        logged.corpus(gold, name=corpus, split=config.split, sha256=sha256)
        logged.metrics({config.split: measured(result)})
        for name, figure in plots(result).items():
            logged.figure(figure, name)
        logged.evaluation(gold, predictions)


def measured(result: dict[str, Any]) -> dict[str, Any]:
    """The figures of an evaluation that a run shows."""
    names = ("macro_f1", "accuracy", "matthews", "calibration_error", "per_class", "n")
    return {name: result[name] for name in names if name in result}


def _behaviour(model: Any) -> Any:
    from stance.evaluation.behaviour.run import run

    return run(lambda pairs: model.answer(pairs).probabilities)


def _result(
    found: dict[Path, dict[str, Any]], uris: list[str], behaviour: dict[str, Any]
) -> dict[str, Any]:
    """One model on one corpus has its figures at the top; several have theirs by corpus."""
    told = {uri: report.to_dict() for uri, report in behaviour.items()}
    if len(found) == 1 and len(uris) == 1:
        (evaluated,) = found.values()
        beneath = {name: measured(r) for name, r in evaluated["models"].items() if name not in uris}
        return {**evaluated["models"][uris[0]], "floors": beneath, "behaviour": told.get(uris[0])}
    return {"corpora": {str(folder): one for folder, one in found.items()}, "behaviour": told}


def _list(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]
