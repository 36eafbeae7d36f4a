"""Articles and a saved model → one row for each sentence × party, on the terminal and on disk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from omegaconf import DictConfig

from stance.jobs.run import job, make, plain, progress, say
from stance.schema.nouns import Article, InputError, Party

if TYPE_CHECKING:
    from stance.parties.matcher import Matcher

#: Rows printed on the terminal.
SHOWN = 40


@job("score")
def main(config: DictConfig) -> None:
    """Read, find parties, ask the model, write, show, count."""
    from stance.parties.registry import load_registry
    from stance.scoring.rollup import statuses
    from stance.scoring.scorer import Scorer
    from stance.scoring.writers import check_output, write_predictions
    from stance.tracking.opening import open_model

    outputs = outputs_of(config)
    for path in outputs:
        check_output(path)
    articles = read(config)
    registry = load_registry(plain(config)["parties"], lambda: articles)
    model = open_model(config.model_uri, make(config.tracking))
    scorer = Scorer(model, matcher_of(config, registry), config.threshold)
    predictions = scorer.score(progress(articles, "score", len(articles)))
    names = registry.names()
    write_predictions(predictions, outputs, articles, names)
    say(config, table(predictions, names))
    counts = ", ".join(f"{n} {status}" for status, n in statuses(predictions).items())
    say(config, f"{len(articles)} articles, {len(predictions)} rows: {counts}")
    for path in outputs:
        say(config, f"written to {path}")


def matcher_of(config: DictConfig, registry: Iterable[Party]) -> Matcher:
    """The matcher under the config's ``matching``."""
    from stance.parties.matcher import Matcher, Matching

    return Matcher(registry, Matching(**plain(config)["matching"]))


def outputs_of(config: DictConfig) -> list[Path]:
    """Where to write: nowhere, one file, or several."""
    named = plain(config)["output"]
    return [Path(str(p)) for p in (named if isinstance(named, list) else [named]) if p is not None]


def read(config: DictConfig) -> list[Article]:
    """The articles that ``input`` or ``text`` names."""
    from stance.text.articles import read_articles

    if (config.input is None) == (config.text is None):
        raise InputError("give input=PATH or text='…', one of the two")
    if config.text is not None:
        return [Article(id="text", text=str(config.text))]
    return list(read_articles(str(config.input)))


def table(predictions: pd.DataFrame, names: dict[str, str], shown: int = SHOWN) -> Any:
    """The stances that are not neutral first come to mind, so neutral ones are dimmed."""
    from rich.table import Table

    rows = predictions[predictions["target_party"].notna()]
    title = f"first {shown} of {len(rows)} pairs" if len(rows) > shown else None
    result = Table(title=title, title_justify="left")
    for name in ("article", "#", "party", "stance", "sure", "holder"):
        result.add_column(name, justify="right" if name in ("#", "sure") else "left")
    colours = {"support": "blue", "opposition": "red", "neutral": "dim"}
    for row in rows.head(shown).to_dict("records"):
        # What came from a file has NaN where there is no word.
        named = row["holder_party"] if isinstance(row["holder_party"], str) else ""
        holder = named or (row["holder_kind"] if row["holder_kind"] != "any" else "")
        label = row["predicted"] if isinstance(row["predicted"], str) else row["status"]
        mark = "?" if row["status"] == "abstained" else ""
        result.add_row(
            str(row["article_id"]),
            str(row["sentence_index"] + 1),
            str(names.get(row["target_party"], row["target_party"])),
            f"[{colours.get(label, 'dim')}]{label}{mark}[/]",
            f"{row['confidence']:.2f}" if row["confidence"] == row["confidence"] else "",
            names.get(holder, holder),
        )
    return result
