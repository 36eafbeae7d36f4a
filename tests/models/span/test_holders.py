import pytest
import torch

from stance.models.base import IGNORED
from stance.models.span.holders import holder_loss
from stance.schema.nouns import LABELS

OPPOSITION, NEUTRAL, SUPPORT = (LABELS.index(name) for name in ("opposition", "neutral", "support"))


def table(*labels):
    """One window: four holders (two parties and the virtual ones) toward one target."""
    return torch.tensor(labels).reshape(1, 4, 1)


def test_the_loss_is_the_true_holders_share_of_the_stance():
    links = torch.zeros(1, 4, 1, 3)
    known = table(SUPPORT, NEUTRAL, NEUTRAL, NEUTRAL)
    assert holder_loss(links, known, None).item() == pytest.approx(torch.log(torch.tensor(4.0)))
    links[0, 0, 0, SUPPORT] = 20.0
    # Of 1 and three times a third.
    assert holder_loss(links, known, None).item() == pytest.approx(torch.log(torch.tensor(2.0)))
    # Sure that nobody else has it either: only what the holders have of one stance is compared.
    links[0, 1:, 0, NEUTRAL] = 20.0
    assert holder_loss(links, known, None).item() < 1e-6


def test_any_of_several_holders_is_right():
    links = torch.zeros(1, 4, 1, 3)
    links[0, 1, 0, OPPOSITION] = 20.0
    links[0, [0, 2, 3], 0, NEUTRAL] = 20.0
    known = table(OPPOSITION, OPPOSITION, NEUTRAL, NEUTRAL)
    assert holder_loss(links, known, None).item() < 1e-6


def test_holders_that_are_not_asked_about_take_no_part_and_no_holder_costs_nothing():
    links = torch.zeros(1, 4, 1, 3)
    padded = table(SUPPORT, IGNORED, NEUTRAL, IGNORED)
    assert holder_loss(links, padded, None).item() == pytest.approx(torch.log(torch.tensor(2.0)))
    unknown = torch.full((1, 4, 1), IGNORED)
    links.requires_grad_()
    loss = holder_loss(links, unknown, None)
    loss.backward()
    assert loss.item() == 0.0
    assert torch.isfinite(links.grad).all()


def test_weights_tell_how_much_a_target_counts():
    links = torch.zeros(2, 4, 1, 3)
    links[1, 1, 0, SUPPORT] = 20.0
    labels = torch.cat([table(SUPPORT, NEUTRAL, NEUTRAL, NEUTRAL)] * 2)
    weights = torch.ones(2, 4, 1)
    weights[1] = 0.0
    alone = holder_loss(links[:1], labels[:1], weights[:1])
    assert holder_loss(links, labels, weights).item() == pytest.approx(alone.item())
