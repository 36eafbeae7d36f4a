"""Several processes that train one model: ``torchrun`` starts them and tells each its number."""

from __future__ import annotations

import os

from stance.schema.nouns import InputError


def count() -> int:
    """How many processes train together: 1 unless ``torchrun`` started them."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def leads() -> bool:
    """Whether this process keeps the record; the others only train along."""
    return int(os.environ.get("RANK", "0")) == 0


def share_of(batch_size: int) -> int:
    """One process's part of a batch, so that a recipe means the same on any number of devices."""
    if batch_size % count():
        raise InputError(
            f"recipe.batch_size {batch_size}: cannot be shared by {count()} processes; "
            f"name a multiple of {count()}"
        )
    return batch_size // count()
