import pytest

from stance.corpora.politiquices import FILE, load_politiquices
from stance.corpora.prepare import check
from stance.schema.nouns import InputError

ROW = {
    "title": "Rui Matos elogia Eva Brito",
    "label": "ent1_supports_ent2",
    "date": "2031-05-06 10:00",
    "url": "",
    "ent1": "Rui Matos",
    "ent2": "Eva Brito",
}


def test_the_direction_is_holder_to_target(write):
    corpus = load_politiquices(write({FILE: [ROW]}))
    check(corpus.pairs)
    found = {(r["holder"], r["target"]): r["label"] for r in corpus.pairs.to_dict("records")}
    assert found == {("Rui Matos", "Eva Brito"): "support", ("Eva Brito", "Rui Matos"): "neutral"}
    assert corpus.articles["language"].tolist() == ["pt"]
    assert corpus.restricted


@pytest.mark.parametrize(
    ("change", "said"),
    [({"label": "loves"}, "label 'loves'"), ({"ent1": "Zé"}, "'Zé' does not stand in the title")],
)
def test_faults_are_named(write, change, said):
    with pytest.raises(InputError, match="row 2") as caught:
        load_politiquices(write({FILE: [ROW, ROW | change]}))
    assert said in str(caught.value)
