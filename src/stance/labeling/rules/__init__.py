"""Labeling functions: each looks at a sentence and one target and votes, or abstains."""

from stance.labeling.reading import Reading
from stance.labeling.rules import called, compounds, nouns, verbs
from stance.labeling.rules.registry import (
    RULES,
    labeling_function,
    load_functions,
    sentence_function,
)
from stance.labeling.votes import Vote

#: The rules that come with the package.
BUILT_IN = dict(RULES)

__all__ = [
    "BUILT_IN",
    "RULES",
    "Reading",
    "Vote",
    "called",
    "compounds",
    "labeling_function",
    "load_functions",
    "nouns",
    "sentence_function",
    "verbs",
]
