"""Votes of rules, models and people → one label for each pair, which keeps its votes.

A person's label wins over any program's: programs decide only where no person has. Majority stands
beside every other method, so that what a cleverer one changes can be seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

from stance.labeling.deciding import METHODS, Decided, majority
from stance.labeling.opinions import opinions
from stance.labeling.quality import macro_f1
from stance.schema.nouns import LABELS, InputError
from stance.schema.table import PAIRS, VOTES

Row = dict[str, Any]


@dataclass(frozen=True)
class Aggregated:
    """``pairs`` with one label each, the ``votes`` on them, and a ``report`` fit for JSON."""

    pairs: pd.DataFrame
    votes: pd.DataFrame
    report: dict[str, Any]
