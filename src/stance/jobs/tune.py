"""A search for good parameters: an Optuna study that goes on where it was, logged in MLflow."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from omegaconf import DictConfig, OmegaConf

from stance.jobs.run import job, make, plain, say
from stance.jobs.train import allowed
from stance.schema.nouns import InputError

if TYPE_CHECKING:
    import pandas as pd


@job("tune")
def main(config: DictConfig) -> None:
    """Open the study, try what is left of its trials, say and log the best."""
    from stance.corpora.prepare import read_manifest, read_split, split_sha256
    from stance.models.search import finished, open_study, suggest
    from stance.tracking.store import run

    data = Path(config.data)
    allowed(config, read_manifest(data))
    train = read_split(data, "train")
    train = train.head(config.max_pairs) if config.max_pairs else train
    study = open_study(config.study, config.storage, about(config, split_sha256), config.seed)
    left = max(0, config.trials - finished(study))
    say(config, f"study {config.study}: {finished(study)} trials are there, {left} to go")
    with run(make(config.tracking), f"tune {config.study}", job="tune") as parent:
        parent.config(plain(config))
        for _ in range(left):
            trial = study.ask()
            settings = suggest(trial, plain(config)["space"])
            scores = tried(config, settings, train)
            study.tell(trial, fmean(scores))
            log(config, trial.number, settings, scores)
        if not finished(study):
            raise InputError(f"trials {config.trials}: name one at least")
        best = study.best_trial
        parent.metrics({"best.macro_f1": best.value, "trials": finished(study)})
        parent.tags({"study": config.study, "storage": config.storage, "best": best.number})
        parent.mlflow.log_dict(dict(best.params), "best.json")
    say(config, f"best: macro-F1 {best.value:.3f}, trial {best.number}; train it with")
    say(config, command(config, best.params))


def about(config: DictConfig, sha256: Any) -> dict[str, Any]:
    """What has to be the same for two trials to be comparable."""
    keys = ("seed", "folds", "max_pairs")
    return {
        "classifier": plain(config)["classifier"],
        "data": sha256(Path(config.data), "train"),
        **{key: config[key] for key in keys},
    }


def tried(config: DictConfig, settings: Mapping[str, Any], train: pd.DataFrame) -> list[float]:
    """Macro-F1 on each fold, or with ``folds=0`` on the development part."""
    from stance.corpora.prepare import read_split
    from stance.models.search import folds, macro_f1

    if not config.folds:
        dev = read_split(Path(config.data), "dev")
        return [macro_f1(estimator(config, settings).fit(train, dev=dev), dev)]
    return [
        macro_f1(estimator(config, settings).fit(learnt), held_out)
        for learnt, held_out in folds(train, config.folds, config.seed)
    ]


def estimator(config: DictConfig, settings: Mapping[str, Any]) -> Any:
    """The classifier with these settings in the place of the config's."""
    node: Any = OmegaConf.create(OmegaConf.to_container(config.classifier.estimator, resolve=True))
    for name, value in settings.items():
        OmegaConf.update(node, name, value)
    return make(node)


def log(config: DictConfig, number: int, settings: Mapping[str, Any], scores: list[float]) -> None:
    """A run for the trial, under the search's."""
    from stance.tracking.store import run

    with run(make(config.tracking), f"trial {number}", job="trial") as logged:
        logged.mlflow.log_params(settings)
        logged.metrics({"macro_f1": fmean(scores)})
        logged.metrics({f"fold.{k}.macro_f1": score for k, score in enumerate(scores, 1)})


def command(config: DictConfig, params: Mapping[str, Any]) -> str:
    """The training of the best trial, to be copied."""
    keys = [f"classifier.estimator.{name}={value}" for name, value in params.items()]
    chosen = f"stance train classifier={config.classifier.name} corpus={config.corpus.name}"
    return " ".join([chosen, *keys, f"seed={config.seed}"])
