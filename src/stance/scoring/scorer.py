"""The scorer: articles in, one row for each sentence × party out, and nothing lost in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
import pandas as pd

from stance.models.base import Answers
from stance.parties.matcher import Matcher
from stance.parties.pairing import article_rows
from stance.schema.nouns import LABELS, Article, InputError
from stance.schema.table import PREDICTIONS, spans
from stance.scoring.holders import settle_holders
from stance.text.languages import language_of
from stance.text.sentences import split_sentences

#: How the evidence of a row begins that the scorer itself broke on.
FAILED = "unexpected "
_LONE = re.compile(r"[\ud800-\udfff]")


class Model(Protocol):
    """What the scorer needs of a model: a saved one, or the rules."""

    @property
    def threshold(self) -> float:
        """Below it the model's best guess does not count."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it reads."""

    def answer(self, X: pd.DataFrame) -> Answers:
        """Probabilities, holders and evidence for pairs."""


@dataclass(slots=True)
class Scorer:
    """Finds the parties in articles and asks the model about each.

    ``threshold`` overrides the model's own: below it a pair is ``abstained`` (its best guess is
    still there to read).
    """

    model: Model
    matcher: Matcher
    threshold: float | None = None

    def score(self, articles: Iterable[Article]) -> pd.DataFrame:
        """Predictions with the columns of :data:`stance.schema.table.PREDICTIONS`.

        What breaks on one article costs only that one: its row has the status ``error``.
        """
        given = [_written(article) for article in articles]
        try:
            return self._scored(given)
        except InputError:
            raise
        except Exception as error:
            if len(given) == 1:
                return self._scored([replace(given[0], fault=_told(error))])
            parts = [self.score([article]) for article in given]
            return pd.concat(parts, ignore_index=True)

    def _scored(self, articles: Iterable[Article]) -> pd.DataFrame:
        rows = [row for article in articles for row in self._rows(article)]
        if not rows:
            return pd.DataFrame(columns=list(PREDICTIONS))
        return self.answer(pd.DataFrame(rows))

    def answer(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Fill in the predictions of the rows whose status is ``ok``."""
        frame = rows.reset_index(drop=True)
        asked = frame.index[frame["status"] == "ok"]
        pairs = frame.loc[asked].reset_index(drop=True)
        columns = _blank(len(frame))
        if "evidence" in frame:  # why an article could not be read
            told = frame["evidence"]
            columns["evidence"] = told.astype(object).where(told.notna(), None).to_numpy(copy=True)
        if len(pairs):
            answers = self.model.answer(pairs)
            settle_holders(pairs, answers)
            _fill(columns, asked, answers)
            self._name_holders(frame, asked, answers)
            frame.loc[asked, "status"] = self._statuses(answers)
        return frame.assign(**columns)

    def _rows(self, article: Article) -> list[dict[str, Any]]:
        if article.fault:
            (row,) = article_rows(article, [], [])
            return [row | {"status": "error", "evidence": article.fault}]
        language = language_of(article)
        sentences = split_sentences(article.text, language)
        rows = article_rows(article, sentences, self.matcher.find(sentences))
        if language not in self.model.languages:
            rows = [row | {"status": "unsupported_language"} for row in rows]
        return rows

    def _statuses(self, answers: Answers) -> list[str]:
        threshold = self.model.threshold if self.threshold is None else self.threshold
        sure = answers.probabilities.max(axis=1) >= threshold
        return [
            "truncated" if cut else "ok" if keep else "abstained"
            for cut, keep in zip(answers.truncated, sure, strict=True)
        ]

    def _name_holders(self, frame: pd.DataFrame, asked: Any, answers: Answers) -> None:
        kinds = [kind or "any" for kind in answers.holder_kinds]
        frame.loc[asked, "holder_kind"] = kinds
        texts = frame["text"].tolist()
        rows = asked.tolist()
        held = [(rows[i], rows[j]) for i, j in enumerate(answers.holder_rows) if j >= 0]
        for role in ("", "_party", "_spans"):
            values, targets = frame[f"holder{role}"].tolist(), frame[f"target{role}"].tolist()
            for row, source in held:
                values[row] = targets[source]
            for number, span in answers.holder_spans.items():
                row = rows[number]
                place = spans((span.start, span.end))
                values[row] = place if role == "_spans" else span.of(texts[row])
            frame[f"holder{role}"] = pd.Series(values, dtype=object)


def failed(rows: pd.DataFrame) -> pd.Series[bool]:
    """Which rows the scorer itself broke on; evidence of any other row may begin with that word."""
    told = rows["evidence"].astype(str).str.startswith(FAILED)
    return (rows["status"] == "error") & told


def _told(error: Exception) -> str:
    return f"{FAILED}{type(error).__name__}: {' '.join(str(error).split())[:300]}"


def _written(article: Article) -> Article:
    """The article without halves of surrogate pairs, which no file can hold; places stay."""
    id, text = _LONE.sub("\ufffd", article.id), _LONE.sub("\ufffd", article.text)
    same = id == article.id and text == article.text
    return article if same else replace(article, id=id, text=text)


def _blank(count: int) -> dict[str, Any]:
    numbers = [*(f"p_{label}" for label in LABELS), "confidence"]
    blank: dict[str, Any] = {name: np.full(count, np.nan) for name in numbers}
    return blank | {name: np.full(count, None, object) for name in ("predicted", "evidence")}


def _fill(columns: dict[str, Any], asked: Any, answers: Answers) -> None:
    for k, label in enumerate(LABELS):
        columns[f"p_{label}"][asked] = answers.probabilities[:, k]
    columns["confidence"][asked] = answers.probabilities.max(axis=1)
    columns["predicted"][asked] = np.asarray(LABELS)[answers.probabilities.argmax(axis=1)]
    columns["evidence"][asked] = answers.evidence
