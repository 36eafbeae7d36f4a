from __future__ import annotations

import random

from stance.models.training.buckets import LengthBuckets

LENGTHS = random.Random(1).choices(range(5, 100), k=301)


def padding(order: list[int], size: int) -> int:
    batches = [order[at : at + size] for at in range(0, len(order), size)]
    return sum(max(LENGTHS[i] for i in batch) - LENGTHS[j] for batch in batches for j in batch)


def test_every_row_comes_once_with_little_padding() -> None:
    order = list(LengthBuckets(LENGTHS, 8, seed=1))

    assert sorted(order) == list(range(301))
    assert padding(order, 8) < 0.2 * padding(list(range(301)), 8)


def test_the_order_follows_from_seed_and_epoch_alone() -> None:
    def order(seed: int, epoch: int) -> list[int]:
        buckets = LengthBuckets(LENGTHS, 8, seed)
        buckets.set_epoch(epoch)
        return list(buckets)

    assert order(1, 2) == order(1, 2)
    assert order(1, 2) != order(1, 3)
    assert order(1, 2) != order(2, 2)
