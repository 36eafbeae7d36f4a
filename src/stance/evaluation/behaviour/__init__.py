"""A behaviour suite: short sentences, each about one thing that a stance model has to manage.

The sentences are data (``cases/*.yaml``), written for this project under the codebook. *Minimum
functionality* cases have one right answer. *Invariance* cases change what must not matter (the
party's name, the city, the case, a typing error, the voice); *direction* cases change what must (a
negation, a refusal, who does it to whom). After Ribeiro et al. (2020), CheckList.
"""

from stance.evaluation.behaviour.run import BehaviourReport, run, score
from stance.evaluation.behaviour.suite import Case, Suite, load_suite

__all__ = ["BehaviourReport", "Case", "Suite", "load_suite", "run", "score"]
