"""The small words and verbs by which the rules find their way through a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from stance.labeling.inflection import Form, Inflection
from stance.labeling.yamlfile import YamlFile

WORDS_FILE = Path(__file__).with_name("words.yaml")
#: The letter of each kind of word, in a sentence's string of kinds.
LETTERS = {
    "determiner": "d",
    "preposition": "p",
    "conjunction": "c",
    "opener": "o",
    "pronoun": "r",
    "auxiliary": "a",
    "modal": "m",
    "negation": "n",
    "adverb": "b",
}
LISTS = (
    "not_adverbs",
    "reporting",
    "sources",
    "institutions",
    "spokespeople",
    "people",
    "belongings",
    "roles",
    "times",
    "offices",
    "utterances",
    "demanding",
    "passive",
    "linking",
    "receiving",
    "having",
    "received",
)
KEYS = {"kinds", "plain", "irregular", "doubling", *LISTS}


@dataclass(frozen=True, slots=True)
class Words:
    """The letter of each small word, the forms of each verb, and lists of words by their use."""

    kinds: Mapping[str, str]
    inflection: Inflection
    verbs: Mapping[str, frozenset[Form]]
    reporting: frozenset[str]
    lists: Mapping[str, frozenset[str]]


@cache
def load_words(path: Path = WORDS_FILE) -> Words:
    """Read and check; :class:`InputError` names file, line and fault."""
    file = YamlFile(path)
    data = file.value
    if not isinstance(data, dict) or set(data) != KEYS:
        raise file.fault(f"the words need the keys {', '.join(sorted(KEYS))}, all of them")
    for key in ("plain", "doubling", *LISTS):
        _check_list(file, data[key], key)
    inflection = Inflection(data["irregular"], frozenset(data["doubling"]))
    verbs: dict[str, set[Form]] = {}
    for verb in (*data["plain"], *data["reporting"]):
        for name, form in inflection.forms(verb.split()[0]):
            verbs.setdefault(form, set()).add(name)
    reporting = {f for v in data["reporting"] for _, f in inflection.forms(v.split()[0])}
    return Words(
        _kinds(file),
        inflection,
        {form: frozenset(names) for form, names in verbs.items()},
        frozenset(reporting),
        {key: frozenset(data[key]) for key in LISTS},
    )


def _kinds(file: YamlFile) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, words in file.value["kinds"].items():
        if kind not in LETTERS:
            raise file.fault(f"kind {kind!r}; there are {', '.join(LETTERS)}", "kinds", kind)
        _check_list(file, words, "kinds", kind)
        found |= dict.fromkeys(words, LETTERS[kind])
    return found


def _check_list(file: YamlFile, words: Any, *place: str) -> None:
    if not isinstance(words, list):
        raise file.fault(f"{' '.join(place)} needs a list: [one, two]", *place)
    for number, word in enumerate(words):
        if not isinstance(word, str) or not word:
            raise file.fault(f"{word!r} is no word", *place, number)
