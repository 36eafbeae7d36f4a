from stance.corpora.prepare import check
from stance.corpora.realnews import load_realnews

ROW = {
    "id": "x:1",
    "article_id": "A1",
    "story_id": "1",
    "sentence_index": 4,
    "source": "Wire",
    "date": "2031-01-01",
    "context": "Ana Ruiz spoke.",
    "text": "She scolded Bo Lind.",
    "target": "Bo Lind",
    "target_start": 12,
    "target_end": 19,
    "party": "Bo Lind",
    "label": "opposition",
    "status": "gold",
    "holder_kind": "party",
    "holder": "Ana Ruiz",
    "votes": {},
    "codebook": "1.0",
}


def test_gold_rows_with_context_and_holder_the_rest_counted(write):
    corpus = load_realnews(write({"dev.jsonl": [ROW, ROW | {"id": "x:2", "status": "unclear"}]}))
    check(corpus.pairs)
    directed = corpus.pairs[corpus.pairs["holder_kind"] == "party"].iloc[0]
    assert directed["holder"] == "Ana Ruiz"
    assert directed["text"][directed["sentence_start"] :] == "She scolded Bo Lind."
    assert corpus.left_out == {"unclear": 1}
    assert set(corpus.pairs["split"]) == {"dev"}


def test_a_holder_is_found_wherever_the_window_names_it_and_not_inside_of_a_word(write):
    text = "Ruiz scolded Bo Lind, and Ruizton heard it."
    row = ROW | {"holder": "Ruiz", "context": "Ruiz spoke.", "text": text, "target_start": 13}
    corpus = load_realnews(write({"dev.jsonl": [row | {"target_end": 20}]}))
    directed = corpus.pairs[corpus.pairs["holder_kind"] == "party"].iloc[0]
    assert [span["start"] for span in directed["holder_spans"]] == [0, 12]
