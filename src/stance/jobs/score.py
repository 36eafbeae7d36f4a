"""Articles and a saved model → one row for each sentence × party, on the terminal and on disk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from omegaconf import DictConfig

from stance.jobs.run import bar, job, make, plain, say
from stance.schema.nouns import Party

if TYPE_CHECKING:
    import pandas as pd

    from stance.parties.matcher import Matcher
    from stance.scoring.plan import Plan
    from stance.scoring.source import Source


class ModelFailed(Exception):
    """Scoring went to its end, but the model broke on some articles."""

    exit_status = 70


@job("score")
def main(config: DictConfig) -> None:
    """Read, find parties, ask the model, write, show, count."""
    from stance.parties.registry import load_registry
    from stance.scoring.source import Watch

    outputs = outputs_of(config)
    source = source_of(config)
    engine = make(config.engine)
    rollup = None if config.rollup is None else Path(str(config.rollup))
    engine.check(source, outputs, rollup)
    registry = load_registry(plain(config)["parties"], source.articles)
    names = registry.names()
    owners = registry.owners() if config.roll_up_parts else {}
    with bar("score") as step:
        watch = Watch(tell=lambda line: say(config, line), step=step)
        plan = plan_of(config, registry)
        found = engine.run(plan, source, outputs, names, watch, rollup=rollup, part_of=owners)
    say(config, table(found.first, names, found.pairs))
    if found.reused:
        say(config, f"{found.reused} shards were done by an earlier run")
    if found.windows:
        say(config, f"cache: {found.cached} of {found.windows} windows were there")
    counts = ", ".join(f"{n} {status}" for status, n in found.statuses.items())
    say(config, f"{found.articles} articles, {found.rows} rows: {counts}")
    for path in [*outputs, rollup] if rollup else outputs:
        say(config, f"written to {path}")
    if found.failed:
        raise ModelFailed(
            f"the model failed on {found.failed} of {found.articles} articles; "
            "their rows have the status error and say why"
        )


def plan_of(config: DictConfig, parties: Iterable[Party]) -> Plan:
    """What the config asks for: the model's folder, the parties, and how they are matched."""
    from stance.parties.matcher import Matching
    from stance.scoring.plan import RULES, Plan
    from stance.tracking.registry import resolve

    uri = str(config.model_uri)
    return Plan(
        uri=uri,
        model=uri if uri == RULES else str(resolve(uri, make(config.tracking))),
        parties=tuple(parties),
        matching=Matching(**plain(config)["matching"]),
        threshold=config.threshold,
        cache=None if config.cache is None else str(config.cache),
        cache_megabytes=config.cache_megabytes,
    )


def matcher_of(config: DictConfig, registry: Iterable[Party]) -> Matcher:
    """The matcher under the config's ``matching``."""
    from stance.parties.matcher import Matcher, Matching

    return Matcher(registry, Matching(**plain(config)["matching"]))


def outputs_of(config: DictConfig) -> list[Path]:
    """Where to write: nowhere, one file, or several."""
    named = plain(config)["output"]
    return [Path(str(p)) for p in (named if isinstance(named, list) else [named]) if p is not None]


def source_of(config: DictConfig) -> Source:
    """What ``input`` or ``text`` names; ``parties=auto`` reads it before the scorer does."""
    from stance.parties.registry import AUTO
    from stance.scoring.source import Source

    source = Source(
        place=None if config.input is None else str(config.input),
        text=None if config.text is None else str(config.text),
    )
    parties = plain(config)["parties"]
    if AUTO in (parties if isinstance(parties, list) else [parties]):
        source.hold()
    return source


def table(pairs: pd.DataFrame, names: dict[str, str], total: int) -> Any:
    """The first pairs of ``total``; neutral ones are dimmed, the others come first to mind."""
    from rich.table import Table

    title = f"first {len(pairs)} of {total} pairs" if total > len(pairs) else None
    result = Table(title=title, title_justify="left")
    for name in ("article", "#", "party", "stance", "sure", "holder"):
        result.add_column(name, justify="right" if name in ("#", "sure") else "left")
    colours = {"support": "blue", "opposition": "red", "neutral": "dim"}
    for row in pairs.to_dict("records"):
        # What came from a file has NaN where there is no word.
        named = row["holder_party"] if isinstance(row["holder_party"], str) else ""
        holder = named or (row["holder_kind"] if row["holder_kind"] != "any" else "")
        label = row["predicted"] if isinstance(row["predicted"], str) else row["status"]
        mark = "?" if row["status"] == "abstained" else ""
        result.add_row(
            str(row["article_id"]),
            str(row["sentence_index"] + 1),
            str(names.get(row["target_party"], row["target_party"])),
            f"[{colours.get(label, 'dim')}]{label}{mark}[/]",
            f"{row['confidence']:.2f}" if row["confidence"] == row["confidence"] else "",
            names.get(holder, holder),
        )
    return result
