"""A last look after ``dvc repro``: one article's stances, both models, where everything lies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from stance.jobs.run import job, make, plain, say
from stance.schema.nouns import InputError


@job("show")
def main(config: DictConfig) -> None:
    """Print the table of one scored article, the models' macro-F1, the report, MLflow's UI."""
    from stance.jobs.score import table
    from stance.parties.registry import load_registry
    from stance.schema.table import PREDICTIONS, read_table
    from stance.scoring.summary import pairs_of

    if not Path(config.predictions).is_file():
        raise InputError(
            f"{config.predictions}: not there yet; `make demo` (or dvc repro) makes it"
        )
    predictions = read_table(Path(config.predictions), PREDICTIONS)
    own = predictions[predictions["article_id"] == config.article]
    if own.empty:
        known = ", ".join(sorted(set(predictions["article_id"])))
        raise InputError(f"article {config.article}: not among {known}")
    names = load_registry(plain(config)["parties"]).names()
    pairs = pairs_of(own)
    say(config, table(pairs, names, len(pairs)))
    say(config, models(config))
    say(config, f"report   {Path(config.report).absolute()}")
    say(config, f"MLflow   mlflow ui --backend-store-uri {make(config.tracking).uri}")


def models(config: DictConfig) -> Any:
    """The models and the floors on the test part, side by side."""
    from stance.evaluation.render import evaluation_table

    path = Path(config.evaluation)
    if not path.is_file():
        raise InputError(f"{path}: missing; run `dvc repro`")
    corpora = json.loads(path.read_text(encoding="utf-8")).get("corpora", {})
    if len(corpora) != 1:
        raise InputError(
            f"{path}: not the figures of several models on one corpus; make them with "
            "`stance evaluate model_uri=[A,B] output=FILE`"
        )
    (evaluated,) = corpora.values()
    return evaluation_table(evaluated)
