"""Labels of a training set that are probably wrong, for a person to look at again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from omegaconf import DictConfig

from stance.jobs.aggregate import tables
from stance.jobs.run import check_places, job, make, say

if TYPE_CHECKING:
    import pandas as pd

#: Rows shown on the terminal.
SHOWN = 10


@job("doubts")
def main(config: DictConfig) -> None:
    """Read, learn fold by fold, write and show the labels that no fold believes."""
    from stance.corpora.prepare import read_split
    from stance.schema.defusing import to_csv
    from stance.schema.files import whole

    check_places(config, "output")
    output = Path(str(config.output))
    pairs = tables(config) if config.pairs else read_split(Path(config.data), config.split)
    found = doubtful(config, pairs)
    with whole(output) as partial, partial.open("w", encoding="utf-8-sig", newline="") as file:
        to_csv(found, file)
    say(config, table(found))
    say(config, f"{len(found)} doubtful labels, the most doubtful first, in {output}")


def doubtful(config: DictConfig, pairs: pd.DataFrame) -> pd.DataFrame:
    """The suspects among the labelled pairs; none where there are too few articles to hold out."""
    import numpy as np

    from stance.labeling.doubts import out_of_fold, suspects
    from stance.schema.nouns import LABELS

    known = pairs[pairs["label"].isin(LABELS)]
    if known.empty or known["article_id"].nunique() < config.folds:
        if len(known):
            say(config, f"doubtful labels need labelled pairs of {config.folds} articles or more")
        none = known.head(0)
        return suspects(none, np.zeros((0, len(LABELS))))
    free, chances = out_of_fold(
        known, lambda: make(config.classifier.estimator), count=config.folds, seed=config.seed
    )
    return suspects(free, chances)


def table(found: pd.DataFrame) -> Any:
    """The most doubtful."""
    from rich.table import Table

    shown = Table("target", "sentence", "given", "suggested", title_justify="left")
    shown.add_column("score", justify="right")
    for row in found.head(SHOWN).to_dict("records"):
        cells = (str(row["target"]), row["sentence"][:100], row["given"], row["suggested"])
        shown.add_row(*(cell.replace("[", r"\[") for cell in cells), f"{row['score']:.2f}")
    return shown
