"""Challenger against champion on the same pairs → a verdict, an exit status, maybe a promotion."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omegaconf import DictConfig

from stance.jobs.equals import equals
from stance.jobs.run import check_places, job, make, plain, say
from stance.jobs.sides import artefact_of, champion_of, listed, measured_of, side_of
from stance.schema.nouns import InputError

if TYPE_CHECKING:
    import pandas as pd

#: ``gate.on_record``: put the test set as it is now on record.
NEW = "new"


@job("gate")
def main(config: DictConfig) -> None:
    """Read the test set and both sides, judge, show, write, log, promote on a pass, exit."""
    from stance.corpora.prepare import read_split
    from stance.evaluation.render import gate_table

    check_places(config, "output", "markdown", "junit")
    gold = read_split(Path(config.data), config.split)
    if config.gate.aa:
        equals(config, gold)
        return
    if (config.challenger is None) == (config.candidates is None):
        raise InputError("give challenger=URI, or candidates=[URI, …] with champion=none")
    check_promotable(config)
    report = judged(config, gold)
    record(config, report)
    told = texts(report)
    write(config, report, told)
    say(config, gate_table(report))
    log(config, report, told, gold)
    if report.verdict == "pass" and config.gate.promote:
        promote(config, report)
    sys.exit(report.exit_status)


def judged(config: DictConfig, gold: pd.DataFrame) -> Any:
    """The gate's report; a comparison that would mean nothing is one too."""
    from stance.evaluation.align import ComparisonRefused
    from stance.evaluation.verdict import refused

    named = plain(config)
    try:
        champion = champion_of(named["champion"], config, gold)
        if named["candidates"] is None:
            return against(config, gold, named["challenger"], champion)
        if champion is not None:
            raise InputError("candidates: only with champion=none; name one challenger")
        return best([against(config, gold, uri, None) for uri in listed(named["candidates"])])
    except ComparisonRefused as error:
        champion, challenger = (
            ", ".join(listed(side))
            for side in (named["champion"], named["challenger"] or named["candidates"])
        )
        return refused(str(error), champion=champion, challenger=challenger)


def against(config: DictConfig, gold: pd.DataFrame, challenger: Any, champion: Any) -> Any:
    """One challenger's report; a list is one recipe's runs with several seeds."""
    from stance.corpora.prepare import known_parties
    from stance.evaluation.gate import Facts, gate
    from stance.evaluation.refusal import fingerprint
    from stance.schema.table import ARTICLES, read_table

    settings = make(config.gate.settings)
    data = Path(config.data)
    facts = Facts(
        articles=read_table(data / "articles.parquet", ARTICLES),
        known_parties=known_parties(data, config.split),
        measured=measured_of(challenger, config, gold, settings.active_floors()),
        on_record=on_record(config, compares=champion is not None),
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
    """The record of which test sets decide, and how often they have."""
    from stance.evaluation.usage import Ledger

    return Ledger(Path(config.gate.ledger))


def corpus_name(config: DictConfig) -> str:
    """What the prepared corpus calls itself."""
    from stance.corpora.prepare import read_manifest

    return str(read_manifest(Path(config.data))["name"])


def test_set(config: DictConfig) -> str:
    """What the ledger calls this test set."""
    return f"{corpus_name(config)}/{config.split}"


def on_record(config: DictConfig, compares: bool) -> str | None:
    """The fingerprint that the test set must have: the config's, else the ledger's.

    A first champion is compared with nobody, so that it may start on whatever there is.
    """
    if config.gate.on_record == NEW:
        return None
    if config.gate.on_record or not compares:
        return config.gate.on_record or None
    found: str | None = ledger(config).on_record(test_set(config))
    return found


def record(config: DictConfig, report: Any) -> None:
    """Count the decision, and put its test set on record."""
    from stance.evaluation.usage import Decision

    when = datetime.now(UTC).isoformat(timespec="seconds")
    decision = Decision(report.champion, report.challenger, report.verdict, when)
    ledger(config).record(test_set(config), report.test_set, decision)


def texts(report: Any) -> dict[str, str]:
    """The report as Markdown and as JUnit XML, by file name."""
    from stance.evaluation.junit import gate_junit
    from stance.evaluation.markdown import gate_markdown

    return {"gate.md": gate_markdown(report), "gate.xml": gate_junit(report)}


def write(config: DictConfig, report: Any, told: dict[str, str]) -> None:
    """The report as JSON, and its :func:`texts`, where the config says."""
    from stance.schema.files import write_json, write_text

    if config.output:
        write_json(report.to_dict(), Path(config.output))
    for path, name in ((config.markdown, "gate.md"), (config.junit, "gate.xml")):
        if path:
            write_text(told[name], Path(path))


def log(config: DictConfig, report: Any, told: dict[str, str], gold: pd.DataFrame) -> None:
    """The same into MLflow, with the test set and the flips as a table."""
    from stance.corpora.prepare import split_sha256
    from stance.tracking.store import run

    tags = {"challenger": report.challenger, "champion": report.champion}
    title = f"gate {report.verdict}: {report.challenger} against {report.champion or 'floors'}"
    with run(make(config.tracking), title, job="gate", verdict=report.verdict, **tags) as logged:
        logged.config(plain(config))
        sha256 = split_sha256(Path(config.data), config.split)
        logged.corpus(gold, name=corpus_name(config), split=config.split, sha256=sha256)
        logged.mlflow.log_dict(report.to_dict(), "gate.json")
        for name, text in told.items():
            logged.mlflow.log_text(text, name)
        if len(report.flips):
            logged.mlflow.log_table(report.flips, "flips.json")
        logged.metrics({c.name: c.challenger for c in report.checks if c.challenger is not None})


def check_promotable(config: DictConfig) -> None:
    """Refuse to promote what is not registered before anything is decided."""
    named = plain(config)
    if config.gate.promote:
        for uri in named["candidates"] or listed(named["challenger"])[:1]:
            version_behind(config, uri)


def version_behind(config: DictConfig, uri: str) -> str:
    """The registered version with a model's bytes."""
    from stance.tracking.registry import version_of

    version = version_of(make(config.tracking), artefact_of(uri, config))
    if version is None:
        raise InputError(f"gate.promote: {uri} is not registered; train with register=true")
    return version


def promote(config: DictConfig, report: Any) -> None:
    """Move the alias ``champion`` to the challenger, and note on it what it was held to."""
    from stance.tracking.registry import promote as move

    version = version_behind(config, report.challenger)
    note = {
        "test_set": test_set(config),
        "fingerprint": report.test_set,
        "champion before": report.champion,
        "reason": report.reason,
        "decided": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    old = move(make(config.tracking), version, note)
    say(config, f"champion is now version {version}" + (f", it was {old}" if old else ""))
