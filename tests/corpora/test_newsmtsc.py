import pytest

from stance.corpora.newsmtsc import load_newsmtsc, load_newstsc
from stance.corpora.prepare import check
from stance.schema.nouns import InputError


def row(text="Ana Ruiz hailed Bo Lind.", **target):
    first = {"Input.gid": "wire_1_2_3_Ana Ruiz_0_8", "from": 0, "to": 8, "mention": "Ana Ruiz"}
    return {
        "primary_gid": "wire_1_2_3_Ana Ruiz_0_8",
        "sentence_normalized": text,
        "targets": [first | {"polarity": 4.0} | target],
    }


def files(*rows):
    return {"newsmtsc-rw/train.jsonl": list(rows), "newsmtsc-rw/dev.jsonl": [row("Ana Ruiz left.")]}


def test_targets_become_portrayal_rows_with_their_article(write):
    corpus = load_newsmtsc(write(files(row(polarity=6.0))))
    check(corpus.pairs)
    first = corpus.pairs.iloc[0]
    assert (first["label"], first["construct"], first["split"]) == ("support", "portrayal", "train")
    assert (first["article_id"], first["sentence_index"]) == ("wire_1_2", 3)
    assert list(corpus.inputs) == ["newsmtsc-rw/dev.jsonl", "newsmtsc-rw/train.jsonl"]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (row(polarity=5.0), "row 2, target 0: polarity 5.0 is none of"),
        (row(to=99), "lie outside the text"),
        (row(mention="Bo"), "offsets hold 'Ana Ruiz', not the target 'Bo'"),
        ({"primary_gid": "x"}, "field sentence_normalized, targets is missing"),
    ],
)
def test_a_fault_names_file_and_row(write, broken, said):
    with pytest.raises(InputError, match=r"train\.jsonl: row 2") as caught:
        load_newsmtsc(write(files(row(), broken)))
    assert said in str(caught.value)


def test_truncated_and_wrongly_encoded_lines(write, tmp_path):
    root = write(files(row()))
    path = tmp_path / "newsmtsc-rw/train.jsonl"
    path.write_text(path.read_text() + '{"primary_gid": "x", "sent')
    with pytest.raises(InputError, match=r"row 2: broken JSON, is the file truncated"):
        load_newsmtsc(root)
    path.write_bytes(b'{"a": "M\xfcller"}\n')
    with pytest.raises(InputError, match=r"row 1: not UTF-8"):
        load_newsmtsc(root)


def test_a_missing_folder_says_what_to_do():
    with pytest.raises(InputError, match=r"corpus.root=…"):
        load_newsmtsc(None)
    with pytest.raises(InputError, match="no such folder"):
        load_newsmtsc("/nowhere")


def test_newstsc_keeps_the_same_target_of_a_sentence_once(write):
    tone = {
        "label": "negative",
        "local_context": "The Senate balked.",
        "target_local_from": 4,
        "target_local_to": 10,
        "target_mention": "Senate",
    }
    corpus = load_newstsc(write({"train.jsonl": [tone, tone]}))
    assert list(corpus.pairs["label"]) == ["opposition"]
    assert corpus.left_out == {"the same words twice": 1}
