from __future__ import annotations

import pandas as pd
import pytest

from stance.labeling.model import RulesModel
from stance.schema.nouns import LABELS
from tests.conftest import pair

MODEL = RulesModel()


def asked(text: str, *parties: str) -> dict[str, tuple[str, str | None]]:
    """Party → (label, holder's name or kind) by the rules."""
    rows = pd.DataFrame([pair(text, party, None) for party in parties])
    answers = MODEL.answer(rows)
    labels = [LABELS[i] for i in answers.probabilities.argmax(axis=1)]
    holders = [
        parties[row] if row >= 0 else kind
        for row, kind in zip(answers.holder_rows, answers.holder_kinds, strict=True)
    ]
    return dict(zip(parties, zip(labels, holders, strict=True), strict=True))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Orlev praised Count Dace for his patience.", "support"),
        ("Orlev has criticised the ailing Count Dace.", "opposition"),
        ("Orlev voiced its support for Count Dace.", "support"),
        ("Orlev voted against Count Dace on Monday.", "opposition"),
        ("Orlev imposed sanctions on Count Dace.", "opposition"),
        ("Orlev is critical of Count Dace.", "opposition"),
        ("Orlev said it was not convinced by Count Dace.", "opposition"),
        ("Orlev welcomed Mr Brown and Count Dace.", "support"),
    ],
)
def test_what_orlev_does_to_the_count_is_held_by_orlev(text: str, label: str) -> None:
    found = asked(text, "Orlev", "Count Dace")

    assert found["Count Dace"] == (label, "Orlev")
    assert found["Orlev"] == ("neutral", None)


@pytest.mark.parametrize(
    "text",
    [
        "Orlev refused to condemn Count Dace.",
        "Orlev did not endorse Count Dace.",
        "Orlev would support Count Dace if he asked.",
        "Orlev stopped short of backing Count Dace.",
        "Orlev met Count Dace in the rain.",
        "Orlev lost to Count Dace by nine votes.",
    ],
)
def test_a_stance_denied_or_imagined_is_none(text: str) -> None:
    assert asked(text, "Orlev", "Count Dace")["Count Dace"][0] == "neutral"


def test_the_passive_turns_the_roles_around() -> None:
    found = asked("Count Dace was denounced by Orlev.", "Orlev", "Count Dace")

    assert found == {"Count Dace": ("opposition", "Orlev"), "Orlev": ("neutral", None)}


def test_a_passive_without_an_agent_has_an_unnamed_holder() -> None:
    assert asked("Count Dace was arrested on Friday.", "Count Dace") == {
        "Count Dace": ("opposition", "unnamed")
    }


def test_compounds_carry_a_stance_and_its_holder() -> None:
    found = asked("Orlev-backed Count Dace met anti-Tarn marchers.", "Orlev", "Count Dace", "Tarn")

    assert found["Count Dace"] == ("support", "Orlev")
    assert found["Tarn"] == ("opposition", "unnamed")


def test_two_rivals_get_opposite_stances() -> None:
    text = "Orlev recognised Count Dace, while Tarn denounced Count Vey."

    found = asked(text, "Orlev", "Count Dace", "Tarn", "Count Vey")

    assert found["Count Dace"] == ("support", "Orlev")
    assert found["Count Vey"] == ("opposition", "Tarn")


def test_evidence_names_the_rule_and_the_words() -> None:
    rows = pd.DataFrame([pair("Orlev praised Count Dace.", "Count Dace", None)])

    assert MODEL.answer(rows).evidence == ["active_verb: praised"]
