"""The sides of a comparison: a model or a predictions file as the gate wants it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from omegaconf import DictConfig

from stance.jobs.run import make

NONE = "none"


def side_of(uri: str, config: DictConfig, gold: pd.DataFrame) -> Any:
    """Predictions on the gold pairs, with what tells one artefact from another."""
    from stance.evaluation.refusal import Side
    from stance.models.saving import model_sha256
    from stance.schema.table import PREDICTIONS, read_table
    from stance.scoring.predictions import predict_pairs
    from stance.tracking.opening import RULES, open_model
    from stance.tracking.registry import resolve

    if uri.endswith(".parquet"):
        return Side(uri, [read_table(Path(uri), PREDICTIONS)])
    tracking = make(config.tracking)
    model = open_model(uri, tracking)
    if uri == RULES:
        return Side(uri, [predict_pairs(model, gold)])
    folder = resolve(uri, tracking)
    seen = model.about.get("train_articles", [])
    return Side(uri, [predict_pairs(model, gold)], model_sha256(folder), seen)


def champion_of(config: DictConfig, gold: pd.DataFrame) -> Any:
    """The champion's side; ``None`` while there is none, or where none is wanted."""
    from stance.jobs.run import say
    from stance.tracking.registry import CHAMPION, champion_version

    if config.champion == NONE:
        return None
    if config.champion == CHAMPION and champion_version(make(config.tracking)) is None:
        say(config, "no champion yet: the floors alone decide")
        return None
    return side_of(str(config.champion), config, gold)
