from __future__ import annotations

import pytest

from stance.labeling.inflection import Inflection, plural
from stance.labeling.words import load_words


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("condemn", ["condemn", "condemns", "condemned", "condemned", "condemning"]),
        ("denounce", ["denounce", "denounces", "denounced", "denounced", "denouncing"]),
        ("ban", ["ban", "bans", "banned", "banned", "banning"]),
        ("vilify", ["vilify", "vilifies", "vilified", "vilified", "vilifying"]),
        ("expel", ["expel", "expels", "expelled", "expelled", "expelling"]),
        ("overthrow", ["overthrow", "overthrows", "overthrew", "overthrown", "overthrowing"]),
        ("lie", ["lie", "lies", "lied", "lied", "lying"]),
        ("boo", ["boo", "boos", "booed", "booed", "booing"]),
        ("free", ["free", "frees", "freed", "freed", "freeing"]),
    ],
)
def test_forms_of_verbs(verb: str, forms: list[str]) -> None:
    found = [form for _, form in load_words().inflection.forms(verb)]

    assert found == forms


def test_a_verb_that_nobody_lists_is_regular() -> None:
    assert ("past", "keelhauled") in set(Inflection().forms("keelhaul"))


@pytest.mark.parametrize(
    ("noun", "more"), [("critic", "critics"), ("enemy", "enemies"), ("con man", "con men")]
)
def test_plurals(noun: str, more: str) -> None:
    assert plural(noun) == more
