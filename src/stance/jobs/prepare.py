"""A corpus → ``{train,dev,test}.parquet``, ``articles.parquet``, ``manifest.json``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from stance.jobs.run import job, make, say


@job("prepare")
def main(config: DictConfig) -> None:
    """Load, check, split, write, and show what came of it."""
    from stance.corpora.prepare import write_prepared

    corpus = make(config.corpus.source)
    folder = Path(config.output)
    manifest = write_prepared(corpus, folder)
    say(config, table(manifest))
    say(config, f"written to {folder}")


def table(manifest: dict[str, Any]) -> Any:
    """Pairs by split and label."""
    from rich.table import Table

    title = f"{manifest['name']} ({manifest['construct']}, {manifest['licence']})"
    rows = Table(title=title, title_justify="left")
    columns = ("pairs", "opposition", "neutral", "support", "mixed")
    for name in ("split", *columns):
        rows.add_column(name, justify="left" if name == "split" else "right")
    for split, counts in manifest["pairs"].items():
        rows.add_row(split, *(str(counts.get(name, 0)) for name in columns))
    return rows
