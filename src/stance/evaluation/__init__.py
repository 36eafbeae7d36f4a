"""How good is a model, in which sentences, and is another one worse? A plain library over frames.

Nothing here knows Hydra or MLflow: gold pairs and predictions go in as pandas frames, plain
dictionaries, dataclasses and figures come out. Everything is a function of its arguments and a
seed.
"""

from stance.evaluation.align import Aligned, ComparisonRefused, align
from stance.evaluation.gate import Facts, GateSettings, gate
from stance.evaluation.many import evaluate_many
from stance.evaluation.metrics import evaluate
from stance.evaluation.refusal import Side
from stance.evaluation.verdict import Check, GateReport

__all__ = [
    "Aligned",
    "Check",
    "ComparisonRefused",
    "Facts",
    "GateReport",
    "GateSettings",
    "Side",
    "align",
    "evaluate",
    "evaluate_many",
    "gate",
]
