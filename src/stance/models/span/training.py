"""Training by ``transformers.Trainer``: buckets by length, early stopping, resume, several GPUs."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import f1_score
from torch.utils.data import Dataset
from transformers import (
    EarlyStoppingCallback,
    EvalPrediction,
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainingArguments,
    set_seed,
)

from stance.models.span.collator import Collator, Encoded
from stance.models.span.examples import IGNORED
from stance.models.span.network import SpanModel
from stance.models.training import Forward, Log


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to train; rates are per step at batch size ``batch_size × accumulate``."""

    epochs: float = 4
    batch_size: int = 32
    accumulate: int = 1
    encoder_lr: float = 1e-4
    head_lr: float = 1e-3
    layer_decay: float = 1.0
    weight_decay: float = 0.01
    warmup: float = 0.06
    label_smoothing: float = 0.0
    patience: int | None = None
    bf16: bool = True
    bucket: bool = True
    seed: int = 1


class EncodedDataset(Dataset[Encoded]):
    """Encoded windows for the Trainer."""

    def __init__(self, items: Sequence[Encoded]) -> None:
        self.items = list(items)

    def __len__(self) -> int:
        """Windows."""
        return len(self.items)

    def __getitem__(self, index: int) -> Encoded:
        """One window."""
        return self.items[index]


class _SpanTrainer(Trainer):
    """The Trainer with our parameter groups, and buckets by the length that we know already."""

    def __init__(
        self, model: SpanModel, recipe: Recipe, lengths: list[int], **options: Any
    ) -> None:
        self.recipe = recipe
        self.lengths = lengths
        self.groups = parameter_groups(model, recipe)
        super().__init__(model=model, **options)

    def create_optimizer(self, model: Any = None) -> torch.optim.Optimizer:
        """Layer-wise rates: the deeper a layer, the smaller its rate."""
        if self.optimizer is None:
            decay = self.recipe.weight_decay
            self.optimizer = torch.optim.AdamW(self.groups, weight_decay=decay)
        return self.optimizer

    def _get_train_sampler(self, *_: Any) -> Any:
        if not self.recipe.bucket:
            return super()._get_train_sampler()
        from transformers.trainer_pt_utils import LengthGroupedSampler

        generator = torch.Generator()
        generator.manual_seed(self.recipe.seed)
        return LengthGroupedSampler(
            self.args.train_batch_size * self.args.gradient_accumulation_steps,
            lengths=self.lengths,
            generator=generator,
        )


def parameter_groups(model: SpanModel, recipe: Recipe) -> list[dict[str, Any]]:
    """Heads at ``head_lr``; encoder layers at ``encoder_lr`` × ``layer_decay`` per layer down."""
    layers: int = model.encoder.config.num_hidden_layers
    groups: dict[float, list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if name.startswith("encoder."):
            depth = layers - _layer(name, layers)
            rate = recipe.encoder_lr * recipe.layer_decay**depth
        else:
            rate = recipe.head_lr
        groups.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate} for rate, parameters in groups.items()]


def _layer(name: str, layers: int) -> int:
    """The layer that a parameter of the encoder is in: 0 for embeddings, ``layers`` at the top."""
    parts = name.split(".")
    for before, part in pairwise(parts):
        if before in ("layer", "layers") and part.isdigit():
            return int(part) + 1
    return 0 if "embed" in name else layers


def train(
    model: SpanModel,
    items: Sequence[Encoded],
    dev: Sequence[Encoded] | None,
    *,
    recipe: Recipe,
    pad_token_id: int,
    folder: Path | None = None,
    log: Log | None = None,
    resume: bool = False,
) -> dict[str, float]:
    """Train in place and return the final metrics.

    ``folder`` keeps a checkpoint of each epoch, from which ``resume`` goes on. With ``dev`` the
    weights of the best epoch by macro-F1 stay in the model.
    """
    with tempfile.TemporaryDirectory() as scratch:
        place = folder or Path(scratch)
        trainer = _trainer(model, items, dev, recipe, pad_token_id, place, log, folder is not None)
        found = resume and any(place.glob("checkpoint-*"))
        result = trainer.train(resume_from_checkpoint=found)
    return {name: float(value) for name, value in result.metrics.items()}


def _trainer(
    model: SpanModel,
    items: Sequence[Encoded],
    dev: Sequence[Encoded] | None,
    recipe: Recipe,
    pad_token_id: int,
    place: Path,
    log: Log | None,
    keep: bool,
) -> Trainer:
    set_seed(recipe.seed)
    args = _arguments(recipe, place, len(items), with_dev=bool(dev), keep=keep)
    callbacks: list[TrainerCallback] = [Forward(log)] if log else []
    if dev and recipe.patience is not None:
        callbacks.append(EarlyStoppingCallback(early_stopping_patience=recipe.patience))
    trainer = _SpanTrainer(
        model,
        recipe,
        [item.length for item in items],
        args=args,
        data_collator=Collator(pad_token_id),
        train_dataset=EncodedDataset(items),
        eval_dataset=EncodedDataset(dev) if dev else None,
        compute_metrics=_metrics,
        preprocess_logits_for_metrics=_stance_logits,
        callbacks=callbacks,
    )
    trainer.remove_callback(PrinterCallback)
    return trainer


def _arguments(
    recipe: Recipe, folder: Path, windows: int, *, with_dev: bool, keep: bool
) -> TrainingArguments:
    each_epoch = "epoch" if with_dev else "no"
    steps = max(1, windows // (recipe.batch_size * recipe.accumulate))
    return TrainingArguments(
        output_dir=str(folder),
        num_train_epochs=recipe.epochs,
        per_device_train_batch_size=recipe.batch_size,
        per_device_eval_batch_size=recipe.batch_size,
        gradient_accumulation_steps=recipe.accumulate,
        warmup_steps=int(recipe.warmup * steps * recipe.epochs),
        lr_scheduler_type="linear",
        eval_strategy=each_epoch,
        save_strategy="epoch" if with_dev or keep else "no",
        save_total_limit=2,
        load_best_model_at_end=with_dev,
        metric_for_best_model="macro_f1" if with_dev else None,
        logging_steps=max(1, steps // 10),
        label_names=["labels"],
        remove_unused_columns=False,
        bf16=recipe.bf16 and torch.cuda.is_available() and torch.cuda.is_bf16_supported(),
        report_to="none",
        disable_tqdm=not sys.stderr.isatty(),
        seed=recipe.seed,
        dataloader_pin_memory=torch.cuda.is_available(),
    )


def _stance_logits(logits: Any, labels: torch.Tensor) -> torch.Tensor:
    """The targets' logits (B, P, C, 3) alone; the Trainer pads P over batches with −100."""
    found: torch.Tensor = logits[0] if isinstance(logits, tuple) else logits
    return found


def _metrics(prediction: EvalPrediction) -> dict[str, float]:
    labels = np.asarray(prediction.label_ids)
    asked = labels != IGNORED
    predicted = np.asarray(prediction.predictions).argmax(axis=-1)
    macro = f1_score(labels[asked], predicted[asked], average="macro", labels=[0, 1, 2])
    return {"macro_f1": float(macro), "n": float(asked.sum())}


def describe(recipe: Recipe) -> dict[str, Any]:
    """The recipe as it stands in ``stance.json``."""
    return asdict(recipe)
