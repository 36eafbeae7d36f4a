"""The network: an encoder, a stance head over targets, a directed head over holder → target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn.functional import scaled_dot_product_attention
from transformers import AutoConfig, AutoModel, PreTrainedConfig, PreTrainedModel
from transformers.utils.generic import ModelOutput

from stance.models.loss import weighted_losses
from stance.models.span.examples import VIRTUAL_HOLDERS
from stance.models.span.holders import holder_loss
from stance.schema.nouns import CONSTRUCTS, LABELS


class SpanConfig(PreTrainedConfig):
    """``encoder`` is the config of the encoder as a dict; the rest shapes the heads."""

    model_type = "stance-span"

    def __init__(
        self,
        encoder: dict[str, Any] | None = None,
        dropout: float = 0.1,
        link_loss: float = 0.5,
        holder_loss: float = 0.5,
        class_weights: list[float] | None = None,
        label_smoothing: float = 0.0,
        attention: bool = False,
        **rest: Any,
    ) -> None:
        super().__init__(**rest)
        self.encoder = encoder or {}
        self.dropout = dropout
        self.link_loss = link_loss
        self.holder_loss = holder_loss
        self.class_weights = class_weights
        self.label_smoothing = label_smoothing
        self.attention = attention


class TargetAttention(nn.Module):
    """Pools the window once more for each target, by what the target asks of it."""

    def __init__(self, size: int, heads: int = 6) -> None:
        super().__init__()
        self.heads = heads if size % heads == 0 else 1
        self.query = nn.Linear(size, size)
        self.key = nn.Linear(size, size)
        self.value = nn.Linear(size, size)

    def forward(self, targets: torch.Tensor, tokens: torch.Tensor, mask: Any) -> torch.Tensor:
        """(B, P, size) targets over (B, L, size) tokens → (B, P, size)."""
        query, key, value = (
            layer(states).unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for layer, states in ((self.query, targets), (self.key, tokens), (self.value, tokens))
        )
        found = scaled_dot_product_attention(
            query, key, value, attn_mask=mask[:, None, None].bool()
        )
        return found.transpose(1, 2).flatten(-2)


@dataclass
class SpanOutput(ModelOutput):
    """``logits`` (B, P, C, 3) for targets, by construct; ``links`` (B, H, P, 3) for holders."""

    loss: torch.Tensor | None = None
    logits: torch.Tensor | None = None
    links: torch.Tensor | None = None


class SpanModel(PreTrainedModel):
    """Reads each window once; every mention is pooled from its own tokens."""

    config_class = SpanConfig
    base_model_prefix = "encoder"

    def __init__(self, config: SpanConfig, encoder: Any = None) -> None:
        super().__init__(config)
        if encoder is None:
            inner = dict(config.encoder)
            encoder = AutoModel.from_config(AutoConfig.for_model(inner.pop("model_type"), **inner))
        self.encoder = encoder
        size: int = encoder.config.hidden_size
        self.dropout = nn.Dropout(config.dropout)
        self.attend = TargetAttention(size) if config.attention else None
        read = (3 if config.attention else 2) * size
        self.stance = nn.Sequential(
            nn.Linear(read, size),
            nn.GELU(),
            nn.Dropout(config.dropout),
            # What is labelled differs by construct, so each has its own last word.
            nn.Linear(size, len(CONSTRUCTS) * len(LABELS)),
        )
        self.virtual_holders = nn.Parameter(torch.zeros(len(VIRTUAL_HOLDERS), size))
        self.holder_in = nn.Linear(size, size)
        self.target_in = nn.Linear(read, size)
        self.product_in = nn.Linear(size, size, bias=False)
        self.link = nn.Sequential(nn.GELU(), nn.Dropout(config.dropout), nn.Linear(size, 3))
        self.post_init()  # type: ignore[no-untyped-call]

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif module is self:
            nn.init.normal_(self.virtual_holders, std=0.02)

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        party_weights: torch.Tensor,
        sentence_weights: torch.Tensor,
        labels: torch.Tensor | None = None,
        link_labels: torch.Tensor | None = None,
        label_weights: torch.Tensor | None = None,
        link_weights: torch.Tensor | None = None,
    ) -> SpanOutput:
        """Pool each party's tokens and the sentence's, and ask both heads."""
        tokens = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        tokens = self.dropout(tokens)
        targets = party_weights.to(tokens.dtype) @ tokens
        sentence = (sentence_weights.to(tokens.dtype).unsqueeze(1) @ tokens).expand_as(targets)
        asked = torch.cat([targets, sentence], dim=-1)
        if self.attend is not None:
            asked = torch.cat([asked, self.attend(targets, tokens, attention_mask)], dim=-1)
        logits = self.stance(asked).unflatten(-1, (len(CONSTRUCTS), len(LABELS)))
        links = self._links(targets, asked)
        loss = None
        if labels is not None:
            loss = self._loss(logits, labels, label_weights)
            if link_labels is not None:
                loss = loss + self.config.link_loss * self._loss(links, link_labels, link_weights)
                asked_who = holder_loss(links, link_labels, link_weights)
                loss = loss + self.config.holder_loss * asked_who
        return SpanOutput(loss=loss, logits=logits, links=links)

    def _links(self, targets: torch.Tensor, asked: torch.Tensor) -> torch.Tensor:
        """Every holder (parties, then the virtual ones) toward every target: (B, H, P, 3)."""
        virtual = self.virtual_holders.to(targets.dtype).expand(targets.shape[0], -1, -1)
        holders = torch.cat([targets, virtual], dim=1)
        product = self.product_in(holders.unsqueeze(2) * targets.unsqueeze(1))
        mixed = self.holder_in(holders).unsqueeze(2) + self.target_in(asked).unsqueeze(1) + product
        links: torch.Tensor = self.link(mixed)
        return links

    def _loss(
        self, logits: torch.Tensor, labels: torch.Tensor, weights: torch.Tensor | None
    ) -> torch.Tensor:
        """Weighted mean cross-entropy over what is asked; 0 where nothing is."""
        lost, weight = weighted_losses(
            logits,
            labels,
            weights,
            classes=self.config.class_weights,
            label_smoothing=self.config.label_smoothing,
        )
        return lost / weight.clamp(min=1.0)
