"""From a model URI to something that answers: a folder, the registry's, or the rules."""

from __future__ import annotations

from typing import Any

from omegaconf import DictConfig

from stance.jobs.run import make

RULES = "rules"


def open_model(uri: str, config: DictConfig) -> Any:
    """The model behind ``uri``: ``rules``, a folder, ``champion``, or what MLflow resolves."""
    if uri == RULES:
        from stance.labeling.model import RulesModel

        return RulesModel()
    from stance.models.saving import load
    from stance.tracking.registry import resolve

    return load(resolve(uri, make(config.tracking)))
