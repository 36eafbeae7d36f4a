import pytest

from stance.corpora.prepare import check
from stance.corpora.seesaw import load_seesaw
from stance.schema.nouns import InputError

TEXTS = [
    "Mayor Ana Ruiz scolded the Harbour Board.",
    "Nobody answered.",
    "She also praised Bo Lind.",
    "The Harbour Board met Cem Aksoy.",
    "It rained.",
    "It rained again.",
    "It rained a third time.",
    "Critics laughed.",
]


def stance(subject, sentiment, target):
    return {"id": 0, "subject": subject, "sentiment": sentiment, "object": target}


def story(stances, split="train"):
    kinds = {"Ana Ruiz": "People", "Bo Lind": "People", "Cem Aksoy": "People"}
    entities = [[name, [kind], ["Main"], ["A"]] for name, kind in kinds.items()]
    entities.append(["Harbour Board", ["Organization"], ["Main"], ["A"]])
    name = "TRIPLET_000_DOCUMENT_0.json"
    return {
        f"articles/{name}": {
            "title": "A quarrel",
            "text": [{"id": i, "text": text} for i, text in enumerate(TEXTS)],
        },
        f"annotations/{name}": {"entity lists": entities, "sentence-level stances": stances},
        "meta/TRIPLET_000.json": {
            "Split": split,
            "story_time": "2031-01-02",
            "Meta info for article 0": {"source": "Harbour News"},
        },
    }


def load(write, stances, **more):
    corpus = load_seesaw(write(story(stances)), **more)
    check(corpus.pairs)
    return corpus


def test_holder_and_target_are_found_by_name(write):
    corpus = load(write, {"0": [stance("Ana Ruiz", "NEG", "Harbour Board")]}, neutrals=0)
    rows = corpus.pairs.set_index("holder_kind")
    assert rows.loc["party", "holder"] == "Ana Ruiz"
    assert rows.loc["party", "label"] == "opposition"
    assert rows.loc["any", "target"] == "Harbour Board"
    assert corpus.articles.iloc[0]["story_id"] == "TRIPLET_000"


def test_up_to_three_sentences_before_are_read(write):
    corpus = load(write, {"2": [stance("Ana Ruiz", "POS", "Bo Lind")]}, neutrals=0)
    row = corpus.pairs.set_index("holder_kind").loc["party"]
    assert row["text"][row["sentence_start"] :] == "She also praised Bo Lind."
    assert row["holder_spans"][0]["end"] <= row["sentence_start"]


def test_what_cannot_be_found_is_counted_and_not_guessed(write):
    stances = {
        "7": [stance("None", "NEG", "Bo Lind"), stance("None", "NEG", "the weather")],
        "0": [stance("Not in the list", "NEG", "Ana Ruiz"), stance("Dee Wu", "POS", "Ana Ruiz")],
    }
    corpus = load(write, stances, neutrals=0)
    assert corpus.left_out["target not found: named further away"] == 1
    assert corpus.left_out["target not found: not among the article's entities"] == 1
    assert corpus.left_out["holder not found, kept without holder"] == 1
    mixed = corpus.pairs[corpus.pairs["holder_kind"] == "any"]
    assert mixed["mixed"].tolist() == [True]
    assert corpus.notes["targets"] == 4


def test_neutrals_are_drawn_by_seed_from_named_unlabelled_parties(write):
    corpus = load(write, {"0": [stance("Ana Ruiz", "NEG", "Harbour Board")]}, neutrals=2, seed=3)
    silver = corpus.pairs[corpus.pairs["provenance"] == "silver"]
    assert len(silver) == 2
    assert set(silver["label"]) == {"neutral"}
    assert not ((silver["target_party"] == "Harbour Board") & (silver["sentence_index"] == 0)).any()


def test_faults_are_named(write):
    with pytest.raises(InputError, match="sentiment 'MEH' is none of"):
        load_seesaw(write(story({"0": [stance("Ana Ruiz", "MEH", "Bo Lind")]})))
    with pytest.raises(InputError, match="Split 'tran'"):
        load_seesaw(write(story({}, split="tran")))
