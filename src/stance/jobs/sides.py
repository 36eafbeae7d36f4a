"""The sides of a comparison: models, or files of their predictions."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from omegaconf import DictConfig

from stance.jobs.run import make, say
from stance.schema.nouns import InputError

if TYPE_CHECKING:
    import pandas as pd

NONE = "none"
BEHAVIOUR, SPEED = "behaviour_pass_rate", "pairs_per_second"


@dataclass(frozen=True, slots=True)
class Opened:
    """A model or a predictions file (the other is ``None``).

    ``artefact`` is the model's sha256 (empty for the rules), ``trained_on`` the traces of what it
    was trained on.
    """

    uri: str
    model: Any = None
    frame: pd.DataFrame | None = None
    artefact: str = ""
    trained_on: Collection[str] = ()

    def predict(self, gold: pd.DataFrame) -> pd.DataFrame:
        """Its answers to the gold pairs."""
        from stance.scoring.predictions import predict_pairs

        return predict_pairs(self.model, gold) if self.frame is None else self.frame


def open_side(uri: str, config: DictConfig) -> Opened:
    """What is behind a URI, with what tells one artefact from another."""
    from stance.evaluation.files import is_predictions, read_predictions
    from stance.evaluation.traces import trained_on
    from stance.models.saving import model_sha256
    from stance.tracking.opening import RULES, open_model
    from stance.tracking.registry import resolve

    if is_predictions(uri):
        return Opened(uri, frame=read_predictions(uri))
    tracking = make(config.tracking)
    if uri == RULES:
        return Opened(uri, open_model(uri, tracking))
    folder = resolve(uri, tracking)
    model: Any = open_model(str(folder), tracking)
    return Opened(uri, model, None, model_sha256(folder), trained_on(model.about))


def artefact_of(uri: str, config: DictConfig) -> str:
    """The sha256 of a model without opening it; empty for the rules and for predictions."""
    from stance.evaluation.files import is_predictions
    from stance.scoring.plan import artefact
    from stance.tracking.opening import RULES
    from stance.tracking.registry import resolve

    if uri == RULES or is_predictions(uri):
        return ""
    return artefact(str(resolve(uri, make(config.tracking))))


def listed(value: Any) -> list[str]:
    """One URI or several; :class:`InputError` for none."""
    if value is None or value == []:
        raise InputError("an empty list or nothing stands where a model or a folder is asked for")
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]


def side_of(uris: str | Sequence[str], config: DictConfig, gold: pd.DataFrame) -> Any:
    """Predictions on the gold pairs; several URIs are one recipe's runs with several seeds."""
    from stance.evaluation.refusal import Side

    opened = [open_side(uri, config) for uri in listed(uris)]
    return Side(
        name=opened[0].uri,
        runs=[one.predict(gold) for one in opened],
        artefacts=[one.artefact for one in opened if one.artefact],
        trained_on=set[str]().union(*(one.trained_on for one in opened)),
        sources=[one.uri for one in opened],
    )


def champion_of(champion: Any, config: DictConfig, gold: pd.DataFrame) -> Any:
    """The champion's side; ``None`` while there is none, or where none is wanted."""
    from stance.tracking.registry import CHAMPION, champion_version

    if champion == NONE:
        return None
    if champion == CHAMPION and champion_version(make(config.tracking)) is None:
        say(config, "no champion yet: the floors alone decide")
        return None
    return side_of(champion, config, gold)


def measured_of(
    uris: str | Sequence[str], config: DictConfig, gold: pd.DataFrame, floors: Collection[str]
) -> dict[str, float]:
    """The figures that floors ask for and predictions do not tell: behaviour and speed."""
    wanted = {BEHAVIOUR, SPEED} & set(floors)
    if not wanted:
        return {}
    opened = open_side(listed(uris)[0], config)
    if opened.model is None:
        raise InputError(
            f"floors: {', '.join(sorted(wanted))} needs a model, {opened.uri} is predictions"
        )
    found = {}
    if BEHAVIOUR in wanted:
        found[BEHAVIOUR] = behaviour_of(opened).pass_rate
    if SPEED in wanted:
        start = time.perf_counter()
        opened.predict(gold)
        found[SPEED] = len(gold) / (time.perf_counter() - start)
    return found


def behaviour_of(opened: Opened) -> Any:
    """The behaviour suite, put to a model or judged from a file of answers."""
    from stance.evaluation.align import named
    from stance.evaluation.behaviour.run import run, score

    if opened.frame is not None:
        with named(opened.uri):
            return score(opened.frame)
    return run(lambda pairs: opened.model.answer(pairs).probabilities)
