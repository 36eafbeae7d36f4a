"""A sweep (``-m``) is one run in MLflow, under which the runs of its jobs stand."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hydra.experimental.callback import Callback
from omegaconf import DictConfig

from stance.tracking.parent import PARENT, SETTING

if TYPE_CHECKING:
    import pandas as pd


class OneParent(Callback):
    """Opens the parent before the first job of a sweep; sums up and closes it after the last."""

    def on_multirun_start(self, config: DictConfig, **kwargs: Any) -> None:
        """Make the parent, named after what is swept, and tell the jobs of it."""
        from stance.jobs.run import make
        from stance.tracking.sweeps import open_parent

        words = [str(word) for word in config.hydra.overrides.task]
        os.environ[PARENT] = open_parent(make(config.tracking), " ".join(words))

    def on_job_start(self, config: DictConfig, **kwargs: Any) -> None:
        """Runs that differ by nothing but their seed are of one setting."""
        if PARENT in os.environ:
            words = [str(word) for word in config.hydra.overrides.task]
            setting = [word for word in words if not word.startswith("seed=")]
            os.environ[SETTING] = " ".join(setting)

    def on_multirun_end(self, config: DictConfig, **kwargs: Any) -> None:
        """Close it, and say what the jobs measured together."""
        from stance.jobs.run import make, say
        from stance.tracking.sweeps import close_parent

        os.environ.pop(SETTING, None)
        for line in told(close_parent(make(config.tracking), os.environ.pop(PARENT))):
            say(config, line)


def told(summary: pd.DataFrame) -> list[str]:
    """A line for each setting and macro-F1, for a person."""
    return [
        f"{row['setting'] or 'all'}: {row['metric']} {row['mean']:.3f}{_spread(row)}"
        for row in summary.to_dict("records")
        if row["metric"].endswith(".macro_f1")
    ]


def _spread(row: Mapping[Any, Any]) -> str:
    runs = row["runs"]
    return f" ± {row['sd']:.3f} (standard deviation, {runs} runs)" if runs > 1 else " (1 run)"
