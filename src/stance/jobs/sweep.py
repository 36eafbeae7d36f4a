"""A sweep (``-m``) is one run in MLflow, under which the runs of its jobs stand."""

from __future__ import annotations

import os
from typing import Any

from hydra.experimental.callback import Callback
from omegaconf import DictConfig


class OneParent(Callback):
    """Opens the parent before the first job of a sweep and closes it after the last."""

    def on_multirun_start(self, config: DictConfig, **kwargs: Any) -> None:
        """Make the parent, named after what is swept, and tell the jobs of it."""
        from stance.jobs.run import make
        from stance.tracking.store import PARENT, open_parent

        words = [str(word) for word in config.hydra.overrides.task]
        os.environ[PARENT] = open_parent(make(config.tracking), " ".join(words))

    def on_multirun_end(self, config: DictConfig, **kwargs: Any) -> None:
        """Close it."""
        from stance.jobs.run import make
        from stance.tracking.store import PARENT, close_parent

        close_parent(make(config.tracking), os.environ.pop(PARENT))
