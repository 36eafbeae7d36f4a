from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from stance.labeling.model import RulesModel
from stance.models import StanceModel
from stance.models.base import Answers
from stance.models.span.classifier import SpanClassifier
from stance.models.tfidf import TfidfClassifier
from stance.parties.matcher import Matcher
from stance.parties.registry import load_registry
from stance.schema.nouns import Article, InputError
from stance.schema.table import PREDICTIONS, read_table, to_arrow
from stance.scoring.cache import FILE, AnswerStore, CachedModel
from stance.scoring.local import LocalEngine
from stance.scoring.plan import Plan
from stance.scoring.scorer import Scorer
from stance.scoring.source import Source, Watch
from tests.conftest import HOLDER, SENTENCES, TARGET, pair

ENGINE = LocalEngine(shard_articles=3, workers=1)
#: A sentence whose holder is nobody's target.
NAMED = "Deputy Clara Voss praised Mayor Holt."


class Silent:
    """A model that must not be asked."""

    threshold = 0.0
    languages = ("en",)

    def answer(self, X: pd.DataFrame) -> Answers:
        raise AssertionError(f"asked about {len(X)} pairs")


def free(pairs: pd.DataFrame) -> pd.DataFrame:
    return pairs[pairs["holder_kind"] == "any"].reset_index(drop=True)


@pytest.mark.parametrize("kind", ["tfidf", "span", "rules"])
def test_what_is_kept_is_what_the_model_said_to_the_last_digit(
    kind: str, pairs: pd.DataFrame, tiny_encoder: str, tmp_path: Path
) -> None:
    made = {
        "tfidf": lambda: TfidfClassifier(),
        "span": lambda: SpanClassifier(encoder=tiny_encoder, recipe={"epochs": 1}),
    }
    model = RulesModel() if kind == "rules" else StanceModel(made[kind]().fit(pairs))
    asked = free(pairs)
    if kind == "rules":
        asked = pd.concat([asked, pd.DataFrame([pair(NAMED, TARGET, None, article_id="b")])])
    store = AnswerStore(tmp_path)
    first = CachedModel(model, "a" * 64, store)

    said = first.answer(asked)
    again = CachedModel(Silent(), "a" * 64, store)
    found = again.answer(asked)

    np.testing.assert_array_equal(found.probabilities, said.probabilities)
    assert (found.holder_kinds, found.holder_rows) == (said.holder_kinds, said.holder_rows)
    assert (found.truncated, found.evidence) == (said.truncated, said.evidence)
    assert found.holder_spans == said.holder_spans
    assert bool(said.holder_spans) == (kind == "rules")
    assert first.found == 0
    assert again.found == again.windows == first.windows >= 48


def test_another_model_a_changed_sentence_or_other_mentions_are_asked_about(
    pairs: pd.DataFrame, tmp_path: Path
) -> None:
    model = StanceModel(TfidfClassifier().fit(pairs))
    store = AnswerStore(tmp_path)
    asked = free(pairs).head(2)
    CachedModel(model, "a" * 64, store).answer(asked)

    others = {
        "model": CachedModel(model, "b" * 64, store),
        "text": CachedModel(model, "a" * 64, store),
        "mentions": CachedModel(model, "a" * 64, store),
    }
    others["model"].answer(asked)
    others["text"].answer(asked.assign(text=asked["text"] + " "))
    others["mentions"].answer(asked.head(1))

    assert [(other.windows, other.found) for other in others.values()] == [(1, 0)] * 3


def test_another_threshold_needs_no_second_pass(
    plan: Callable[..., Plan], model_folder: Path, folder: Path, tmp_path: Path
) -> None:
    def run(plan: Plan, output: Path) -> tuple[int, int]:
        found = ENGINE.run(plan, Source(str(folder)), [output], {}, Watch())
        return found.windows, found.cached

    kept = plan(model_folder, cache=str(tmp_path / "cache"))
    names = ("first", "strict", "uncached")
    first, strict, uncached = (tmp_path / f"{name}.parquet" for name in names)

    # Six first sentences stand twice.
    assert run(kept, first) == (24, 6)
    assert run(replace(kept, threshold=0.99), strict) == (24, 24)
    assert run(replace(kept, threshold=0.99, cache=None), uncached) == (0, 0)

    assert strict.read_bytes() == uncached.read_bytes() != first.read_bytes()
    rows = read_table(strict, PREDICTIONS)
    assert "abstained" in set(rows["status"])


def test_the_store_stays_within_its_bounds_and_forgets_the_oldest(tmp_path: Path) -> None:
    store = AnswerStore(tmp_path, megabytes=0.2)
    for batch in range(20):
        store.keep({b"%d-%d" % (batch, n): "x" * 100 for n in range(200)})

    assert (tmp_path / FILE).stat().st_size < 0.4e6
    assert store.look_up([b"0-0"]) == {}
    assert len(store.look_up([b"19-%d" % n for n in range(200)])) == 200


def test_a_killed_process_leaves_a_sound_store(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from stance.scoring.cache import AnswerStore\n"
        "store = AnswerStore(Path(sys.argv[1])); n = 0\n"
        "while True:\n"
        "    store.keep({b'%d-%d' % (n, k): 'x' * 500 for k in range(500)}); n += 1\n"
        "    print(n, flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.05)
    process.kill()
    process.communicate()

    with sqlite3.connect(tmp_path / FILE) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (count,) = base.execute("SELECT count(*) FROM answers").fetchone()
    assert count
    assert count % 500 == 0
    assert len(AnswerStore(tmp_path).look_up([b"0-%d" % k for k in range(500)])) == 500


def test_a_file_that_is_no_store_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("not a database, but long enough to be taken for one" * 10)

    with pytest.raises(InputError, match=rf"{FILE}: file is not a database; remove the file"):
        AnswerStore(tmp_path)


def test_a_sentence_of_two_articles_has_its_holder_in_each(
    pairs: pd.DataFrame, tiny_encoder: str
) -> None:
    model = StanceModel(SpanClassifier(encoder=tiny_encoder, recipe={"epochs": 1}).fit(pairs))
    articles = [Article(id=name, text=SENTENCES[0][0]) for name in ("one", "two")]
    scorer = Scorer(model, Matcher(load_registry([HOLDER, TARGET])))

    together = to_arrow(scorer.score(articles), PREDICTIONS).to_pylist()
    apart = [
        row
        for article in articles
        for row in to_arrow(scorer.score([article]), PREDICTIONS).to_pylist()
    ]

    assert [(row["pair_id"], row["holder_party"]) for row in together] == [
        (row["pair_id"], row["holder_party"]) for row in apart
    ]
