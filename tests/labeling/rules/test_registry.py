from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

from stance.labeling.model import RulesModel
from stance.labeling.rules import BUILT_IN, load_functions
from stance.schema.nouns import InputError
from tests.conftest import pair

RULE = """
from stance.labeling.rules import Vote, labeling_function

@labeling_function
def {name}(reading, target):
    {body}
"""


def written(folder: Path, name: str, body: str = "yield from ()") -> str:
    path = folder / f"{name}.py"
    path.write_text(RULE.format(name=name, body=body))
    return str(path)


def test_functions_come_from_files_and_from_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, "from_a_file")
    written(tmp_path, "from_a_module")
    monkeypatch.syspath_prepend(tmp_path)

    found = load_functions([file, "from_a_module"])

    assert list(found) == ["from_a_file", "from_a_module"]
    assert not set(found) & set(BUILT_IN)
    sys.modules.pop("from_a_module")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "no such file"),
        ("def rule(:\n", "rules.py:1: "),
        ("import nothing_of_this_name\n", "ModuleNotFoundError: No module named"),
        ("x = 1\n", "no @labeling_function in it"),
        (RULE.format(name="active_verb", body="yield from ()"), "a rule active_verb is there"),
    ],
)
def test_what_cannot_be_loaded_is_one_line(tmp_path: Path, text: str | None, said: str) -> None:
    path = tmp_path / "rules.py"
    if text is not None:
        path.write_text(text)

    with pytest.raises(InputError, match=said) as caught:
        load_functions([str(path)])

    assert "\n" not in str(caught.value)
    assert BUILT_IN["active_verb"].__module__ == "stance.labeling.rules.verbs"


def test_a_rule_that_breaks_says_which_and_where(tmp_path: Path) -> None:
    model = RulesModel(functions=[written(tmp_path, "broken", "yield from [][0]")])
    rows = pd.DataFrame([pair("Orlev praised Count Dace.", "Count Dace", None)])

    with pytest.raises(InputError, match=r"rule broken: IndexError: .* at: orlev praised"):
        model.votes(rows)
