"""``transformers.Trainer`` with our rates, our order of rows and our choice of the best epoch."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.metrics import f1_score
from transformers import (
    EarlyStoppingCallback,
    EvalPrediction,
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainingArguments,
    set_seed,
)

from stance.models.base import IGNORED
from stance.models.training import checkpoints, processes
from stance.models.training.buckets import LengthBuckets
from stance.models.training.consistency import consistent_loss
from stance.models.training.dropout import byte_masks
from stance.models.training.log import Forward, Log
from stance.models.training.pieces import TOKENS, pieces
from stance.models.training.rates import parameter_groups
from stance.models.training.recipe import Recipe
from stance.schema.nouns import InputError

# Batches come in many shapes, and oneDNN keeps what it made for the last 1,024 of them: 0.4 GiB.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "32")

#: A batch of the model → its loss; for models whose own loss is not ours.
Loss = Callable[[Any, Mapping[str, Any]], tuple[torch.Tensor, Any]]


@dataclass(slots=True, kw_only=True)
class Rows:
    """Rows for the collator, and how many tokens each has."""

    items: Sequence[Any]
    lengths: Sequence[int]

    def __len__(self) -> int:
        """Rows."""
        return len(self.items)

    def __getitem__(self, index: int) -> Any:
        """One row."""
        return self.items[index]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """What a training keeps on the way.

    ``folder`` holds a checkpoint of each epoch, from which ``resume`` goes on; ``owner`` tells
    trainings apart. ``log`` receives each step's numbers.
    """

    folder: Path | None = None
    resume: bool = False
    owner: Mapping[str, Any] | None = None
    log: Log | None = None


def train(
    model: Any,
    rows: Rows,
    held_out: Rows | None,
    collate: Callable[[Sequence[Any]], Mapping[str, torch.Tensor]],
    *,
    recipe: Recipe,
    keeping: Keeping,
    loss: Loss | None = None,
) -> dict[str, float]:
    """Train in place and return the final metrics.

    ``held_out`` rows are measured after each epoch; with ``recipe.select`` the weights of the
    epoch with the best macro-F1 stay in the model.
    """
    if keeping.folder is None and processes.count() > 1:
        raise InputError("several processes need a folder for checkpoints that all of them see")
    with tempfile.TemporaryDirectory() as scratch:
        folder = keeping.folder or Path(scratch)
        owner = {**(keeping.owner or {}), "recipe": asdict(recipe), "processes": processes.count()}
        start = checkpoints.begin(folder, owner, resume=keeping.resume)
        set_seed(recipe.seed)
        trainer = _StanceTrainer(
            model,
            recipe,
            rows.lengths,
            loss,
            args=_arguments(recipe, folder, len(rows), bool(held_out), keeping.folder is not None),
            data_collator=collate,
            train_dataset=rows,
            eval_dataset=held_out or None,
            compute_metrics=_metrics,
            preprocess_logits_for_metrics=_first,
            callbacks=_callbacks(recipe, bool(held_out), keeping.log),
        )
        trainer.remove_callback(PrinterCallback)
        with byte_masks(model):
            result = trainer.train(resume_from_checkpoint=str(start) if start else None)
        # The Trainer leaves a forward that reads in bf16; what reads later decides for itself.
        trainer.accelerator.unwrap_model(model, keep_fp32_wrapper=False)
        # Whoever is first may take the checkpoints away.
        trainer.accelerator.wait_for_everyone()
    return {name: float(value) for name, value in result.metrics.items()}


class _StanceTrainer(Trainer):
    """The Trainer with our parameter groups, order of rows and, where one is given, loss."""

    def __init__(
        self, model: Any, recipe: Recipe, lengths: Sequence[int], loss: Loss | None, **options: Any
    ) -> None:
        self.recipe = recipe
        self.lengths = lengths
        self.loss = loss
        self.share = 1.0
        self.groups = parameter_groups(model, recipe)
        super().__init__(model=model, **options)
        # Our losses are means over a batch, which the Trainer then divides by `accumulate`.
        self.model_accepts_loss_kwargs = False

    def create_optimizer(self, model: Any = None) -> torch.optim.Optimizer:
        """Layer-wise rates."""
        if self.optimizer is None:
            self.optimizer = torch.optim.AdamW(self.groups, fused=True)
        return self.optimizer

    def training_step(
        self, model: Any, inputs: dict[str, Any], num_items_in_batch: Any = None
    ) -> torch.Tensor:
        """One batch; on a CPU in pieces, whose gradients add up to the batch's."""
        # Processes must agree on how often they go backward, and a GPU likes its batches whole.
        if self.args.device.type != "cpu" or processes.count() > 1:
            return super().training_step(model, inputs, num_items_in_batch)
        total = torch.zeros(())
        for self.share, piece in pieces(inputs, TOKENS):
            total = total + super().training_step(model, piece, num_items_in_batch)
        return total

    def compute_loss(
        self,
        model: Any,
        inputs: dict[str, Any],
        return_outputs: bool = False,
        num_items_in_batch: Any = None,
    ) -> Any:
        """Ours where there is one, else the model's own; in training, of two readings if asked."""

        def read() -> tuple[torch.Tensor, Any]:
            if self.loss is not None:
                return self.loss(model, inputs)
            found: Any = super(_StanceTrainer, self).compute_loss(
                model, inputs, return_outputs=True, num_items_in_batch=num_items_in_batch
            )
            return found[0], found[1]

        twice = model.training and self.recipe.consistency > 0
        strength = self.recipe.consistency
        loss, outputs = consistent_loss(read, inputs, strength) if twice else read()
        loss = loss * self.share if model.training else loss
        return (loss, outputs) if return_outputs else loss

    def _get_train_sampler(self, *_: Any) -> Any:
        if not self.recipe.bucket:
            return super()._get_train_sampler()
        return LengthBuckets(self.lengths, self.recipe.batch_size, self.recipe.seed)


def _arguments(
    recipe: Recipe, folder: Path, rows: int, measured: bool, keep: bool
) -> TrainingArguments:
    select = measured and recipe.select
    size, steps = processes.share_of(recipe.batch_size), recipe.steps(rows)
    on_cpu = _cpu_reads_bf16() and not torch.cuda.is_available()
    return TrainingArguments(
        output_dir=str(folder),
        num_train_epochs=recipe.epochs,
        per_device_train_batch_size=size,
        per_device_eval_batch_size=size,
        gradient_accumulation_steps=recipe.accumulate,
        warmup_steps=int(recipe.warmup * steps * recipe.epochs),
        lr_scheduler_type="linear",
        eval_strategy="epoch" if measured else "no",
        save_strategy="epoch" if select or keep else "no",
        save_total_limit=1,
        restore_callback_states_from_checkpoint=True,
        load_best_model_at_end=select,
        metric_for_best_model="macro_f1" if select else None,
        logging_steps=max(1, steps // 10),
        label_names=["labels"],
        remove_unused_columns=False,
        bf16=recipe.bf16 and (on_cpu or _gpu_reads_bf16()),
        use_cpu=on_cpu,
        report_to="none",
        disable_tqdm=not (sys.stderr.isatty() and processes.leads()),
        seed=recipe.seed,
        dataloader_pin_memory=torch.cuda.is_available(),
    )


def _gpu_reads_bf16() -> bool:
    return torch.cuda.is_available() and torch.cuda.is_bf16_supported()


def _cpu_reads_bf16() -> bool:
    """With matrix instructions for it; without them it is slower than fp32."""
    return bool(torch.cpu.get_capabilities().get("amx_bf16", False))


def _callbacks(recipe: Recipe, measured: bool, log: Log | None) -> list[TrainerCallback]:
    callbacks: list[TrainerCallback] = [Forward(log)] if log else []
    if measured and recipe.select and recipe.patience is not None:
        callbacks.append(EarlyStoppingCallback(early_stopping_patience=recipe.patience))
    return callbacks


def _first(logits: Any, labels: torch.Tensor) -> torch.Tensor:
    """The logits that are measured; the Trainer pads them over batches with −100."""
    found: torch.Tensor = logits[0] if isinstance(logits, tuple) else logits
    return found


def _metrics(prediction: EvalPrediction) -> dict[str, float]:
    labels = np.asarray(prediction.label_ids)
    asked = labels != IGNORED
    predicted = np.asarray(prediction.predictions).argmax(axis=-1)
    macro = f1_score(labels[asked], predicted[asked], average="macro", labels=[0, 1, 2])
    return {"macro_f1": float(macro), "n": float(asked.sum())}
