"""A/A: the gate judges runs of the same thing, trained with other seeds or asked again."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omegaconf import DictConfig, OmegaConf

from stance.jobs.run import make, plain, progress, say
from stance.jobs.sides import listed, open_side
from stance.schema.nouns import InputError

if TYPE_CHECKING:
    import pandas as pd


def equals(config: DictConfig, gold: pd.DataFrame) -> None:
    """Get the runs, judge them against each other, say how often the verdict flips, log."""
    from stance.evaluation.aa import aa
    from stance.schema.files import write_json
    from stance.tracking.store import run

    runs = runs_of(config, gold)
    found = aa(gold, runs, make(config.gate.settings))
    told = asdict(found) | {"false_alarms": found.false_alarms}
    with run(make(config.tracking), "gate A/A", job="gate", verdict="A/A") as logged:
        logged.config(plain(config))
        logged.metrics({"aa": told})
        logged.mlflow.log_dict(told, "aa.json")
    if config.output:
        write_json(told, Path(config.output))
    say(config, f"{found.runs} runs of the same thing differ on {found.differing:.1%} of the pairs")
    say(config, f"one run against another: {counted(found.verdicts)}")
    say(config, f"the verdict flips between the two directions in {found.flipped:.0%} of the cases")
    say(
        config,
        f"equal mixtures of two runs: {counted(found.shuffled)}; "
        f"false alarms {found.false_alarms:.1%}",
    )


def counted(verdicts: dict[str, int]) -> str:
    """Verdicts and how often they came."""
    return ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))


def runs_of(config: DictConfig, gold: pd.DataFrame) -> list[pd.DataFrame]:
    """Predictions of the same thing: of a recipe trained with several seeds, or of challengers.

    A single challenger is asked twice.
    """
    named = plain(config)
    if named["challenger"] is not None:
        opened = [open_side(uri, config) for uri in listed(named["challenger"])]
        asked = opened if len(opened) > 1 else opened * 2
        return [one.predict(gold) for one in asked]
    if named.get("classifier") is None:
        raise InputError("gate.aa: give challenger=URI or [URI, …], or classifier=NAME to train")
    seeds = listed(named["gate"]["seeds"])
    return [trained(config, seed, gold) for seed in progress(seeds, "train", len(seeds))]


def trained(config: DictConfig, seed: str, gold: pd.DataFrame) -> Any:
    """Predictions of the recipe, trained on the training part with one seed."""
    from stance.corpora.prepare import read_split
    from stance.models.fitting import fit_model
    from stance.scoring.predictions import predict_pairs

    own = OmegaConf.merge(config, {"seed": int(seed)})
    train = read_split(Path(config.data), "train")
    model = fit_model(make(own.classifier.estimator), train, None)
    return predict_pairs(model, gold)
