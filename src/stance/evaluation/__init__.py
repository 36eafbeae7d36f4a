"""How good is a model, in which sentences, and is another one worse? A plain library over frames.

Nothing here knows Hydra or MLflow: gold pairs and predictions go in as pandas frames, plain
dictionaries, dataclasses and figures come out. Everything is a function of its arguments and a
seed.
"""

from stance.evaluation.align import Aligned, ComparisonRefused, align
from stance.evaluation.metrics import evaluate

__all__ = ["Aligned", "ComparisonRefused", "align", "evaluate"]
