import random

import pytest

from stance.corpora.leakage import find_leaks, settle, shared_articles
from stance.schema.nouns import InputError
from tests.corpora.conftest import corpus_of, sentence

WORDS = [
    first + second
    for first in ("ba", "do", "ki", "lu", "me", "no", "ri", "sa", "tu", "ve")
    for second in ("lan", "mer", "nig", "pos", "rut", "sel", "tam", "vok", "wix", "zed")
]


def clean(rng: random.Random) -> str:
    return "Ana " + " ".join(rng.choices(WORDS, k=18)) + "."


def leaking(exact: float, near: float, size: int = 400):
    """A corpus in which these shares of train stand in test too, as they are or nearly."""
    rng = random.Random(5)
    train = [clean(rng) for _ in range(size)]
    copied = rng.sample(range(size), round(size * (exact + near)))
    wanted = {}
    test = [clean(rng) for _ in range(size // 4)]
    for place, number in enumerate(copied):
        text = train[number]
        if place < round(size * exact):
            test.append(text.upper().replace("ANA", "Ana").replace(".", " !"))
            wanted[number] = "exact"
        else:
            words = text.split(" ")
            words[rng.randrange(1, len(words) - 1)] = "changed"
            test.append(" ".join(words))
            wanted[number] = "near"
    rows = [sentence(number, text, "Ana") for number, text in enumerate(train)]
    rows += [sentence(size + n, text, "Ana") | {"split": "test"} for n, text in enumerate(test)]
    return corpus_of(rows), wanted


def test_all_exact_and_near_copies_are_found_and_nothing_else():
    corpus, wanted = leaking(exact=0.25, near=0.10)
    found = {int(leak.pair_id.split(":")[0][1:]): leak.kind for leak in find_leaks(corpus.pairs)}
    assert found == wanted


def test_fail_names_the_rows_and_drop_lets_them_leave_train():
    corpus, wanted = leaking(exact=0.05, near=0.05, size=100)
    with pytest.raises(InputError, match=r"5 exact copies in test.* \(a\d+:0:Ana"):
        settle(corpus, "fail")
    kept, leaks = settle(corpus, "drop")
    assert len(leaks) == len(wanted) == kept.left_out["also in a measured part"]
    assert (kept.pairs["split"] == "test").sum() == (corpus.pairs["split"] == "test").sum()
    assert find_leaks(kept.pairs) == []
    same, _ = settle(corpus, "report")
    assert len(same.pairs) == len(corpus.pairs)


def test_a_clean_corpus_passes():
    corpus, _ = leaking(exact=0, near=0, size=100)
    assert settle(corpus, "fail") == (corpus, [])


def test_shared_articles_are_counted():
    rows = [
        sentence(1, "Ana left.", "Ana"),
        sentence(1, "Ana came.", "Ana", sentence_index=1) | {"split": "dev"},
    ]
    assert shared_articles(corpus_of(rows).pairs) == 1
