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


def seesaw_label(**change):
    row = label(article_id="S_DOCUMENT_0", sentence_index=1) | change
    del row["gid"]
    return row


@pytest.fixture
def seesaw(write, tmp_path, monkeypatch):
    def put(*rows):
        (tmp_path / "labels").mkdir()
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / "labels" / "seesaw_train.jsonl").write_text(text)
        monkeypatch.setattr(standoff, "FOLDER", tmp_path / "labels")
        sentences = [{"id": 0, "text": "Rain fell."}, {"id": 1, "text": TEXT}]
        return write({"articles/S_DOCUMENT_0.json": {"title": "Rain", "text": sentences}})

    return put


def test_labels_over_articles_have_the_window_before_them(seesaw):
    corpus = standoff.load_standoff_seesaw(seesaw(seesaw_label()))

    check(corpus.pairs)
    directed = corpus.pairs[corpus.pairs["holder_kind"] == "party"].iloc[0]
    assert directed["text"] == f"Rain fell. {TEXT}"
    assert (directed["target"], directed["holder"]) == ("Bo Lind", "Ana Ruiz")
    assert directed["article_id"] == "S_DOCUMENT_0"
    assert corpus.restricted


def test_a_label_of_another_sentence_is_named(seesaw):
    root = seesaw(seesaw_label(), seesaw_label(sentence_index=0))

    with pytest.raises(InputError, match=r"row 2: its sentence \(\w+\) is not in upstream's text"):
        standoff.load_standoff_seesaw(root)


def test_the_packaged_labels_are_what_the_data_card_says():
    counts = {
        file.stem: len(file.read_text().splitlines()) for file in standoff.FOLDER.glob("*.jsonl")
    }

    assert counts == {
        "newsmtsc_train": 6835,
        "newstsc_train": 1960,
        "seesaw_train": 7192,
        "dse_train": 8324,
    }


def test_labels_over_dse_are_joined_by_the_words_of_the_sentence(tmp_path, monkeypatch):
    row = label()
    del row["gid"]
    (tmp_path / "dse_train.jsonl").write_text(json.dumps(row) + "\n")
    (tmp_path / "train.txt").write_text("[Ana Ruiz] scolded [Bo Lin]d.\tAna Ruiz\tBo Lin\t3\n")
    monkeypatch.setattr(standoff, "FOLDER", tmp_path)
    corpus = standoff.load_standoff_dse(str(tmp_path))
    check(corpus.pairs)
    assert corpus.restricted
    assert set(corpus.pairs["text"]) == {TEXT}
    assert set(corpus.pairs["holder_kind"]) == {"any", "party"}
