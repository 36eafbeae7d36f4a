"""Articles, or pairs → silver pairs by a labeler, with their votes beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from omegaconf import DictConfig

from stance.jobs.run import job, make, plain, progress, say
from stance.schema.nouns import InputError

if TYPE_CHECKING:
    import pandas as pd


@job("label")
def main(config: DictConfig) -> None:
    """Read, find parties, ask the labeler, write pairs and votes, count."""
    from stance.schema.files import check_place
    from stance.schema.table import PAIRS, VOTES, write_table

    if (config.input is None) == (config.pairs is None):
        raise InputError("give input=ARTICLES or pairs=TABLE.parquet, one of the two")
    output = Path(config.output)
    check_place(output)
    labeler = make(config.labeler.model)
    pairs, votes = (on_articles if config.pairs is None else on_pairs)(config, labeler)
    write_table(pairs, output, PAIRS)
    write_table(votes, output.with_suffix(".votes.parquet"), VOTES)
    say(config, table(pairs))
    if config.labeler.name == "rules":
        say(config, rules(pairs, votes, known(config)))
    for line in labeler.told() if hasattr(labeler, "told") else ():
        say(config, line)
    say(config, f"{len(pairs)} rows and {len(votes)} votes written to {output}")


def on_articles(config: DictConfig, labeler: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pairs and votes of the articles that ``input`` names."""
    from stance.jobs.score import matcher_of
    from stance.labeling.silver import label_articles
    from stance.parties.registry import load_registry
    from stance.text.articles import read_articles, sound

    articles = list(sound(read_articles(str(config.input))))
    registry = load_registry(plain(config)["parties"], lambda: articles)
    bar = progress(articles, "label", len(articles))
    return label_articles(bar, matcher_of(config, registry), labeler)


def on_pairs(config: DictConfig, labeler: Any) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pairs and votes of the holder-free rows of a table."""
    from stance.labeling.silver import label_pairs
    from stance.schema.table import read_table

    rows = free(read_table(Path(str(config.pairs))))
    articles = [group for _, group in rows.groupby("article_id", sort=False)]
    return label_pairs(progress(articles, "label", len(articles)), labeler)


def table(pairs: pd.DataFrame) -> Any:
    """How many targets got which label."""
    from rich.table import Table

    rows = free(pairs)
    title = f"{rows['article_id'].nunique()} articles, {len(rows)} targets"
    counts = Table("label", title=title, title_justify="left")
    counts.add_column("targets", justify="right")
    labels = rows["label"].fillna("mixed").where(~rows["unclear"].astype(bool), "none")
    for label, count in labels.value_counts().items():
        counts.add_row(str(label), str(count))
    return counts


def known(config: DictConfig) -> dict[str, str]:
    """The labels of ``pairs`` that are gold, by pair_id: what rules can be held against."""
    from stance.schema.nouns import CODED, LABELS
    from stance.schema.table import read_table

    if config.pairs is None:
        return {}
    rows = read_table(Path(str(config.pairs)))
    gold = rows[rows["provenance"].isin(CODED) & rows["label"].isin(LABELS)]
    return dict(zip(gold["pair_id"], gold["label"], strict=True))


def rules(pairs: pd.DataFrame, votes: pd.DataFrame, gold: dict[str, str]) -> Any:
    """How much each rule covers, agrees, and is right where a label is known."""
    import pandas as pd
    from rich.table import Table

    from stance.labeling.quality import rule_table

    found = rule_table(votes, len(free(pairs)), gold)
    shown = Table("rule", title="labeling functions", title_justify="left")
    for name in found.columns[1:]:
        shown.add_column(name, justify="right")
    for rule, count, *shares in found.itertuples(index=False):
        cells = ("" if pd.isna(share) else f"{share:.2f}" for share in shares)
        shown.add_row(rule, str(count), *cells)
    return shown


def free(pairs: pd.DataFrame) -> pd.DataFrame:
    """The holder-free rows."""
    return pairs[pairs["holder_kind"] == "any"]
