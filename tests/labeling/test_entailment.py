from __future__ import annotations

import numpy as np
import pytest

from stance.labeling.entailment import Entailment, entailment_index
from stance.schema.nouns import InputError

PREMISES = ["The Guild of Bakers praised Mayor Holt.", "The Guild met.", "Mayor Holt called."]
SAID = ["Mayor Holt is praised.", "Nobody takes a side.", "Mayor Holt is praised by the Guild."]


def test_batches_and_their_order_change_nothing(tiny_nli: str) -> None:
    whole = Entailment(tiny_nli).logits(PREMISES, SAID)
    parts = Entailment(tiny_nli, batch_size=1).logits(PREMISES[::-1], SAID[::-1])

    assert whole.shape == (3, 3)
    assert np.allclose(whole, parts[::-1], atol=1e-5)


def test_the_models_own_answer_is_what_is_read(tiny_nli: str) -> None:
    import torch

    nli = Entailment(tiny_nli)
    encoded = nli.tokenizer(PREMISES[0], SAID[0], return_tensors="pt")
    with torch.inference_mode():
        expected = nli.model(**encoded).logits.softmax(-1)[0, 2].item()

    assert nli.entailed(nli.logits(PREMISES[:1], SAID[:1]))[0] == pytest.approx(expected, abs=1e-5)


def test_the_hypothesis_is_never_cut(tiny_nli: str) -> None:
    nli = Entailment(tiny_nli, max_length=24)
    found = nli.logits([PREMISES[0] * 50, PREMISES[0] * 60], SAID[:1] * 2)
    assert np.allclose(found[0], found[1], atol=1e-5)
    assert not np.allclose(found[0], nli.logits([PREMISES[0] * 50], SAID[1:2])[0], atol=1e-5)


def test_entailment_is_found_by_name() -> None:
    assert entailment_index({0: "entailment", 1: "not_entailment"}, "m") == 0
    assert entailment_index({0: "Contradiction", 1: "Neutral", 2: "Entailment"}, "m") == 2
    with pytest.raises(InputError, match=r"none of its labels \(LABEL_0, LABEL_1\) is entailment"):
        entailment_index({0: "LABEL_0", 1: "LABEL_1"}, "m")
