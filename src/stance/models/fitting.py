"""From a classifier to a model: fit, calibrate on held-out pairs, choose where to abstain."""

from __future__ import annotations

from typing import Any

import pandas as pd

from stance.models.base import StanceClassifier, labelled_free
from stance.models.calibration import calibration_error, fit_temperature, fit_threshold, scale
from stance.models.saving import StanceModel


def fit_model(
    classifier: StanceClassifier,
    train: pd.DataFrame,
    dev: pd.DataFrame | None,
    *,
    precision: float = 0.8,
    about: dict[str, Any] | None = None,
    **options: Any,
) -> StanceModel:
    """Fit on ``train``; with ``dev`` find the temperature and the abstain threshold there."""
    classifier.fit(train, dev=dev, **options)
    model = StanceModel(classifier, about=dict(about or {}))
    if dev is not None and len(dev):
        calibrate(model, dev, precision)
    return model


def calibrate(model: StanceModel, dev: pd.DataFrame, precision: float) -> None:
    """Set temperature and threshold from held-out pairs, and note the error before and after."""
    pairs, labels = labelled_free(dev)
    raw = model.classifier.predict_proba(pairs)
    model.temperature = fit_temperature(raw, labels)
    scaled = scale(raw, model.temperature)
    model.threshold = fit_threshold(scaled, labels, precision=precision)
    model.about["calibration"] = {
        "pairs": len(pairs),
        "error_before": calibration_error(raw, labels),
        "error_after": calibration_error(scaled, labels),
        "temperature": model.temperature,
        "abstain_below": model.threshold,
        "for_precision": precision,
    }
