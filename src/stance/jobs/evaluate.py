"""Models on one split of prepared corpora → figures with intervals, plots, predictions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from omegaconf import DictConfig

from stance.jobs.run import check_places, job, make, plain, progress, say
from stance.jobs.sides import Opened, behaviour_of, listed, open_side
from stance.schema.nouns import InputError

if TYPE_CHECKING:
    import pandas as pd


@job("evaluate")
def main(config: DictConfig) -> None:
    """Predict, measure beside the floors, write, log, show; each corpus by itself."""
    from stance.evaluation.render import behaviour_table, evaluation_table, slices_table
    from stance.schema.files import write_json

    check_places(config, "output", "predictions")
    named = plain(config)
    models = [open_side(uri, config) for uri in listed(named["model_uri"])]
    if config.predictions and len(models) > 1:
        raise InputError("predictions: one file holds one model's; name one model_uri")
    found: dict[str, dict[str, Any]] = {}
    for folder in listed(named["data"]):
        found |= on_folder(config, Path(folder), models)
    behaviour = {one.uri: behaviour_of(one) for one in models if config.behaviour and one.model}
    for evaluated in found.values():
        say(config, evaluation_table(evaluated))
        for one in models if config.slices else ():
            say(config, slices_table(evaluated["models"][one.uri]))
    for report in behaviour.values():
        say(config, behaviour_table(report))
    if config.output:
        write_json(result(found, [one.uri for one in models], behaviour), Path(config.output))


def on_folder(config: DictConfig, folder: Path, models: list[Opened]) -> dict[str, dict[str, Any]]:
    """The models and the floors on each corpus of a prepared folder; a mixture has several."""
    from stance.corpora.prepare import read_split
    from stance.evaluation.align import named, of_pairs
    from stance.evaluation.many import by_corpus
    from stance.schema.table import PREDICTIONS, write_table

    gold = read_split(folder, config.split)
    answers = {one.uri: one.predict(gold) for one in progress(models, "predict", len(models))}
    if config.predictions:
        write_table(next(iter(answers.values())), Path(config.predictions), PREDICTIONS)
    beneath = floors(config, folder, gold)
    parts = by_corpus(gold)
    found = {}
    for corpus, part in parts.items():
        own = {}
        for name, frame in (answers | beneath).items():
            with named(name):
                own[name] = of_pairs(frame, part, gold)
        where = str(folder) if len(parts) == 1 else f"{folder}: {corpus}"
        found[where] = on_corpus(config, folder, part, own, models)
    return found


def on_corpus(
    config: DictConfig,
    folder: Path,
    gold: pd.DataFrame,
    answers: dict[str, pd.DataFrame],
    models: list[Opened],
) -> dict[str, Any]:
    """Models and floors on the pairs of one corpus; one run in MLflow for each model."""
    from stance.corpora.prepare import known_parties, split_sha256
    from stance.evaluation.many import evaluate_many
    from stance.evaluation.traces import seen_in_training
    from stance.schema.table import ARTICLES, read_table

    evaluated = evaluate_many(
        gold,
        answers,
        articles=read_table(folder / "articles.parquet", ARTICLES),
        known_parties=known_parties(folder, config.split),
        draws=config.draws,
        seed=config.seed,
    )
    for one in models:
        result = evaluated["models"][one.uri]
        seen = seen_in_training(gold, one.trained_on)
        if seen:
            say(config, f"{one.uri}: was trained on {len(seen)} of these articles; no honest test")
        result |= {
            "model_uri": one.uri,
            "split": config.split,
            "test_sha256": split_sha256(folder, config.split),
            "articles_seen_in_training": len(seen),
            "gains": evaluated["gains"][one.uri],
        }
        log(config, one, gold, answers[one.uri], evaluated)
    return evaluated


def floors(config: DictConfig, folder: Path, gold: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The commonest label, and TF-IDF that does not see the target, both of the training part."""
    from stance.corpora.prepare import read_split
    from stance.evaluation.many import MAJORITY, TARGET_BLIND
    from stance.models.fitting import fit_model
    from stance.models.majority import MajorityClassifier
    from stance.models.tfidf import TfidfClassifier
    from stance.scoring.predictions import predict_pairs

    if not config.floors:
        return {}
    if not (folder / "train.parquet").is_file():
        say(config, f"{folder}: no training part, so there are no floors to stand beside")
        return {}
    train = read_split(folder, "train")
    made = {MAJORITY: MajorityClassifier(), TARGET_BLIND: TfidfClassifier(target_aware=False)}
    return {
        name: predict_pairs(fit_model(classifier, train, None), gold)
        for name, classifier in made.items()
    }


def log(
    config: DictConfig,
    opened: Opened,
    gold: pd.DataFrame,
    predictions: pd.DataFrame,
    evaluated: dict[str, Any],
) -> None:
    """A run with figures, plots, the pairs as a table, and MLflow's own evaluation beside."""
    from stance.evaluation.plots import plot_coverage, plots
    from stance.tracking.store import run

    result = evaluated["models"][opened.uri]
    corpus, split = result["corpus"], config.split
    tags = {"job": "evaluate", "corpus": corpus, "split": split, "model": opened.uri}
    tags |= {"construct": result["construct"], "model_sha256": opened.artefact}
    name = f"evaluate {opened.uri} on {corpus}/{split}"
    with run(make(config.tracking), name, **tags) as logged:
        logged.config(plain(config))
        logged.corpus(gold, name=corpus, split=split, sha256=result["test_sha256"])
        logged.metrics({split: measured(result)})
        logged.mlflow.log_dict(result, "result.json")
        for name, figure in plots(result).items():
            logged.figure(figure, name)
        logged.figure(plot_coverage(evaluated["models"]), "coverage_accuracy_beside")
        logged.evaluation(gold, predictions, opened.artefact)


def measured(result: dict[str, Any]) -> dict[str, Any]:
    """The figures of an evaluation that a run shows."""
    names = ("macro_f1", "accuracy", "matthews", "calibration_error", "per_class", "n")
    return {name: result[name] for name in (*names, "holder_right") if result.get(name) is not None}


def result(
    found: dict[str, dict[str, Any]], uris: list[str], behaviour: dict[str, Any]
) -> dict[str, Any]:
    """One model on one corpus has its figures at the top; several have theirs by corpus."""
    told = {uri: report.to_dict() for uri, report in behaviour.items()}
    if len(found) == 1 and len(uris) == 1:
        (evaluated,) = found.values()
        beneath = {name: measured(r) for name, r in evaluated["models"].items() if name not in uris}
        return {**evaluated["models"][uris[0]], "floors": beneath, "behaviour": told.get(uris[0])}
    return {"corpora": found, "behaviour": told}
