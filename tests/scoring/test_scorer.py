from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd
import pytest

from stance.labeling.model import RulesModel
from stance.models.base import Answers
from stance.parties.matcher import Matcher
from stance.parties.registry import load_registry
from stance.schema.nouns import Article, InputError
from stance.scoring.scorer import FAILED, Scorer, failed


@dataclass
class Brittle:
    """The rules, but for a word that they break on."""

    error: type[Exception] = RuntimeError
    rules: RulesModel = field(default_factory=RulesModel)
    threshold: float = 0.0

    @property
    def languages(self) -> tuple[str, ...]:
        return self.rules.languages

    def answer(self, X: pd.DataFrame) -> Answers:
        if X["text"].str.contains("glass").any():
            raise self.error("it\nbroke")
        return self.rules.answer(X)


ARTICLES = [
    Article("a", "Tarn praised Orlev.", language="en"),
    Article("b", "Tarn praised the glass of Orlev.", language="en"),
    Article("c", "Orlev condemned Tarn.", language="en"),
]


def scorer(model: Brittle | RulesModel) -> Scorer:
    return Scorer(model, Matcher(load_registry(["Tarn", "Orlev"], list)))


def test_what_breaks_on_one_article_costs_only_that_one() -> None:
    found = scorer(Brittle()).score(ARTICLES)

    broken = found[found["article_id"] == "b"]
    assert broken["status"].tolist() == ["error"]
    assert broken["evidence"].tolist() == [f"{FAILED}RuntimeError: it broke"]
    whole = scorer(RulesModel()).score([ARTICLES[0], ARTICLES[2]])
    rest = found[found["article_id"] != "b"].reset_index(drop=True)
    pd.testing.assert_frame_equal(rest[list(whole)], whole, check_dtype=False)


def test_an_answer_whose_evidence_begins_with_that_word_has_not_failed() -> None:
    rows = pd.DataFrame(
        {
            "status": ["ok", "error", "error"],
            "evidence": [f"{FAILED}praise for Tarn", f"{FAILED}ValueError: no", "a.txt: empty"],
        }
    )
    assert failed(rows).tolist() == [False, True, False]


def test_a_mistake_of_a_person_is_no_broken_article() -> None:
    with pytest.raises(InputError):
        scorer(Brittle(InputError)).score(ARTICLES)


def test_thousands_of_mentions_without_a_full_stop_come_out() -> None:
    found = scorer(RulesModel()).score([Article("a", "Tarn " * 4_000, language="en")])

    assert set(found["status"]) == {"ok"}
    assert found["text"].str.len().max() <= 20_010
    assert found["target_spans"].str.len().tolist()[0] == 1_000
