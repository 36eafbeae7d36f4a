import pytest

from stance.corpora.mixture import mix
from stance.corpora.prepare import check
from stance.schema.nouns import InputError
from tests.corpora.conftest import corpus_of, sentence

LONG = "Ana met Bo at the old harbour gate in the rain on Friday evening."


def test_a_mixture_keeps_what_each_row_is_and_weighs_it():
    one = corpus_of([sentence(1, "Ana left.", "Ana")], name="one")
    two = corpus_of([sentence(1, "Bo came.", "Bo")], name="two")
    mixed = mix([one, two], {"two": 0.5})
    check(mixed.pairs)
    assert mixed.pairs["weight"].tolist() == [1.0, 0.5]
    assert mixed.pairs["article_id"].tolist() == ["one:a1", "two:a1"]


def test_what_one_corpus_measures_another_may_not_train_on():
    one = corpus_of([sentence(1, LONG, "Ana"), sentence(2, "Ana left.", "Ana")], name="one")
    two = corpus_of(
        [sentence(1, LONG.replace("Friday", "Monday"), "Bo") | {"split": "dev"}], name="two"
    )
    mixed = mix([one, two], {})
    assert mixed.left_out["also in a measured part"] == 1
    assert mixed.pairs["split"].tolist() == ["train", "dev"]


def test_restrictions_and_mistakes():
    one, two = (corpus_of([sentence(1, "Ana left.", "Ana")], name=name) for name in ("one", "two"))
    two.restricted = True
    assert mix([one, two], {}).restricted
    with pytest.raises(InputError, match="stands twice"):
        mix([one, one], {})
    with pytest.raises(InputError, match="three, not in the mixture"):
        mix([one, two], {"three": 1})
