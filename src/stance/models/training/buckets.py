"""The order of the training rows: windows of like length in a batch, so that little is padding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch.utils.data import Sampler

#: How many batches are sorted by length at a time: enough for little padding, few enough that
#: who shares a batch with whom changes from epoch to epoch.
POOL = 50


class LengthBuckets(Sampler[int]):
    """Rows in a random order of batches, each of rows of like length.

    The order follows from ``seed`` and the epoch alone, so that a training that is taken up again
    in any epoch sees the rows in the order in which the first one would have.
    """

    def __init__(self, lengths: Sequence[int], batch_size: int, seed: int) -> None:
        self.lengths = torch.as_tensor(list(lengths))
        self.batch_size = batch_size
        self.seed = seed
        self.epoch = 0

    def set_epoch(self, epoch: int) -> None:
        """Called by the Trainer before each epoch."""
        self.epoch = epoch

    def __len__(self) -> int:
        """Rows."""
        return len(self.lengths)

    def __iter__(self) -> Iterator[int]:
        """Every row once."""
        generator = torch.Generator()
        generator.manual_seed(self.seed * 1_000_003 + self.epoch)
        order = torch.randperm(len(self), generator=generator)
        batches = [
            batch
            for pool in order.split(POOL * self.batch_size)
            for batch in pool[self.lengths[pool].argsort(descending=True)].split(self.batch_size)
        ]
        # Only the last batch may be short: the Trainer cuts batches by count.
        whole = [batch for batch in batches if len(batch) == self.batch_size]
        rest = [batch for batch in batches if len(batch) < self.batch_size]
        shuffled = torch.randperm(len(whole), generator=generator).tolist()
        for batch in [*(whole[k] for k in shuffled), *rest]:
            yield from batch.tolist()
