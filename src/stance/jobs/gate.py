"""Challenger against champion on the same pairs → a verdict, an exit status, maybe a promotion."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from omegaconf import DictConfig

from stance.jobs.run import job, make, plain, say
from stance.jobs.sides import champion_of, side_of
from stance.schema.nouns import InputError


@job("gate")
def main(config: DictConfig) -> None:
    """Read the test set and both sides, judge, show, log, promote on a pass, exit."""
    from stance.corpora.prepare import read_split
    from stance.evaluation.align import ComparisonRefused
    from stance.evaluation.gate import Facts
    from stance.evaluation.verdict import refused
    from stance.schema.files import write_json
    from stance.schema.table import ARTICLES, read_table
    from stance.tracking.store import run

    data = Path(config.data)
    gold = read_split(data, config.split)
    facts = Facts(articles=read_table(data / "articles.parquet", ARTICLES))
    settings = make(config.gate.settings)
    try:
        champion = champion_of(config, gold)
        report = best(
            [side_of(uri, config, gold) for uri in challengers(config)],
            gold,
            champion,
            settings,
            facts,
        )
    except ComparisonRefused as error:
        report = refused(str(error), challenger=str(config.challenger))
    with run(make(config.tracking), "gate", job="gate", verdict=report.verdict) as logged:
        logged.config(plain(config))
        logged.mlflow.log_dict(report.to_dict(), "gate.json")
        logged.metrics({c.name: c.challenger for c in report.checks if c.challenger is not None})
    if config.output:
        write_json(report.to_dict(), Path(config.output))
    say(config, table(report))
    if report.verdict == "pass" and config.gate.promote:
        promote(config, report.challenger)
    sys.exit(report.exit_status)


def challengers(config: DictConfig) -> list[str]:
    """One or several challengers by URI."""
    named = plain(config)["challenger"]
    return [str(uri) for uri in named] if isinstance(named, list) else [str(named)]


def best(sides: Sequence[Any], gold: pd.DataFrame, champion: Any, settings: Any, facts: Any) -> Any:
    """The report of the one challenger, or, without a champion, of the best one that passes."""
    from stance.evaluation.gate import gate
    from stance.evaluation.metrics import evaluate

    if len(sides) > 1 and champion is not None:
        raise InputError("challenger: several can only be gated with champion=none; name one")
    reports = [gate(gold, side, champion, settings, facts) for side in sides]
    scores = [evaluate(gold, side.runs[0], draws=100)["macro_f1"] for side in sides]
    order = sorted(range(len(sides)), key=lambda i: (reports[i].verdict != "pass", -scores[i]))
    return reports[order[0]]


def promote(config: DictConfig, uri: str) -> None:
    """Move the alias ``champion`` to the registered version with the challenger's bytes."""
    from stance.models.saving import model_sha256
    from stance.tracking.registry import promote as move
    from stance.tracking.registry import resolve, version_of

    tracking = make(config.tracking)
    version = version_of(tracking, model_sha256(resolve(uri, tracking)))
    if version is None:
        raise InputError(f"gate.promote: {uri} is not registered; train with register=true")
    old = move(tracking, version)
    say(config, f"champion is now version {version}" + (f", it was {old}" if old else ""))


def table(report: Any) -> Any:
    """The checks that were made, each with its verdict."""
    from rich.table import Table

    rows = Table(title=report.reason, title_justify="left", caption=f"{report.pairs} pairs")
    for name in ("check", "champion", "challenger", "difference", "interval", "verdict"):
        rows.add_column(name, justify="left" if name in ("check", "verdict") else "right")
    for check in report.checks:
        low_high = "[{:+.3f}, {:+.3f}]".format(*check.interval) if check.interval else ""
        numbers = (check.champion, check.challenger)
        rows.add_row(
            check.name,
            *("" if n is None else f"{n:.3f}" for n in numbers),
            "" if check.difference is None else f"{check.difference:+.3f}",
            low_high.replace("[", r"\["),
            check.verdict,
        )
    return rows
