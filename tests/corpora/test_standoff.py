import json

import pytest

import stance.corpora.standoff as standoff
from stance.corpora.prepare import check
from stance.corpora.rows import sentence_key
from stance.schema.nouns import InputError

TEXT = "Ana Ruiz scolded Bo Lind."


def upstream(write):
    target = {"Input.gid": "g1", "from": 17, "to": 24, "mention": "Bo Lind", "polarity": 2.0}
    row = {"primary_gid": "g1", "sentence_normalized": TEXT, "targets": [target]}
    return write({"newsmtsc/newsmtsc-rw/train.jsonl": [row], "newstsc/train.jsonl": []})


def label(**change):
    return {
        "gid": "g1",
        "sentence_key": sentence_key(TEXT),
        "target_start": 17,
        "target_end": 24,
        "label": "opposition",
        "holder_kind": "party",
        "holder_start": 0,
        "holder_end": 8,
        "annotator": "lm-X",
        "codebook": "1.1",
    } | change


@pytest.fixture
def labels(tmp_path, monkeypatch):
    def put(*rows):
        folder = tmp_path / "labels"
        folder.mkdir(exist_ok=True)
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / "newsmtsc_train.jsonl").write_text(text)
        (folder / "newstsc_train.jsonl").write_text("")
        monkeypatch.setattr(standoff, "FOLDER", folder)

    return put


def test_labels_are_joined_with_upstreams_text(write, labels):
    labels(label())
    corpus = standoff.load_standoff(upstream(write))
    check(corpus.pairs)
    assert corpus.pairs["text"].tolist() == [TEXT, TEXT]
    assert set(corpus.pairs["holder_kind"]) == {"any", "party"}
    assert not corpus.restricted


@pytest.mark.parametrize(
    ("change", "said"),
    [({"gid": "g9"}, "is not in upstream's text"), ({"target_end": 99}, "lie outside the text")],
)
def test_a_row_that_does_not_join_is_named(write, labels, change, said):
    labels(label(), label(**change))
    with pytest.raises(InputError, match="row 2") as caught:
        standoff.load_standoff(upstream(write))
    assert said in str(caught.value)
