"""Classifiers of pairs: plain estimators that know neither Hydra nor MLflow."""

from stance.models.saving import StanceModel, load, save

__all__ = ["StanceModel", "load", "save"]
