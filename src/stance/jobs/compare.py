"""The registered models side by side: what they are, how they were measured, who is champion."""

from __future__ import annotations

from typing import Any

from omegaconf import DictConfig

from stance.jobs.run import job, make, say


@job("compare")
def main(config: DictConfig) -> None:
    """A table of versions, the newest first, with the figures of their training runs."""
    from stance.tracking.registry import versions

    say(config, table(versions(make(config.tracking), config.last)))


def table(found: list[dict[str, Any]]) -> Any:
    """A row for each version."""
    from rich.table import Table

    rows = Table("version", "alias", "classifier", "seed", "corpus", title_justify="left")
    for name in ("dev macro-F1", "accuracy", "calibration error"):
        rows.add_column(name, justify="right")
    for one in found:
        figures = (
            one["metrics"].get(f"dev.{n}") for n in ("macro_f1", "accuracy", "calibration_error")
        )
        rows.add_row(
            one["version"],
            ", ".join(one["aliases"]),
            one["kind"],
            one["seed"],
            one["corpus"],
            *("" if figure is None else f"{figure:.3f}" for figure in figures),
        )
    return rows
