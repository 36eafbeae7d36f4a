import json
import tracemalloc

import pandas as pd
import pytest

from stance.corpora.prepare import check, read_manifest, read_split, write_prepared
from stance.schema.nouns import InputError
from tests.corpora.conftest import corpus_of, sentence


def test_a_prepared_corpus_says_what_it_is(tmp_path):
    corpus = corpus_of([sentence(1, "Ana met Bo.", "Ana"), sentence(1, "Ana met Bo.", "Bo")])
    write_prepared(corpus, tmp_path)
    manifest = read_manifest(tmp_path)
    assert manifest["pairs"]["train"] == {"pairs": 2, "neutral": 2}
    assert manifest["licence"] == "Apache-2.0"
    assert json.loads((tmp_path / "manifest.json").read_text())["parties"] == 2
    assert len(read_split(tmp_path, "train")) == 2
    with pytest.raises(InputError, match="has no dev part"):
        read_split(tmp_path, "dev")
    with pytest.raises(InputError, match="run `stance prepare` first"):
        read_split(tmp_path / "none", "train")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"target_spans": [{"start": 0, "end": 99}]}, "a1:0:Ana"),
        ({"label": "against"}, "label"),
    ],
)
def test_a_row_that_breaks_the_contract_is_named(change, said):
    row = sentence(1, "Ana met Bo.", "Ana") | change
    with pytest.raises(InputError, match=said):
        check(pd.DataFrame([row]))


def test_a_doubled_id_is_named():
    row = sentence(1, "Ana met Bo.", "Ana")
    with pytest.raises(InputError, match="stands twice"):
        check(pd.DataFrame([row, row]))


@pytest.mark.slow
def test_a_million_rows_are_checked_in_bounded_memory():
    one = pd.DataFrame([sentence(1, "Ana met Bo.", "Ana")])
    million = pd.concat([one] * 1_000_000, ignore_index=True)
    million["pair_id"] = [f"p{number}" for number in range(len(million))]
    tracemalloc.start()
    check(million)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300e6
