"""The numbers of a training, passed on while it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from transformers import TrainerCallback

#: Receives a step and its metrics while a model trains.
Log = Callable[[int, dict[str, float]], None]


class Forward(TrainerCallback):
    """Hands the Trainer's numbers on."""

    def __init__(self, log: Log) -> None:
        self.log = log

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:
        """Numbers only, with the step they belong to, once however many processes train."""
        if not state.is_world_process_zero:
            return
        numbers = {k: float(v) for k, v in (logs or {}).items() if isinstance(v, int | float)}
        self.log(int(state.global_step), numbers)
