import pytest

from stance.corpora.splits import resplit
from stance.schema.nouns import InputError
from tests.corpora.conftest import corpus_of, sentence

SHARES = {"dev": 0.2, "test": 0.2}


def corpus(**about):
    rows = [
        sentence(article, f"Ana met Bo {article}.", target, sentence_index=index)
        | {"target_party": f"{target} {article % 5}"}
        for article in range(30)
        for index, target in enumerate(("Ana", "Bo"))
    ]
    return corpus_of(rows, **about)


def sides(found, column="article_id"):
    return found.pairs.groupby(column)["split"].nunique().max()


def test_given_is_left_alone():
    assert resplit(corpus(), "given", SHARES) is not None
    assert set(resplit(corpus(), "given", SHARES).pairs["split"]) == {"train"}


def test_by_article_nothing_lies_on_two_sides():
    found = resplit(corpus(), "article", SHARES)
    assert sides(found) == 1
    counts = found.pairs["split"].value_counts(normalize=True)
    assert counts["dev"] == pytest.approx(0.2, abs=0.05)
    assert counts["test"] == pytest.approx(0.2, abs=0.05)
    again = resplit(corpus(), "article", SHARES).pairs["split"]
    assert list(again) == list(found.pairs["split"])


def test_by_story_articles_of_a_story_stay_together():
    stories = {f"a{number}": f"s{number // 3}" for number in range(30)}
    found = resplit(corpus(stories=stories), "story", SHARES)
    found.pairs["story"] = found.pairs["article_id"].map(stories)
    assert sides(found, "story") == 1


def test_by_time_the_newest_are_for_testing():
    dates = {f"a{number}": f"2031-01-{number + 1:02}" for number in range(30)}
    found = resplit(corpus(dates=dates), "time", SHARES).pairs
    day = found["article_id"].map(dates)
    assert day[found["split"] == "train"].max() < day[found["split"] == "dev"].min()
    assert day[found["split"] == "dev"].max() < day[found["split"] == "test"].min()
    with pytest.raises(InputError, match="has no date"):
        resplit(corpus(), "time", SHARES)


def test_by_party_neither_parties_nor_articles_lie_on_two_sides():
    found = resplit(corpus(), "party", SHARES)
    assert sides(found) == 1
    assert sides(found, "target_party") == 1
    assert found.left_out["party or article on two sides"] + len(found.pairs) == 60


def test_bad_shares_are_refused():
    with pytest.raises(InputError, match="together below 1"):
        resplit(corpus(), "article", {"dev": 0.6, "test": 0.5})
