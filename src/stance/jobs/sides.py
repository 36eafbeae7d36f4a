"""The sides of a comparison: a model or a predictions file as the gate wants it."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from omegaconf import DictConfig

from stance.jobs.run import make, say
from stance.schema.nouns import InputError

NONE = "none"
BEHAVIOUR, SPEED = "behaviour_pass_rate", "pairs_per_second"


@dataclass(frozen=True, slots=True)
class Opened:
    """A model with its sha256 (empty for the rules) and the articles that it was trained on."""

    model: Any
    artefact: str = ""
    trained_on: Collection[str] = ()


def open_side(uri: str, config: DictConfig) -> Opened:
    """The model behind a URI, with what tells one artefact from another."""
    from stance.models.saving import model_sha256
    from stance.tracking.opening import RULES, open_model
    from stance.tracking.registry import resolve

    tracking = make(config.tracking)
    if uri == RULES:
        return Opened(open_model(uri, tracking))
    folder = resolve(uri, tracking)
    model: Any = open_model(str(folder), tracking)
    return Opened(model, model_sha256(folder), model.about.get("train_articles", ()))


def side_of(uris: str | Sequence[str], config: DictConfig, gold: pd.DataFrame) -> Any:
    """Predictions on the gold pairs; several URIs are one recipe's runs with several seeds."""
    from stance.evaluation.refusal import Side
    from stance.schema.table import PREDICTIONS, read_table
    from stance.scoring.predictions import predict_pairs

    named = [uris] if isinstance(uris, str) else [str(uri) for uri in uris]
    runs, first, trained_on = [], "", set[str]()
    for uri in named:
        if uri.endswith(".parquet"):
            runs.append(read_table(Path(uri), PREDICTIONS))
            continue
        opened = open_side(uri, config)
        runs.append(predict_pairs(opened.model, gold))
        first = first or opened.artefact
        trained_on |= set(opened.trained_on)
    return Side(named[0], runs, first, trained_on)


def champion_of(config: DictConfig, gold: pd.DataFrame) -> Any:
    """The champion's side; ``None`` while there is none, or where none is wanted."""
    from stance.tracking.registry import CHAMPION, champion_version

    if config.champion == NONE:
        return None
    if config.champion == CHAMPION and champion_version(make(config.tracking)) is None:
        say(config, "no champion yet: the floors alone decide")
        return None
    return side_of(str(config.champion), config, gold)


def measured_of(
    uris: str | Sequence[str], config: DictConfig, gold: pd.DataFrame, floors: Collection[str]
) -> dict[str, float]:
    """The figures that floors ask for and predictions do not tell: behaviour and speed."""
    from stance.evaluation.behaviour.run import run
    from stance.scoring.predictions import predict_pairs

    wanted = {BEHAVIOUR, SPEED} & set(floors)
    uri = uris if isinstance(uris, str) else str(uris[0])
    if not wanted:
        return {}
    if uri.endswith(".parquet"):
        raise InputError(f"floors: {', '.join(sorted(wanted))} needs a model, {uri} is predictions")
    model = open_side(uri, config).model
    found = {}
    if BEHAVIOUR in wanted:
        found[BEHAVIOUR] = run(lambda pairs: model.answer(pairs).probabilities).pass_rate
    if SPEED in wanted:
        start = time.perf_counter()
        predict_pairs(model, gold)
        found[SPEED] = len(gold) / (time.perf_counter() - start)
    return found
