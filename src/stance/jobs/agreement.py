"""How far annotators agree, and on which pairs they do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from stance.jobs.aggregate import files, tables
from stance.jobs.run import job, say
from stance.schema.nouns import InputError

#: Parties shown on the terminal.
SHOWN = 15


@job("agreement")
def main(config: DictConfig) -> None:
    """Read, measure, show, write the figures and the list of disagreements."""
    from stance.labeling.agreement import agreement, disagreements
    from stance.labeling.opinions import read_votes
    from stance.schema.defusing import to_csv
    from stance.schema.files import whole, write_json

    if config.who not in ("people", "all"):
        raise InputError(f"who {config.who}: people, or all (programs as well)")
    votes, pairs = read_votes(files(config, "votes")), tables(config)
    if config.who == "people":
        votes = votes[votes["kind"] == "person"]
    found = agreement(votes, pairs, draws=config.draws, seed=config.seed)
    differ = disagreements(votes, pairs)
    say(config, table(found))
    say(config, f"{found['n']} targets with two labels or more, {len(differ)} with different ones")
    if config.output:
        write_json(found, Path(str(config.output)))
    if config.disagreements:
        place = Path(str(config.disagreements))
        with whole(place) as partial, partial.open("w", encoding="utf-8-sig", newline="") as file:
            to_csv(differ.fillna(""), file)


def table(found: dict[str, Any]) -> Any:
    """The figures one under another: all, by label, by party, two by two."""
    from rich.table import Table

    rows = Table("", "of", title_justify="left")
    for name in ("targets", "agreed", "α or κ", "95 % interval"):
        rows.add_column(name, justify="right")
    _add(rows, "α", "all", found)
    for label, part in found["per_class"].items():
        _add(rows, "α", label, part)
    for party, part in list(found["per_party"].items())[:SHOWN]:
        _add(rows, "α", f"toward {party}", part)
    for part in found["per_annotator_pair"]:
        _add(rows, "κ", " · ".join(part["annotators"]), part)
    holder = found["holder"]
    if holder["n"]:
        rows.add_row(
            "", "same holder, given the stance", str(holder["n"]), _shown(holder["agreed"])
        )
    return rows


def _add(rows: Any, sign: str, what: str, part: dict[str, Any]) -> None:
    value = part.get("alpha", part.get("kappa"))
    low, high = part["interval"]
    ends = f"{low:.2f} … {high:.2f}" if low is not None else ""
    rows.add_row(sign, what, str(part["n"]), _shown(part["agreed"]), _shown(value), ends)


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
