from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from stance.labeling.codebook import load_codebook
from stance.labeling.model import RulesModel, sentences
from stance.schema.nouns import HOLDER_KINDS, LABELS, InputError
from tests.conftest import pair
from tests.labeling.asking import MODEL, asked

#: Of the stances in the codebook's examples, so many are to be read right.
FLOOR = 0.80


def test_two_rivals_get_opposite_stances() -> None:
    text = "Orlev recognised Count Dace, while Tarn denounced Count Vey."

    found = asked(text, "Orlev", "Count Dace", "Tarn", "Count Vey")

    assert found == {
        "Orlev": ("neutral", None),
        "Count Dace": ("support", "Orlev"),
        "Tarn": ("neutral", None),
        "Count Vey": ("opposition", "Tarn"),
    }


def test_evidence_names_the_rule_and_the_words() -> None:
    rows = pd.DataFrame([pair("Orlev praised Count Dace.", "Count Dace", None)])

    assert MODEL.answer(rows).evidence == ["active_verb: praised"]


def test_a_holder_that_is_nobodys_target_is_named_by_its_span() -> None:
    text = "Orlev praised Count Dace."

    answers = MODEL.answer(pd.DataFrame([pair(text, "Count Dace", None)]))

    assert answers.holder_kinds == ["party"]
    assert answers.holder_rows == [-1]
    assert answers.holder_spans[0].of(text) == "Orlev"


def test_a_votes_confidence_is_the_answers_probability() -> None:
    rows = pd.DataFrame([pair("Orlev accused Count Dace of theft.", "Count Dace", None)])

    answers, (votes,) = MODEL.answer(rows), MODEL.votes(rows)

    assert answers.probabilities[0].max() == pytest.approx(votes[0].confidence)
    assert 0.8 < votes[0].confidence < 1


def test_weak_rules_abstain_where_more_is_asked_of_them() -> None:
    rows = pd.DataFrame([pair("Count Dace misled the council.", "Count Dace", None)])

    (weak,) = RulesModel(least=0.0).votes(rows)
    (strict,) = RulesModel(least=0.95).votes(rows)

    assert [vote.rule for vote in weak] == ["deed_by_author"]
    assert strict == []


def test_the_same_words_in_two_articles_are_two_sentences() -> None:
    rows = pd.DataFrame(
        [
            pair("Orlev praised Count Dace.", party, None, article_id=article)
            for article in ("a", "b")
            for party in ("Orlev", "Count Dace")
        ]
    )

    votes = MODEL.votes(rows)

    assert len(sentences(rows)) == 2
    assert [vote[0].holder for vote in votes if vote] == [0, 2]


def test_a_lexicon_and_functions_of_ones_own_join_in(tmp_path: Path) -> None:
    lexicon = tmp_path / "port.yaml"
    lexicon.write_text("port:\n  opposition:\n    verbs: [keelhaul]\nremove: [praise]\n")
    rules = tmp_path / "harbour.py"
    rules.write_text(
        "from stance.labeling.rules import Vote, labeling_function\n"
        "@labeling_function\n"
        "def shown_the_door(reading, target):\n"
        "    for start, end in reading.parties[target]:\n"
        "        if reading.said(end, end + 2) == 'the door':\n"
        "            yield Vote('shown_the_door', 'opposition', 'unnamed', 'the door')\n"
    )
    model = RulesModel(lexicon=[str(lexicon)], functions=[str(rules)])

    def of(text: str) -> tuple[str, str | None]:
        return asked(text, "Count Dace", model=model)["Count Dace"]

    assert of("Orlev keelhauled Count Dace.") == ("opposition", "Orlev")
    assert of("Somebody showed Count Dace the door.") == ("opposition", "unnamed")
    assert of("Orlev praised Count Dace.") == ("neutral", None)
    assert of("Orlev thanked Count Dace.") == ("support", "Orlev")


def test_a_missing_lexicon_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"extra\.yaml: No such file"):
        RulesModel(lexicon=[str(tmp_path / "extra.yaml")])


def test_the_rules_read_most_of_the_codebooks_examples() -> None:
    right, wrong = 0, []
    for case in load_codebook().cases:
        named = named_in(case.example)
        for party, (label, _) in asked(case.example, *named).items() if named else ():
            meant = {m.label for m in case.stances if m.target == party and m.holder != "self"}
            if label in (meant or {"neutral"}):
                right += 1
            else:
                wrong.append((case.id, party, label))

    share = right / (right + len(wrong))

    assert share >= FLOOR, f"{share:.2f} of {right + len(wrong)} right; wrong: {wrong}"


def named_in(example: str) -> list[str]:
    """The codebook's cast in an example; of "League" and "Coast League" the longer."""
    names = [name for name in load_codebook().names() if name in example]
    assert not set(names) & set(HOLDER_KINDS)
    assert set(LABELS) == {"opposition", "neutral", "support"}
    return [n for n in names if not any(n != other and n in other for other in names)]
