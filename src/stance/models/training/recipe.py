"""How to train, as one value that configs, records and checkpoints agree on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from stance.schema.nouns import LABELS, InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """``batch_size`` is of one step of all processes; the gradients of ``accumulate`` are summed.

    ``head_lr`` is the rate of what is not pretrained; the encoder's top layer has ``encoder_lr``,
    and each layer down ``layer_decay`` times the rate of the one above. ``warmup`` is a share of
    all steps. ``freeze_words`` leaves the word embeddings as they were pretrained: half of MiniLM's
    weights, and less memory. ``consistency`` is the weight of the agreement between two
    readings of each batch (:mod:`stance.models.training.consistency`), which nearly doubles the
    time. ``select`` keeps the weights of the epoch with the best macro-F1 on the held-out rows (the
    last epoch's otherwise), and ``patience`` epochs without a better one end the training. ``bf16``
    counts where the hardware has it; ``bucket`` puts windows of like length into a batch.
    """

    epochs: float = 4
    batch_size: int = 32
    accumulate: int = 1
    encoder_lr: float = 1e-4
    head_lr: float = 1e-3
    layer_decay: float = 1.0
    weight_decay: float = 0.01
    warmup: float = 0.06
    freeze_words: bool = False
    label_smoothing: float = 0.0
    consistency: float = 0.0
    select: bool = True
    patience: int | None = None
    bf16: bool = True
    bucket: bool = True
    seed: int = 1

    def steps(self, rows: int) -> int:
        """Updates of the weights in one epoch over ``rows``."""
        return max(1, -(-rows // (self.batch_size * self.accumulate)))


def recipe_of(settings: Mapping[str, Any] | None, seed: int) -> Recipe:
    """The recipe with these settings; :class:`InputError` names a key that there is not."""
    known = {field.name for field in fields(Recipe)}
    if unknown := set(settings or {}) - known:
        names = ", ".join(sorted(known))
        raise InputError(f"recipe: unknown key {', '.join(sorted(unknown))}; there are {names}")
    recipe = Recipe(**{**(settings or {}), "seed": seed})
    if recipe.patience is not None and not recipe.select:
        raise InputError("recipe: patience needs select=true: it waits for a better epoch")
    return recipe


def class_weights(labels: Sequence[str], balanced: float) -> list[float] | None:
    """Inverse frequency to the power ``balanced``: 0 changes nothing, 1 evens the classes out."""
    if not balanced:
        return None
    shares = [max(1, labels.count(label)) / len(labels) for label in LABELS]
    return [float((1 / (len(LABELS) * share)) ** balanced) for share in shares]
