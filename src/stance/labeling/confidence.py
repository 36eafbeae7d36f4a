"""How far a vote can be trusted: how often its rule, and its word, were right where it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stance.labeling.yamlfile import Step, YamlFile

MEASURED = Path(__file__).with_name("measured.yaml")
#: A rule that nobody measured, a user's own, is believed this much.
UNMEASURED = 0.8
#: So many votes of its rule are added to a word's own, so that a few do not decide.
PRIOR = 6


@dataclass(frozen=True, slots=True)
class Count:
    """How many votes were cast, and how many of them were right."""

    votes: int
    right: int


@dataclass(frozen=True, slots=True)
class Confidence:
    """Precision by rule, and by rule and entry of the lexicon; ``silent`` counts the pairs without
    a vote, right where they are neutral.
    """

    rules: Mapping[str, Count]
    entries: Mapping[tuple[str, str], Count]
    silent: Count

    def of(self, rule: str, lemma: str) -> float:
        """The share of such votes that were right, a word's own drawn toward its rule's."""
        if rule not in self.rules:
            return UNMEASURED
        known = self.rules[rule]
        mean = (known.right + 1) / (known.votes + 2)
        own = self.entries.get((rule, lemma), Count(0, 0))
        return (own.right + PRIOR * mean) / (own.votes + PRIOR)

    @property
    def of_silence(self) -> float:
        """The share of pairs without a vote that are neutral."""
        return (self.silent.right + 1) / (self.silent.votes + 2)


@cache
def load_confidence(path: Path = MEASURED) -> Confidence:
    """Read what was measured; :class:`InputError` names file, line and fault."""
    file = YamlFile(path)
    data = file.value
    if not isinstance(data, dict) or set(data) != {"silent", "rules", "entries"}:
        raise file.fault("needs the keys silent, rules, entries")
    return Confidence(
        {rule: _count(file, pair, "rules", rule) for rule, pair in data["rules"].items()},
        {
            (rule, lemma): _count(file, pair, "entries", rule, lemma)
            for rule, lemmas in data["entries"].items()
            for lemma, pair in lemmas.items()
        },
        _count(file, data["silent"], "silent"),
    )


def _count(file: YamlFile, pair: object, *place: Step) -> Count:
    numbers = [int(word) for word in pair if str(word).isdigit()] if isinstance(pair, list) else []
    if len(numbers) != 2 or not 0 <= numbers[1] <= numbers[0]:
        raise file.fault(f"{pair} is not [votes, right]", *place)
    return Count(*numbers)
