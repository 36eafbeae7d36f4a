"""Challenger against champion on the same pairs → a verdict, an exit status, maybe a promotion."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from omegaconf import DictConfig

from stance.jobs.run import job, make, plain, say
from stance.jobs.sides import champion_of, measured_of, open_side, side_of
from stance.schema.nouns import InputError


@job("gate")
def main(config: DictConfig) -> None:
    """Read the test set and both sides, judge, show, write, log, promote on a pass, exit."""
    from stance.corpora.prepare import read_split

    gold = read_split(Path(config.data), config.split)
    if config.gate.aa:
        sys.exit(equals(config, gold))
    report = judged(config, gold)
    record(config, report)
    log(config, report)
    say(config, shown(report))
    if report.verdict == "pass" and config.gate.promote:
        promote(config, report.challenger)
    sys.exit(report.exit_status)


def judged(config: DictConfig, gold: pd.DataFrame) -> Any:
    """The gate's report; a comparison that would mean nothing is one too."""
    from stance.evaluation.align import ComparisonRefused
    from stance.evaluation.verdict import refused

    named = plain(config)
    if (named["challenger"] is None) == (named["candidates"] is None):
        raise InputError("give challenger=URI, or candidates=[URI, …] with champion=none")
    try:
        champion = champion_of(config, gold)
        if named["candidates"] is None:
            return against(config, gold, named["challenger"], champion)
        if champion is not None:
            raise InputError("candidates: only with champion=none; name one challenger")
        return best([against(config, gold, uri, None) for uri in named["candidates"]])
    except ComparisonRefused as error:
        names = named["challenger"] or named["candidates"]
        return refused(str(error), champion=str(config.champion), challenger=str(names))


def against(config: DictConfig, gold: pd.DataFrame, challenger: Any, champion: Any) -> Any:
    """One challenger's report; a list is one recipe's runs with several seeds."""
    from stance.evaluation.gate import Facts, gate
    from stance.evaluation.refusal import fingerprint

    settings = make(config.gate.settings)
    data = Path(config.data)
    from stance.corpora.prepare import known_parties
    from stance.schema.table import ARTICLES, read_table

    facts = Facts(
        articles=read_table(data / "articles.parquet", ARTICLES),
        known_parties=known_parties(data, config.split),
        measured=measured_of(challenger, config, gold, settings.floors),
        on_record=config.gate.on_record,
        times_used=ledger(config).times_used(fingerprint(gold)) + 1,
    )
    return gate(gold, side_of(challenger, config, gold), champion, settings, facts)


def best(reports: Sequence[Any]) -> Any:
    """The report of the candidate that passes with the highest macro-F1."""

    def rank(report: Any) -> tuple[bool, float]:
        figures = [c.challenger for c in report.checks if c.name.startswith("macro_f1")]
        return report.verdict == "pass", figures[0] or 0.0 if figures else 0.0

    return max(reports, key=rank)


def ledger(config: DictConfig) -> Any:
    """The record of how often each test set has decided."""
    from stance.evaluation.usage import Ledger

    return Ledger(Path(config.gate.ledger))


def record(config: DictConfig, report: Any) -> None:
    """Count the decision."""
    from stance.evaluation.usage import Decision

    when = datetime.now(UTC).isoformat(timespec="seconds")
    decision = Decision(report.champion, report.challenger, report.verdict, when)
    ledger(config).record(report.test_set, decision)


def log(config: DictConfig, report: Any) -> None:
    """The report as JSON, JUnit XML and Markdown: into MLflow, and where the config says."""
    from stance.evaluation.junit import gate_junit
    from stance.evaluation.markdown import gate_markdown
    from stance.schema.files import write_json, write_text
    from stance.tracking.store import run

    texts = {"gate.md": gate_markdown(report), "gate.xml": gate_junit(report)}
    with run(make(config.tracking), "gate", job="gate", verdict=report.verdict) as logged:
        logged.config(plain(config))
        logged.mlflow.log_dict(report.to_dict(), "gate.json")
        for name, text in texts.items():
            logged.mlflow.log_text(text, name)
        logged.metrics({c.name: c.challenger for c in report.checks if c.challenger is not None})
    if config.output:
        write_json(report.to_dict(), Path(config.output))
    for path, name in ((config.markdown, "gate.md"), (config.junit, "gate.xml")):
        if path:
            write_text(texts[name], Path(path))


def shown(report: Any) -> Any:
    """The report for the terminal."""
    from stance.evaluation.render import gate_table

    return gate_table(report)


def equals(config: DictConfig, gold: pd.DataFrame) -> int:
    """A/A: what the gate says of runs of the same thing."""
    from stance.evaluation.aa import aa

    side = side_of(plain(config)["challenger"], config, gold)
    found = aa(gold, side.runs, make(config.gate.settings))
    say(config, f"{found.runs} runs of the same thing differ on {found.differing:.1%} of the pairs")
    say(config, f"one run against another: {found.verdicts}; both ways differ: {found.flipped:.0%}")
    say(config, f"equal mixtures: {found.shuffled}, false alarms {found.false_alarms:.1%}")
    return 0


def promote(config: DictConfig, uri: str) -> None:
    """Move the alias ``champion`` to the registered version with the challenger's bytes."""
    from stance.tracking.registry import promote as move
    from stance.tracking.registry import version_of

    tracking = make(config.tracking)
    artefact = open_side(uri, config).artefact
    version = version_of(tracking, artefact)
    if version is None:
        raise InputError(f"gate.promote: {uri} is not registered; train with register=true")
    old = move(tracking, version)
    say(config, f"champion is now version {version}" + (f", it was {old}" if old else ""))
