"""Labeling functions: each looks at a sentence and one target and votes, or abstains."""

from stance.labeling.rules import called, compounds, nouns, verbs
from stance.labeling.rules.registry import RULES, labeling_function, sentence_function

__all__ = [
    "RULES",
    "called",
    "compounds",
    "labeling_function",
    "nouns",
    "sentence_function",
    "verbs",
]
