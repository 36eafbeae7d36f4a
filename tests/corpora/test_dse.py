import pytest

from stance.corpora.dse import load_dse
from stance.corpora.prepare import check
from stance.schema.nouns import InputError

VALID = "[Ana Ruiz] met [Bo Lind].\tAna Ruiz\tBo Lind\t0\n"


def test_both_directions_and_clipped_words_made_whole(write):
    line = "[the Parliamen]t scolded [Bo Lind].\tthe Parliamen\tBo Lind\t3\n"
    corpus = load_dse(write({"train.txt": line, "valid.txt": VALID}))
    check(corpus.pairs)
    rows = corpus.pairs[corpus.pairs["split"] == "train"]
    found = {(r["holder"], r["target"]): r["label"] for r in rows.to_dict("records")}
    assert found == {
        ("Parliament", "Bo Lind"): "opposition",
        ("Bo Lind", "Parliament"): "neutral",
    }
    assert corpus.repairs == {"clipped entity made a whole word": 1}
    assert corpus.restricted


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[A] met [B].\tA\tB\n", "expected 4 fields"),
        ("[A] met [B].\tA\tB\t7\n", "class '7'"),
        ("A met [B].\tA\tB\t0\n", "two entities in brackets, found 1"),
    ],
)
def test_a_fault_names_file_and_row(write, line, said):
    with pytest.raises(InputError, match=r"train\.txt: row 1") as caught:
        load_dse(write({"train.txt": line, "valid.txt": VALID}))
    assert said in str(caught.value)
