"""The behaviour suite put to a model, or a file of answers to it → what fails, and where."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from omegaconf import DictConfig

from stance.jobs.run import check_places, job, make, plain, say
from stance.jobs.sides import behaviour_of, open_side


@job("behaviour")
def main(config: DictConfig) -> None:
    """Write the pairs to answer, or judge answers; status 1 if a capability falls short."""
    from stance.evaluation.behaviour import load_suite
    from stance.schema.table import PAIRS, write_table

    check_places(config, "output", "junit", "pairs")
    if config.pairs:
        write_table(load_suite().pairs, Path(config.pairs), PAIRS)
        say(config, f"{len(load_suite().pairs)} pairs to answer written to {config.pairs}")
        return
    report = behaviour_of(open_side(str(config.model_uri), config))
    show(config, report)
    write(config, report)
    short = [row["capability"] for row in report.rows if row["rate"] < config.least_rate]
    if short:
        say(config, f"below {config.least_rate:.0%}: {', '.join(short)}")
    sys.exit(1 if short else 0)


def show(config: DictConfig, report: Any) -> None:
    """The table, and the failing sentences beside their capabilities."""
    from stance.evaluation.render import behaviour_table

    say(config, behaviour_table(report, config.failing))


def write(config: DictConfig, report: Any) -> None:
    """JSON, JUnit XML and a run in MLflow."""
    from stance.evaluation.junit import behaviour_junit
    from stance.schema.files import write_json, write_text
    from stance.tracking.store import run

    told = report.to_dict()
    junit = behaviour_junit(told["capabilities"], config.least_rate)
    with run(make(config.tracking), f"behaviour {config.model_uri}", job="behaviour") as logged:
        logged.config(plain(config))
        logged.metrics({name: told[name] for name in ("behaviour_pass_rate", "by_kind")})
        logged.metrics({"by_label": told["by_label"]})
        logged.mlflow.log_dict(told, "behaviour.json")
        logged.mlflow.log_text(junit, "behaviour.xml")
    if config.output:
        write_json(told, Path(config.output))
    if config.junit:
        write_text(junit, Path(config.junit))
