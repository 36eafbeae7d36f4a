"""Articles → silver pairs by a labeler, with their votes beside them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from omegaconf import DictConfig

from stance.jobs.run import job, make, plain, progress, say


@job("label")
def main(config: DictConfig) -> None:
    """Read, find parties, ask the labeler, write pairs and votes, count."""
    from rich.table import Table

    from stance.jobs.score import matcher_of
    from stance.labeling.silver import label_articles
    from stance.parties.registry import load_registry
    from stance.schema.files import check_place
    from stance.schema.table import PAIRS, VOTES, write_table
    from stance.text.articles import read_articles, sound

    output = Path(config.output)
    check_place(output)
    articles = list(sound(read_articles(str(config.input))))
    registry = load_registry(plain(config)["parties"], lambda: articles)
    matcher = matcher_of(config, registry)
    bar = progress(articles, "label", len(articles))
    pairs, votes = label_articles(bar, matcher, make(config.labeler.model))
    write_table(pairs, output, PAIRS)
    write_table(votes, output.with_suffix(".votes.parquet"), VOTES)
    table = Table("label", "pairs", title=f"{len(articles)} articles", title_justify="left")
    for label, count in free(pairs)["label"].value_counts().items():
        table.add_row(str(label), str(count))
    say(config, table)
    say(config, f"written to {output}")


def free(pairs: pd.DataFrame) -> pd.DataFrame:
    """The holder-free rows."""
    return pairs[pairs["holder_kind"] == "any"] if len(pairs) else pairs.assign(label=[])
