"""Runs, metrics and models in MLflow: the only place that knows it."""
