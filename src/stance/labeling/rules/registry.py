"""The labeling functions there are: each looks at a sentence and votes on targets, or abstains."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from types import ModuleType

from stance.labeling.reading import Reading
from stance.labeling.votes import Vote
from stance.schema.nouns import InputError

#: One target (a party's number) at a time.
LabelingFunction = Callable[[Reading, int], Iterator[Vote]]
#: All targets of a sentence at once: pairs of a party's number and a vote.
SentenceFunction = Callable[[Reading], Iterator[tuple[int, Vote]]]
RULES: dict[str, SentenceFunction] = {}


def labeling_function(function: LabelingFunction) -> LabelingFunction:
    """Register a rule that votes on one target, or abstains."""

    @wraps(function)
    def of_sentence(reading: Reading) -> Iterator[tuple[int, Vote]]:
        for party in range(len(reading.parties)):
            for vote in function(reading, party):
                yield party, vote

    sentence_function(of_sentence)
    return function


def sentence_function(function: SentenceFunction) -> SentenceFunction:
    """Register a rule that votes on all targets of a sentence at once."""
    name, module = function.__name__, function.__module__
    if name in RULES and RULES[name].__module__ != module:
        raise InputError(f"{module}: a rule {name} is there already; give it another name")
    RULES[name] = function
    return function


def load_functions(names: Sequence[str]) -> dict[str, SentenceFunction]:
    """The rules of Python files or modules; :class:`InputError` names what cannot be loaded."""
    modules = {_load(name).__name__ for name in names}
    found = {name: rule for name, rule in RULES.items() if rule.__module__ in modules}
    for name in names:
        if _called(name) not in {rule.__module__ for rule in found.values()}:
            raise InputError(f"labeling functions {name}: no @labeling_function in it")
    return {name: _guarded(rule) for name, rule in found.items()}


def _called(name: str) -> str:
    """What Python calls the module of a file; a module keeps its name."""
    return f"labeling_functions:{Path(name).resolve()}" if name.endswith(".py") else name


def _load(name: str) -> ModuleType:
    try:
        if not name.endswith(".py"):
            return importlib.import_module(name)
        spec = importlib.util.spec_from_file_location(_called(name), name)
        if spec is None or spec.loader is None or not Path(name).is_file():
            raise InputError(f"labeling functions {name}: no such file")
        module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    except InputError:
        raise
    except SyntaxError as error:
        raise InputError(f"{error.filename or name}:{error.lineno}: {error.msg}") from error
    except Exception as error:
        said = " ".join(str(error).split())
        raise InputError(f"labeling functions {name}: {type(error).__name__}: {said}") from error
    return module


def _guarded(rule: SentenceFunction) -> SentenceFunction:
    """A user's rule, whose errors say which rule and which sentence it was."""

    def asked(reading: Reading) -> Iterator[tuple[int, Vote]]:
        try:
            yield from rule(reading)
        except Exception as error:
            words = reading.said(0, len(reading))
            raise InputError(
                f"rule {rule.__name__}: {type(error).__name__}: {error}, at: {words[:80]}"
            ) from error

    return asked
