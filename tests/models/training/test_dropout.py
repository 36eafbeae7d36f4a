"""Dropout whose masks are random bytes."""

import pytest
import torch
from torch import nn

from stance.models.training.dropout import ByteDropout, use_byte_masks


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_drops_its_share_and_keeps_the_mean(dtype):
    torch.manual_seed(1)
    values = torch.ones(1000, 333, dtype=dtype, requires_grad=True)
    kept = ByteDropout(0.1).train()(values)
    assert kept.dtype == dtype
    assert (kept == 0).float().mean().item() == pytest.approx(26 / 256, abs=0.002)
    assert kept.float().mean().item() == pytest.approx(1.0, abs=0.005)


def test_gradients_reach_what_was_kept_alone():
    torch.manual_seed(1)
    values = torch.randn(50, 7, requires_grad=True)
    kept = ByteDropout(0.5).train()(values)
    kept.sum().backward()
    assert torch.equal(values.grad == 0, kept == 0)
    assert set(values.grad.unique().tolist()) == {0.0, 2.0}


def test_every_value_has_its_own_chance():
    torch.manual_seed(1)
    dropped = torch.stack([ByteDropout(0.25).train()(torch.ones(9)) == 0 for _ in range(4000)])
    assert dropped.float().mean(0).tolist() == pytest.approx([0.25] * 9, abs=0.03)
    together = (dropped[:, :-1] & dropped[:, 1:]).float().mean(0).tolist()
    assert together == pytest.approx([0.0625] * 8, abs=0.02)


def test_the_same_seed_draws_the_same_mask():
    drawn = []
    for _ in range(2):
        torch.manual_seed(7)
        drawn.append(ByteDropout(0.1).train()(torch.ones(100, 10)))
    assert torch.equal(*drawn)


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_nothing_and_everything_are_as_torch_has_them(rate):
    values = torch.randn(4, 5)
    assert torch.equal(ByteDropout(rate).train()(values), nn.Dropout(rate).train()(values))


def test_evaluation_changes_nothing():
    values = torch.randn(4, 5)
    assert torch.equal(ByteDropout(0.5).eval()(values), values)


def test_takes_the_place_of_each_dropout_and_leaves_the_weights():
    model = nn.Sequential(nn.Linear(2, 2), nn.Sequential(nn.Dropout(0.3)), nn.Dropout(0.2)).eval()
    before = list(model.state_dict())
    use_byte_masks(model)
    found = [module for module in model.modules() if isinstance(module, nn.Dropout)]
    assert [(type(one), one.p, one.training) for one in found] == [
        (ByteDropout, 0.3, False),
        (ByteDropout, 0.2, False),
    ]
    assert list(model.state_dict()) == before


def test_another_device_draws_as_torch_does():
    kept = ByteDropout(0.5).train()(torch.ones(4, 5, device="meta"))
    assert kept.device.type == "meta"
