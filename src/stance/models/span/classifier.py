"""The one-pass model as a scikit-learn estimator."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
from transformers import set_seed

from stance.models.base import Answers, Probabilities, StanceClassifier, labelled
from stance.models.encoders import load_encoder, load_tokenizer
from stance.models.span.collator import Collator, Encoded, encode, named_tokens
from stance.models.span.examples import examples_of
from stance.models.span.holders import name_holders
from stance.models.span.network import SpanConfig, SpanModel
from stance.models.span.placeholders import add_placeholders, placeholder_ids
from stance.models.span.reader import Network, read, torch_network
from stance.models.training.checkpoints import sha256_of
from stance.models.training.log import Log
from stance.models.training.recipe import class_weights, recipe_of
from stance.models.training.trainer import Keeping, Rows, train
from stance.schema.nouns import LABELS


class SpanClassifier(StanceClassifier):
    """Reads a window once and answers for every target and every holder → target pair.

    ``encoder`` is ``minilm``, a folder or a hub name; ``start`` is the folder of a span model to go
    on from; ``context`` lets it read the sentences before the one that is labelled; ``attention``
    adds a pooling of the window by each target; ``hide_names`` puts a placeholder in the place of
    each mention (:mod:`stance.models.span.placeholders`). Beside the loss of the stance,
    ``link_loss`` weighs that of each holder's stance and ``holder_loss`` that of who holds it.
    ``balanced`` is how far the classes are evened out, from 0 to 1; ``recipe`` holds the arguments
    of :class:`stance.models.training.recipe.Recipe`.
    """

    kind = "span"
    #: Answers instead of the torch model, where another runtime is asked for.
    network: Network | None = None

    def __init__(
        self,
        *,
        encoder: str = "minilm",
        revision: str | None = None,
        start: str | None = None,
        context: bool = False,
        max_length: int = 192,
        dropout: float = 0.1,
        link_loss: float = 0.5,
        holder_loss: float = 0.5,
        balanced: float = 0.0,
        attention: bool = False,
        hide_names: bool = False,
        recipe: dict[str, Any] | None = None,
        seed: int = 1,
    ) -> None:
        self.encoder = encoder
        self.revision = revision
        self.start = start
        self.context = context
        self.max_length = max_length
        self.dropout = dropout
        self.link_loss = link_loss
        self.holder_loss = holder_loss
        self.balanced = balanced
        self.attention = attention
        self.hide_names = hide_names
        self.recipe = recipe
        self.seed = seed

    def fit(
        self,
        X: pd.DataFrame,
        y: Sequence[str] | None = None,
        *,
        dev: pd.DataFrame | None = None,
        log: Log | None = None,
        checkpoints: Path | None = None,
        resume: bool = False,
    ) -> Self:
        """Train on holder-free and directed rows together.

        ``dev`` is measured after each epoch. ``checkpoints`` is a folder that keeps one of each
        epoch, from which ``resume`` goes on; ``log`` receives a step and its metrics.
        """
        pairs, labels = labelled(X, y)
        pairs = pairs.assign(label=labels)
        recipe = recipe_of(self.recipe, self.seed)
        set_seed(recipe.seed)
        self._make(pairs, recipe.label_smoothing)
        rows, held_out = (
            Rows(items=items, lengths=[item.length for item in items])
            for items in (self._encode(pairs), self._measured(dev))
        )
        owner = {"params": self.get_params(), "rows": sha256_of(pairs)}
        self.metrics_ = train(
            self.model_,
            rows,
            held_out,
            self._collator(),
            recipe=recipe,
            keeping=Keeping(folder=checkpoints, resume=resume, owner=owner, log=log),
        )
        self.fitted_ = True
        return self

    def _make(self, pairs: pd.DataFrame, label_smoothing: float) -> None:
        """The untrained network, with the encoder's weights or those of ``start``."""
        self.tokenizer_ = load_tokenizer(self.encoder, self.revision)
        encoder = load_encoder(self.encoder, self.revision)
        if self.hide_names:
            add_placeholders(self.tokenizer_, encoder, named_tokens(self._encode(pairs)))
        config = SpanConfig(
            encoder=encoder.config.to_dict(),
            dropout=self.dropout,
            link_loss=self.link_loss,
            holder_loss=self.holder_loss,
            class_weights=class_weights(pairs["label"].tolist(), self.balanced),
            label_smoothing=label_smoothing,
            attention=self.attention,
        )
        self.model_ = SpanModel(config, encoder)
        if self.start:
            before = SpanModel.from_pretrained(self.start, local_files_only=True)
            self.model_.load_state_dict(before.state_dict())

    def _measured(self, dev: pd.DataFrame | None) -> list[Encoded]:
        return [] if dev is None or dev.empty else self._encode(labelled(dev)[0])

    def predict_proba(self, X: pd.DataFrame) -> Probabilities:
        """Shape (pairs, 3): of the target for holder-free rows, of holder → target for others."""
        return self.answer(X).probabilities

    def answer(self, X: pd.DataFrame) -> Answers:
        """One pass for stances and holders; a holder is one of the parties asked about, or not."""
        items = self._encode(X)
        network = self.network or torch_network(self.model_)
        probabilities, links = read(network, items, len(X), self._collator(), self.tokens)
        # A directed row whose holder is named nowhere in the window cannot be asked.
        probabilities[np.isnan(probabilities).any(axis=1)] = 1.0 / len(LABELS)
        answers = Answers.without_holders(probabilities)
        for item, table in zip(items, links, strict=True):
            name_holders(item, table, answers)
        return answers

    def use_onnx(self, sha256: str, threads: int = 0) -> None:
        """Read with ONNX Runtime and 8-bit integers from now on."""
        from stance.models.span.onnx import cached_network

        self.network = cached_network(self.model_, self.tokenizer_, sha256, threads)

    def save_parts(self, folder: Path) -> dict[str, Any]:
        """Weights as safetensors, with the tokenizer beside them."""
        self.model_.save_pretrained(folder)
        self.tokenizer_.save_pretrained(folder / "tokenizer")
        return {"params": self.get_params()}

    @classmethod
    def load_parts(cls, folder: Path, record: dict[str, Any]) -> Self:
        """The saved classifier; needs no network and no encoder but its own weights."""
        model = cls(**record["params"])
        model.tokenizer_ = load_tokenizer(str(folder / "tokenizer"))
        model.model_ = SpanModel.from_pretrained(folder, local_files_only=True)
        model.fitted_ = True
        return model

    def _encode(self, pairs: pd.DataFrame) -> list[Encoded]:
        examples = examples_of(pairs, context=self.context)
        return encode(examples, self.tokenizer_, self.max_length, placeholder_ids(self.tokenizer_))

    def _collator(self) -> Collator:
        return Collator(self.tokenizer_.pad_token_id)
