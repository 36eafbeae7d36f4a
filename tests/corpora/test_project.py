import json
import shutil

import pytest

from stance.corpora.leakage import find_leaks
from stance.corpora.prepare import check
from stance.corpora.project import FOLDER, load_project
from stance.schema.nouns import TAGS, InputError


@pytest.fixture(scope="module")
def corpus():
    return load_project()


def test_every_row_holds_the_contract_and_no_sentence_leaks(corpus):
    check(corpus.pairs)
    assert find_leaks(corpus.pairs) == []


def test_it_is_as_large_and_varied_as_the_data_card_says(corpus):
    free = corpus.pairs[corpus.pairs["holder_kind"] == "any"]
    assert len(free) >= 2400
    assert len(corpus.articles) >= 350
    assert free["target_party"].nunique() >= 250
    assert (free["split"] == "test").sum() >= 150
    assert set(free["label"].dropna()) == {"support", "opposition", "neutral"}
    assert {tag for tags in free["tags"] for tag in tags} == set(TAGS)


def test_the_test_part_shares_no_article_and_no_party(corpus):
    parties = corpus.pairs.groupby("split")["target_party"].agg(set)
    assert not parties["test"] & (parties["train"] | parties["dev"])
    assert corpus.pairs.groupby("article_id")["split"].nunique().max() == 1


def test_a_changed_test_part_is_refused(tmp_path):
    folder = tmp_path / "project"
    shutil.copytree(FOLDER, folder)
    record = json.loads((folder / "splits.json").read_text())
    name = record["test"][0]
    path = next(p for p in folder.glob("*.yaml") if f"id: {name}\n" in p.read_text())
    before, after = path.read_text().split(f"id: {name}\n")
    path.write_text(
        before + f"id: {name}\n" + after.replace("label: support", "label: neutral, x: 1", 1)
    )
    with pytest.raises(InputError):
        load_project(str(folder))
    path.write_text(
        before + f"id: {name}\n" + after.replace("{target:", "{unclear: true, target:", 1)
    )
    with pytest.raises(InputError, match="the frozen test part has changed"):
        load_project(str(folder))
