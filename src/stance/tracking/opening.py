"""From a model URI to something that answers: the rules, a folder, or what the registry has."""

from __future__ import annotations

import os

from stance.labeling.model import RulesModel
from stance.models.saving import StanceModel, load
from stance.tracking.registry import resolve
from stance.tracking.store import Tracking

RULES = "rules"
DEFAULT_URI = "sqlite:///mlruns/mlflow.db"


def open_model(
    uri: str, tracking: Tracking | None = None, *, tracking_uri: str | None = None
) -> StanceModel | RulesModel:
    """The model behind ``uri``: ``rules``, a folder, ``champion``, or what MLflow resolves.

    Without ``tracking`` the store is ``tracking_uri``, ``MLFLOW_TRACKING_URI``, or the database in
    the current folder.
    """
    if uri == RULES:
        return RulesModel()
    place = tracking_uri or os.environ.get("MLFLOW_TRACKING_URI") or DEFAULT_URI
    return load(resolve(uri, tracking or Tracking(uri=place)))
