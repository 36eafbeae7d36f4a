"""A corpus → ``{train,dev,test}.parquet``, ``articles.parquet``, ``manifest.json``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from stance.jobs.run import job, make, plain, say


@job("prepare")
def main(config: DictConfig) -> None:
    """Load, split, look for leaks, check, write, plot into a run, and show what came of it."""
    from stance.corpora.leakage import settle, told
    from stance.corpora.plots import plots
    from stance.corpora.prepare import MANIFEST, write_prepared
    from stance.corpora.splits import resplit
    from stance.schema.files import check_place
    from stance.tracking.store import run

    check_place(Path(config.output) / MANIFEST)
    corpus = make(config.corpus.source)
    split = config.corpus.split
    corpus = resplit(corpus, split.by, {"dev": split.dev, "test": split.test}, split.seed)
    corpus, leaks = settle(corpus, config.corpus.leakage)
    folder = Path(config.output)
    manifest = write_prepared(corpus, folder, leaks)
    if config.track:
        with run(make(config.tracking), f"prepare {corpus.name}", job="prepare") as logged:
            logged.config(plain(config))
            logged.file(folder / "manifest.json")
            for name, figure in plots(corpus.pairs).items():
                logged.figure(figure, name)
    say(config, table(manifest))
    if leaks:
        say(config, f"leaks: {told(leaks)}; all of them in {folder / 'leaks.json'}")
    say(config, f"written to {folder}")


def table(manifest: dict[str, Any]) -> Any:
    """Pairs by split and label, and what was mended and left out."""
    from rich.console import Group
    from rich.table import Table

    title = f"{manifest['name']} ({manifest['construct']}, {manifest['licence']})"
    rows = Table(title=title, title_justify="left")
    columns = ("pairs", "opposition", "neutral", "support", "mixed")
    for name in ("split", *columns):
        rows.add_column(name, justify="left" if name == "split" else "right")
    for split, counts in manifest["pairs"].items():
        rows.add_row(split, *(str(counts.get(name, 0)) for name in columns))
    told = [
        f"{manifest['articles']} articles, {manifest['parties']} parties, "
        f"{manifest['directed']} rows with a holder"
    ]
    for name in ("repairs", "left_out", "notes"):
        told += [f"{name.replace('_', ' ')}: {key}: {n}" for key, n in manifest[name].items() if n]
    if shared := manifest["articles in several splits"]:
        told.append(f"{shared} articles stand in more than one split")
    return Group(rows, *told)
