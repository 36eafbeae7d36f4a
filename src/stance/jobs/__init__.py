"""One recipe for each script, read from top to bottom: the only place that knows Hydra."""
