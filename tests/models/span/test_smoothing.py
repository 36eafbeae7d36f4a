from __future__ import annotations

from collections.abc import Iterable

import pytest
import torch
from torch import nn

from stance.models.encoders import load_encoder
from stance.models.span import smoothing
from stance.models.span.smoothing import Divided, smoothed


class Layer(nn.Module):
    """A layer whose inputs are what it is given, with a channel that lies far out."""

    def __init__(self, outlier: float, channels: Iterable[int] = (5,)) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.dense = nn.Linear(64, 8)
        self.outlier, self.channels = outlier, list(channels)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor]:
        inputs = torch.randn(*input_ids.shape, 64, generator=torch.Generator().manual_seed(2))
        inputs[..., 3] += 40.0
        for text, channel in enumerate(self.channels):
            inputs[text % 8, 0, channel] += self.outlier
        return (self.dense(inputs),)


@pytest.fixture
def sample() -> dict[str, torch.Tensor]:
    ids = torch.randint(5, 40, (8, 40), generator=torch.Generator().manual_seed(3))
    return {"input_ids": ids, "attention_mask": torch.ones_like(ids)}


def test_a_smoothed_encoder_reads_the_same(
    tiny_encoder: str, sample: dict[str, torch.Tensor]
) -> None:
    encoder = load_encoder(tiny_encoder).eval()

    ready, _ = smoothed(encoder, sample)

    assert any(isinstance(module, Divided) for module in ready.modules())
    assert not any(isinstance(module, Divided) for module in encoder.modules())
    with torch.no_grad():
        before, after = (one(**sample).last_hidden_state for one in (encoder, ready))
    assert torch.allclose(before, after, atol=1e-5)


def test_a_channel_that_lies_far_out_moves_into_the_weights(
    sample: dict[str, torch.Tensor],
) -> None:
    layer = Layer(outlier=0.0)

    ready, apart = smoothed(layer, sample)

    assert apart == []
    assert ready.dense.factors.argmin() == 3
    weights = ready.dense.linear.weight.abs().amax(dim=0)
    assert weights.argmax() == 3


def test_a_channel_with_one_number_far_from_all_others_is_read_apart(
    sample: dict[str, torch.Tensor],
) -> None:
    layer = Layer(outlier=1e4)

    ready, exact = smoothed(layer, sample)

    assert exact == ["dense.exact"]
    assert ready.dense.outliers.tolist() == [5]
    assert ready.dense.factors[5] == 0.0
    with torch.no_grad():
        torch.testing.assert_close(ready(**sample)[0], layer(**sample)[0], rtol=1e-4, atol=1e-3)


def test_a_layer_with_too_many_of_them_is_left_as_it_is(
    sample: dict[str, torch.Tensor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smoothing, "_MOST", 1)
    layer = Layer(outlier=1e6, channels=(5, 6))

    ready, exact = smoothed(layer, sample)

    assert exact == ["dense"]
    assert torch.equal(ready.dense.weight, layer.dense.weight)


def test_a_layer_whose_integers_would_move_the_answers_is_left_as_it_is(
    sample: dict[str, torch.Tensor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smoothing, "_MOVED", 0.0)
    layer = Layer(outlier=1e4)

    ready, exact = smoothed(layer, sample)

    assert exact == ["dense"]
    assert torch.equal(ready.dense.weight, layer.dense.weight)
