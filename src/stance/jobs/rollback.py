"""The alias ``champion`` goes back to the version that had it before."""

from __future__ import annotations

from omegaconf import DictConfig

from stance.jobs.run import job, make, say


@job("rollback")
def main(config: DictConfig) -> None:
    """Move the alias, and say from what to what."""
    from stance.tracking.registry import rollback

    new, old = rollback(make(config.tracking))
    say(config, f"champion is version {new} again, it was {old}")
