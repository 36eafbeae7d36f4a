"""A search over the parameters of a classifier: a space, a study on disk, folds by article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold

from stance.models.base import StanceClassifier, labelled_free
from stance.schema.nouns import LABELS, InputError

#: The keys of a range in a space.
RANGE = {"low", "high", "log", "step"}
#: The attribute of a study that tells what it measures.
ABOUT = "about"
_SQLITE = "sqlite:///"


def open_study(name: str, storage: str, about: Mapping[str, Any], seed: int) -> Any:
    """Optuna's study of this name, made if it is new; its trials are kept in ``storage``.

    Raises :class:`InputError` where trials stand in it that measured something else than ``about``.
    """
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    if storage.startswith(_SQLITE):
        Path(storage.removeprefix(_SQLITE)).parent.mkdir(parents=True, exist_ok=True)
    study = optuna.create_study(
        study_name=name, storage=storage, direction="maximize", load_if_exists=True
    )
    before = study.user_attrs.get(ABOUT)
    if before is not None and before != dict(about):
        changed = ", ".join(sorted(key for key in about if before.get(key) != about[key]))
        raise InputError(
            f"study {name} in {storage}: its trials have another {changed}; "
            "set them as they were, or name another study"
        )
    study.set_user_attr(ABOUT, dict(about))
    # The same seed each time would try the same values again where a search goes on.
    study.sampler = optuna.samplers.TPESampler(seed=seed + len(study.trials))
    return study


def finished(study: Any) -> int:
    """Trials that were measured to their end; a kill leaves others."""
    from optuna.trial import TrialState

    return len(study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,)))


def suggest(trial: Any, space: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Dotted names with a value each: of a list one, of ``{low, high}`` a number between."""
    found: dict[str, Any] = {}
    for key, values in space.items():
        name = f"{prefix}{key}"
        if isinstance(values, list):
            found[name] = trial.suggest_categorical(name, values)
        elif isinstance(values, Mapping) and {"low", "high"} <= values.keys() <= RANGE:
            whole = isinstance(values["low"], int) and isinstance(values["high"], int)
            number = trial.suggest_int if whole else trial.suggest_float
            found[name] = number(name, **values)
        elif isinstance(values, Mapping):
            found |= suggest(trial, values, f"{name}.")
        else:
            raise InputError(f"space.{name}: {values}: name a list, or low and high")
    return found


def folds(
    train: pd.DataFrame, count: int, seed: int
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """What is learnt from and what is held out, ``count`` times; no article is in both."""
    articles = train["article_id"].nunique()
    if not 2 <= count <= articles:
        raise InputError(f"folds {count}: name 2 to {articles}, as many as there are articles")
    splitter = StratifiedGroupKFold(count, shuffle=True, random_state=seed)
    labels = train["label"].fillna("none")
    for learnt, held_out in splitter.split(train, labels, train["article_id"]):
        yield train.iloc[learnt], train.iloc[held_out]


def macro_f1(classifier: StanceClassifier, held_out: pd.DataFrame) -> float:
    """Of a fitted classifier on the holder-free pairs."""
    pairs, labels = labelled_free(held_out)
    found = f1_score(
        labels, classifier.predict(pairs), average="macro", labels=list(LABELS), zero_division=0
    )
    return float(found)
