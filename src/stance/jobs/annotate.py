"""Pairs to people and their labels back, by Label Studio, CSV or Excel."""

from __future__ import annotations

from pathlib import Path

from omegaconf import DictConfig

from stance.jobs.run import job, plain, say
from stance.schema.nouns import InputError


@job("annotate")
def main(config: DictConfig) -> None:
    """Export tasks, or import labels."""
    actions = {"export": export_tasks, "import": import_labels}
    if config.action not in actions:
        raise InputError(f"annotate {config.action}: there are {', '.join(actions)}")
    actions[config.action](config)


def export_tasks(config: DictConfig) -> None:
    """The holder-free pairs of a table as tasks, a file for each annotator."""
    from stance.labeling.people.exchange import export
    from stance.schema.table import read_table

    if config.output is None:
        raise InputError("annotate export: name output=FILE.json, .csv or .xlsx")
    table = read_table(Path(str(config.input)))
    pairs = table[table["holder_kind"] == "any"]
    pairs = pairs.head(config.limit) if config.limit else pairs
    settings = {name: plain(config)[name] for name in ("overlap", "each", "seed", "suggest")}
    annotators = [str(name) for name in config.annotators]
    files = export(pairs, Path(str(config.output)), annotators=annotators, **settings)
    for file, count in files.items():
        say(config, f"{count} targets written to {file}")
    nowhere = sum(len(spans) == 0 for spans in pairs["target_spans"])
    if nowhere and Path(str(config.output)).suffix == ".json":
        say(config, f"{nowhere} targets left out: they have no place in the text to mark")


def import_labels(config: DictConfig) -> None:
    """Check every row, add the sound ones to the votes that are there, name the others."""
    import pandas as pd

    from stance.labeling.people.checking import Checker
    from stance.labeling.people.exchange import read_marks
    from stance.schema.table import VOTES, read_table, write_table

    if config.pairs is None:
        raise InputError("annotate import: name the exported table, pairs=TABLE.parquet")
    output = Path(str(config.output or "data/labelled/people.votes.parquet"))
    kept = read_table(output, VOTES) if output.is_file() else pd.DataFrame(columns=list(VOTES))
    named = plain(config)["input"]
    people = {str(key): str(name) for key, name in plain(config)["people"].items()}
    marks = [
        mark
        for file in (named if isinstance(named, list) else [named])
        for mark in read_marks(Path(str(file)), people, config.annotator)
    ]
    checked = Checker(read_table(Path(str(config.pairs))), kept).check(marks)
    for fault in checked.faults:
        say(config, fault)
    if checked.votes:
        write_table(pd.concat([kept, pd.DataFrame(checked.votes)]), output, VOTES)
    counts = ", ".join(f"{n} {what}" for what, n in checked.counts.items())
    say(config, f"{len(marks)} targets: {counts}; {output} has what is taken")
    if checked.faults:
        raise InputError(f"{len(checked.faults)} rows not taken, see above; the others are in")
