import pandas as pd
import pytest

from stance.corpora.prepare import check
from stance.corpora.table import load_table
from stance.schema.nouns import InputError

ROWS = [
    {"sentence": "Ana scolded Bo.", "who": "Bo", "says": "con"},
    {"sentence": "Ana met Cem.", "who": "Cem", "says": "none"},
]
COLUMNS = {"text": "sentence", "target": "who", "label": "says"}
LABELS = {"con": "opposition", "pro": "support", "none": "neutral"}


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "parquet"])
def test_any_file_by_a_map_of_columns_and_labels(tmp_path, ending):
    path, frame = tmp_path / f"own.{ending}", pd.DataFrame(ROWS)
    match ending:
        case "csv" | "tsv":
            frame.to_csv(path, index=False, sep="," if ending == "csv" else "\t")
        case "jsonl":
            frame.to_json(path, orient="records", lines=True)
        case _:
            frame.to_parquet(path)
    corpus = load_table(str(path), name="own", columns=COLUMNS, labels=LABELS)
    check(corpus.pairs)
    assert corpus.pairs["label"].tolist() == ["opposition", "neutral"]
    assert corpus.pairs["target"].tolist() == ["Bo", "Cem"]


def test_the_target_by_marker_or_by_span(tmp_path):
    path = tmp_path / "m.jsonl"
    path.write_text('{"text": "Ana met <t>Bo</t>.", "label": "neutral"}\n')
    corpus = load_table(
        str(path), name="m", columns={"text": "text", "label": "label"}, marker=("<t>", "</t>")
    )
    assert corpus.pairs["text"].tolist() == ["Ana met Bo."]
    path.write_text('{"text": "Bo met Bo.", "label": "neutral", "from": "7", "to": "9"}\n')
    columns = {"text": "text", "label": "label", "start": "from", "end": "to"}
    corpus = load_table(str(path), name="m", columns=columns)
    assert corpus.pairs["target_spans"][0][0]["start"] == 7


def test_sentences_of_an_article_are_numbered_as_they_come(tmp_path):
    path = tmp_path / "own.csv"
    rows = ["Ana met Bo.,Ana,neutral,a", "Ana met Bo.,Bo,neutral,a", "Bo sat.,Bo,neutral,a"]
    path.write_text("\n".join(["text,target,label,article", *rows, "Bo sat.,Bo,neutral,b"]))
    columns = {name: name for name in ("text", "target", "label", "article")}
    corpus = load_table(str(path), name="own", columns=columns)
    assert corpus.pairs["sentence_index"].tolist() == [0, 0, 1, 0]


def test_date_and_source_go_to_the_articles(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "text,target,label,article,date,source\n"
        "Ana met Bo.,Ana,neutral,a,2031-05-02,Gazette\nBo sat.,Bo,neutral,b,,\n"
    )
    columns = {name: name for name in ("text", "target", "label", "article", "date", "source")}
    corpus = load_table(str(path), name="own", columns=columns, source="own files")
    check(corpus.pairs)
    told = corpus.articles.set_index("article_id")[["date", "source"]].to_dict("index")
    assert told["a"] == {"date": "2031-05-02", "source": "Gazette"}
    assert told["b"] == {"date": "", "source": "own files"}


def test_a_data_set_of_the_datasets_library(tmp_path):
    folder = tmp_path / "hub"
    folder.mkdir()
    pd.DataFrame(ROWS).to_json(folder / "train.jsonl", orient="records", lines=True)
    hub = {"path": str(folder), "split": "train"}
    corpus = load_table(name="own", hub=hub, columns=COLUMNS, labels=LABELS)
    assert len(corpus.pairs) == 2
    with pytest.raises(InputError, match="datasets cannot load it"):
        load_table(name="own", hub={"path": str(tmp_path / "none")}, columns=COLUMNS)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Ana met Bo.,Dee,con", "row 3: the target 'Dee' does not stand in the text"),
        ("Ana met Bo.,Bo,maybe", "row 3: label 'maybe' is none of con, pro, none"),
        ("Ana scolded Bo.,Bo,con", "stands twice"),
    ],
)
def test_faults_are_named(tmp_path, row, said):
    path = tmp_path / "own.csv"
    path.write_text(f"sentence,who,says\nAna scolded Bo.,Bo,con\n{row}\n")
    with pytest.raises(InputError) as caught:
        load_table(str(path), name="own", columns=COLUMNS, labels=LABELS)
    assert said in str(caught.value)
