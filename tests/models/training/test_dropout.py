"""Dropout whose masks are random bytes."""

import pytest
import torch
from torch import nn
from torch.nn.functional import scaled_dot_product_attention
from transformers import AutoModel

from stance.models.training.dropout import ATTENTION, ByteDropout, attention, byte_masks


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
    with byte_masks(model):
        found = [module for module in model.modules() if isinstance(module, nn.Dropout)]
    assert [(type(one), one.p, one.training) for one in found] == [
        (ByteDropout, 0.3, False),
        (ByteDropout, 0.2, False),
    ]
    assert list(model.state_dict()) == before


def test_another_device_draws_as_torch_does():
    kept = ByteDropout(0.5).train()(torch.ones(4, 5, device="meta"))
    assert kept.device.type == "meta"


@pytest.fixture
def layer():
    """Of an encoder: it attends to what follows too."""
    module = nn.Module()
    module.is_causal = False
    return module


def heads(length=5):
    torch.manual_seed(3)
    return [torch.randn(2, 4, length, 8, requires_grad=True) for _ in range(3)]


@pytest.mark.parametrize("masked", [True, False])
def test_attention_is_torchs_on_average(layer, masked):
    query, key, value = heads()
    mask = torch.ones(2, 1, 5, 5, dtype=torch.bool)
    mask[1, :, :, 3:] = False
    mask = mask if masked else None
    expected = scaled_dot_product_attention(query, key, value, attn_mask=mask).transpose(1, 2)
    torch.manual_seed(1)
    drawn = [attention(layer, query, key, value, mask, dropout=0.1)[0] for _ in range(3000)]
    assert drawn[0].shape == (2, 5, 4, 8)
    assert not torch.equal(drawn[0], drawn[1])
    assert torch.allclose(torch.stack(drawn).mean(0), expected, atol=0.1)


def test_attention_without_dropout_is_torchs_to_the_bit(layer):
    query, key, value = heads()
    expected = scaled_dot_product_attention(query, key, value).transpose(1, 2)
    assert torch.equal(attention(layer, query, key, value, None)[0], expected)


def test_attention_keeps_bf16_where_a_training_reads_in_it(layer):
    query, key, value = (one.bfloat16() for one in heads())
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found, _ = attention(layer, query, key, value, None, dropout=0.1)
    assert found.dtype == torch.bfloat16


def test_an_encoder_has_its_own_attention_again(tiny_encoder):
    encoder = AutoModel.from_pretrained(tiny_encoder)
    assert encoder.config._attn_implementation == "sdpa"
    with byte_masks(encoder):
        assert encoder.config._attn_implementation == ATTENTION
        ids = torch.randint(5, 20, (2, 7))
        encoder.train()
        first, second = (encoder(ids).last_hidden_state for _ in range(2))
        assert not torch.equal(first, second)
    assert encoder.config._attn_implementation == "sdpa"
