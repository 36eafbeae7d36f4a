from __future__ import annotations

import pandas as pd

from stance.models.encoders import load_tokenizer
from stance.models.span.collator import Collator, encode
from stance.models.span.examples import IGNORED, examples_of
from stance.schema.nouns import LABELS
from tests.conftest import HOLDER, SENTENCES, TARGET, pair

TEXT = SENTENCES[0][0]
OPPOSED, NEUTRAL = LABELS.index("opposition"), LABELS.index("neutral")


def rows() -> pd.DataFrame:
    return pd.DataFrame(
        [
            pair(TEXT, TARGET, "opposition"),
            pair(TEXT, HOLDER, "neutral"),
            pair(TEXT, TARGET, "opposition", holder=HOLDER),
        ]
    )


def test_all_parties_of_a_sentence_share_one_reading() -> None:
    (example,) = examples_of(rows(), context=False)

    assert example.text == TEXT
    assert len(example.parties) == 2
    assert [(row, slot, label) for row, slot, _, label, _ in example.stances] == [
        (0, 0, OPPOSED),
        (1, 1, NEUTRAL),
    ]


def test_where_a_holder_is_known_nobody_else_holds_it() -> None:
    (example,) = examples_of(rows(), context=False)

    links = {(holder, target): label for _, holder, target, label, _ in example.links}

    assert links == {(1, 0): OPPOSED, (0, 0): NEUTRAL, (-2, 0): NEUTRAL, (-1, 0): NEUTRAL}


def test_context_is_read_only_when_asked_for_or_needed() -> None:
    before = "Mayor Holt spoke. "
    moved = pair(before + TEXT, TARGET, "opposition", sentence_start=len(before))
    outside = pair(before + TEXT, TARGET, "opposition", sentence_start=len(before))
    inside = TEXT.index(TARGET) + len(before)
    moved["target_spans"] = [{"start": inside, "end": inside + len(TARGET)}]

    assert examples_of(pd.DataFrame([moved]), context=False)[0].text == TEXT
    assert examples_of(pd.DataFrame([moved]), context=True)[0].text == before + TEXT
    assert examples_of(pd.DataFrame([outside]), context=False)[0].text == before + TEXT


def test_mentions_find_their_tokens_and_batches_are_padded(tiny_encoder: str) -> None:
    tokenizer = load_tokenizer(tiny_encoder)
    more = pd.concat([rows(), pd.DataFrame([pair(SENTENCES[3][0], TARGET, "neutral")])])
    items = encode(examples_of(more, context=False), tokenizer, 64)

    batch = Collator(tokenizer.pad_token_id)(items)

    words = tokenizer.decode([items[0].input_ids[i] for i in items[0].parties[0]])
    assert words == "mayor holt"
    assert batch["labels"].shape == (2, 2, 2)
    assert batch["link_labels"].shape == (2, 4, 2)
    assert batch["labels"][1, 1].tolist() == [IGNORED, IGNORED]
    assert batch["party_weights"][0].sum(dim=-1).tolist() == [1.0, 1.0]


def test_a_sentence_that_is_too_long_says_that_it_was_cut(tiny_encoder: str) -> None:
    tokenizer = load_tokenizer(tiny_encoder)
    examples = examples_of(rows(), context=False)

    assert encode(examples, tokenizer, 8)[0].truncated
    assert not encode(examples, tokenizer, 64)[0].truncated
