"""Prepared pairs → a run in MLflow, a model folder, a registered version."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from stance.jobs.evaluate import measured
from stance.jobs.run import job, make, plain, say
from stance.schema.nouns import InputError

#: What a model keeps of its corpus's manifest.
CORPUS = (
    *("name", "construct", "licence", "source", "revision", "inputs"),
    *("articles", "pairs", "directed", "languages"),
)


@job("train")
def main(config: DictConfig) -> None:
    """Read, fit, calibrate, save, measure on the development part, log, register."""
    from stance.corpora.prepare import read_manifest, read_split, split_sha256
    from stance.evaluation.metrics import evaluate
    from stance.evaluation.plots import plots
    from stance.models.fitting import fit_model
    from stance.models.saving import RECORD, model_sha256, save
    from stance.schema.files import check_place
    from stance.scoring.predictions import predict_pairs
    from stance.tracking.store import run

    check_place(Path(config.output) / RECORD)
    data = Path(config.data)
    manifest = read_manifest(data)
    allowed(config, manifest)
    train, dev = read_split(data, "train"), read_split(data, "dev")
    train = train.head(config.max_pairs) if config.max_pairs else train
    classifier = make(config.classifier.estimator)
    if not leads():
        # Of several processes the first keeps the record; the others only train along.
        classifier.fit(train, dev=dev, **keeping(config, classifier.kind))
        return
    with run(make(config.tracking), config.classifier.name, seed=str(config.seed)) as logged:
        logged.config(plain(config))
        for split, pairs in (("train", train), ("dev", dev)):
            sha256 = split_sha256(data, split)
            logged.corpus(pairs, name=manifest["name"], split=split, sha256=sha256)
        model = fit_model(
            classifier,
            train,
            dev,
            precision=config.precision,
            about=about(config, manifest, train),
            **keeping(config, classifier.kind, logged),
        )
        result = evaluate(dev, predict_pairs(model, dev))
        figures = ("macro_f1", "accuracy", "calibration_error", "n", "interval")
        model.about["dev"] = {name: result[name] for name in figures}
        folder = save(model, Path(config.output))
        shutil.rmtree(checkpoints(config), ignore_errors=True)
        logged.metrics({"dev": measured(result)})
        for name, figure in plots(result).items():
            logged.figure(figure, name)
        say(config, f"{config.classifier.name}: dev macro-F1 {result['macro_f1']:.3f}, in {folder}")
        if config.register:
            register(config, logged, folder, dev, model_sha256(folder))


def leads() -> bool:
    """Whether this is the only process, or the first of several."""
    from stance.models.training import processes

    return processes.leads()


def keeping(config: DictConfig, kind: str, logged: Any = None) -> dict[str, Any]:
    """What a classifier that trains by steps is told besides its pairs: where to keep them."""
    if kind not in ("span", "pair"):
        return {}
    told: dict[str, Any] = {"checkpoints": checkpoints(config), "resume": config.resume}
    if logged is not None:
        told["log"] = lambda step, numbers: logged.metrics(numbers, step=step)
    return told


def checkpoints(config: DictConfig) -> Path:
    """Beside the model, until it is saved."""
    output = Path(config.output)
    return output.with_name(f"{output.name}.checkpoints")


def allowed(config: DictConfig, manifest: dict[str, Any]) -> None:
    """Refuse a corpus that may not be used freely, unless somebody takes it upon them."""
    if manifest["restricted"] and not config.allow_restricted:
        raise InputError(
            f"corpus {manifest['name']}: its licence ({manifest['licence']}) is non-commercial or "
            "not stated; set allow_restricted=true to train on it, which the model then records"
        )


def about(config: DictConfig, manifest: dict[str, Any], train: Any) -> dict[str, Any]:
    """What ``stance.json`` tells of the model's making."""
    from stance.evaluation.traces import training_record

    return {
        "name": config.classifier.name,
        "seed": config.seed,
        "corpora": [{key: manifest[key] for key in CORPUS}],
        "restricted": manifest["restricted"],
        "languages": manifest["languages"],
        **training_record(train),
    }


def register(config: DictConfig, logged: Any, folder: Path, dev: Any, sha256: str) -> None:
    """Log the folder as an MLflow model and register it."""
    from stance.tracking.flavor import example_of, signature
    from stance.tracking.registry import log_model

    version = log_model(logged, folder, example_of(dev), signature(), sha256)
    logged.tags({"model_sha256": sha256, "model_uri": version.uri})
    say(config, f"registered as {version.uri} (run {logged.id})")
