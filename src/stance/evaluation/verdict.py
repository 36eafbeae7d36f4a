"""What a gate says: the checks, their verdicts, and the exit status for CI."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd

Verdict = Literal["pass", "fail", "refused", "inconclusive"]
Kind = Literal["overall", "class", "slice", "floor"]

EXIT_STATUS: dict[Verdict, int] = {"pass": 0, "fail": 1, "refused": 3, "inconclusive": 4}


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison of the gate, or one floor.

    ``difference`` is challenger less champion with its ``interval`` and standard ``error``;
    ``p_worse`` is adjusted for the whole family, ``p_inferior`` is the chance of so good a
    difference if the true loss were the ``margin``; ``detectable`` is the smallest loss that this
    test set could have shown in four cases of five. Of a floor, ``champion`` holds the floor. What
    is not defined is ``None``.
    """

    kind: Kind
    name: str
    verdict: Verdict
    required: bool = False
    n: int | None = None
    articles: int | None = None
    champion: float | None = None
    challenger: float | None = None
    difference: float | None = None
    interval: tuple[float, float] | None = None
    p_worse: float | None = None
    p_inferior: float | None = None
    margin: float | None = None
    error: float | None = None
    detectable: float | None = None
    note: str = ""


@dataclass(frozen=True)
class GateReport:
    """The gate's verdict with all that led to it.

    ``where`` names the failing checks, the most certain loss first. ``flips`` has a row for each
    pair that the two sides label differently. ``exit_status`` heeds the setting whether
    inconclusive stops CI.
    """

    verdict: Verdict
    reason: str
    champion: str = ""
    challenger: str = ""
    checks: tuple[Check, ...] = ()
    where: tuple[str, ...] = ()
    mcnemar: dict[str, Any] = field(default_factory=dict)
    pairs: int = 0
    articles: int = 0
    pairs_needed: int | None = None
    test_set: str = ""
    times_used: int | None = None
    notes: tuple[str, ...] = ()
    flips: pd.DataFrame = field(default_factory=pd.DataFrame)
    settings: dict[str, Any] = field(default_factory=dict)
    inconclusive_passes: bool = False

    @property
    def exit_status(self) -> int:
        """0 pass, 1 fail, 3 refused, 4 inconclusive (0 where the settings let it pass)."""
        if self.verdict == "inconclusive" and self.inconclusive_passes:
            return 0
        return EXIT_STATUS[self.verdict]

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON has it."""
        record = asdict(self) | {
            "exit_status": self.exit_status,
            "flips": self.flips.to_dict(orient="records"),
        }
        plain: dict[str, Any] = _plain(record)
        return plain


def refused(reason: str, *, champion: str = "", challenger: str = "") -> GateReport:
    """The report of a comparison that was not made, for the same renderers."""
    return GateReport("refused", f"refused: {reason}", champion=champion, challenger=challenger)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return round(value, 6) if np.isfinite(value) else None
    return value
