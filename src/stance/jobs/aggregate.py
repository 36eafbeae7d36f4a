"""Votes of rules, models and people → one label for each pair, with its votes beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from omegaconf import DictConfig

from stance.jobs.run import job, plain, say

if TYPE_CHECKING:
    import pandas as pd


@job("aggregate")
def main(config: DictConfig) -> None:
    """Read, decide, write pairs, votes and the report, show what each method makes of it."""
    from stance.labeling.aggregation import aggregate_votes
    from stance.labeling.opinions import read_votes
    from stance.schema.files import check_place, write_json
    from stance.schema.table import PAIRS, VOTES, write_table

    output = Path(str(config.output))
    check_place(output)
    found = aggregate_votes(
        read_votes(files(config, "votes")),
        tables(config),
        method=config.method,
        least=config.least_confidence,
        seed=config.seed,
    )
    write_table(found.pairs, output, PAIRS)
    write_table(found.votes, output.with_suffix(".votes.parquet"), VOTES)
    write_json(found.report, output.with_suffix(".json"))
    say(config, methods_table(found.report))
    ended = ", ".join(f"{n} {how}" for how, n in found.report["ended"].items())
    say(config, f"{found.report['pairs']} targets by {config.method}: {ended}")
    if lost := found.report["votes on pairs that are not in the table"]:
        say(config, f"{lost} votes are on pairs that the table does not hold")
    say(config, f"written to {output}, its votes and a report beside it")


def files(config: DictConfig, key: str) -> list[Path]:
    """The file, or the list of files, that a key names."""
    named = plain(config)[key]
    return [Path(str(name)) for name in (named if isinstance(named, list) else [named])]


def tables(config: DictConfig) -> pd.DataFrame:
    """The pairs of all tables; of a pair in several the first."""
    import pandas as pd

    from stance.schema.table import read_table

    pairs = pd.concat([read_table(path) for path in files(config, "pairs")], ignore_index=True)
    return pairs.drop_duplicates("pair_id", ignore_index=True)


def methods_table(report: dict[str, Any]) -> Any:
    """The methods side by side: what they decide, how far from majority, how right."""
    from rich.table import Table

    names = ("opposition", "neutral", "support", "undecided")
    table = Table("method", title_justify="left")
    for name in (*names, "as majority", "right", "macro-F1"):
        table.add_column(name, justify="right")
    for method, found in report["methods"].items():
        gold = found["against gold"]
        figures = (found["as majority"], gold["accuracy"], gold["macro_f1"])
        table.add_row(
            f"{method} *" if method == report["method"] else method,
            *(str(found["labels"].get(name, 0)) for name in names),
            *("" if figure is None else f"{figure:.3f}" for figure in figures),
        )
    n = next(iter(report["methods"].values()))["against gold"]["n"]
    table.caption = f"right, macro-F1: programs alone on {n} targets with a gold label"
    return table
