"""The codebook: its version, and which labels of a prepared corpus its newer cases may change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from omegaconf import DictConfig

from stance.jobs.run import job, say

if TYPE_CHECKING:
    import pandas as pd

#: So many rows are shown on a terminal; ``output`` has all of them.
SHOWN = 20


@job("codebook")
def main(config: DictConfig) -> None:
    """List the coded rows that cases newer than their version may touch."""
    import pandas as pd

    from stance.corpora.prepare import read_manifest, read_split
    from stance.labeling.codebook import check_version, load_codebook
    from stance.labeling.revision import touched
    from stance.schema.files import check_place, whole
    from stance.schema.nouns import SPLITS

    book = load_codebook()
    since = check_version(str(config.since), book) if config.since is not None else None
    output = Path(config.output) if config.output else None
    if output:
        check_place(output)
    folder = Path(config.data)
    counts = read_manifest(folder)["pairs"]
    parts = [read_split(folder, split) for split in SPLITS if counts[split].get("pairs")]
    pairs = pd.concat(parts, ignore_index=True)
    found = touched(pairs, since, book)
    say(config, *([table(found)] if len(found) else []))
    say(
        config,
        f"codebook {book.version}: {len(found)} of {len(pairs)} rows to look at again"
        + ("; output=FILE.csv writes them" if len(found) > SHOWN and output is None else ""),
    )
    if output:
        with whole(output) as partial:
            found.to_csv(partial, index=False)
        say(config, f"written to {output}")


def table(found: pd.DataFrame) -> Any:
    """The first rows, with the cases that touch them."""
    from rich.table import Table

    shown = Table("pair", "label", "made under", "cases", "sentence")
    for row in found.head(SHOWN).to_dict("records"):
        sentence = str(row["sentence"])[:80]
        shown.add_row(
            str(row["pair_id"]), str(row["label"]), str(row["codebook"]), row["cases"], sentence
        )
    return shown
