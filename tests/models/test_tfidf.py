from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.model_selection import cross_val_score

from stance.models import StanceModel, load, save
from stance.models.majority import MajorityClassifier
from stance.models.skopsfile import write_skops
from stance.models.tfidf import MASK, TfidfClassifier
from stance.schema.nouns import LABELS, InputError
from tests.conftest import HOLDER, SENTENCES, TARGET, pair


def free(pairs: pd.DataFrame) -> pd.DataFrame:
    return pairs[pairs["holder_kind"] == "any"].reset_index(drop=True)


def test_aware_of_the_target_it_tells_two_parties_of_a_sentence_apart(pairs: pd.DataFrame) -> None:
    model = TfidfClassifier().fit(pairs)

    assert model.predict(free(pairs)).tolist() == free(pairs)["label"].tolist()


def test_blind_to_the_target_it_cannot(pairs: pd.DataFrame) -> None:
    model = TfidfClassifier(target_aware=False).fit(pairs)
    text = SENTENCES[0][0]

    both = model.predict_proba(pd.DataFrame([pair(text, TARGET, None), pair(text, HOLDER, None)]))

    np.testing.assert_array_equal(both[0], both[1])


def test_the_name_of_the_target_is_never_learnt(pairs: pd.DataFrame) -> None:
    words = TfidfClassifier(min_df=1).fit(pairs).pipeline_[:-1].get_feature_names_out()

    assert any(MASK in word for word in words)
    assert not any(word.startswith("sentence__mayor holt ") for word in words)


def test_scikit_learns_own_tools_work(pairs: pd.DataFrame) -> None:
    frame = free(pairs)

    scores = cross_val_score(
        clone(TfidfClassifier(C=2.0)), frame, frame["label"], groups=frame["article_id"], cv=3
    )

    assert scores.min() > 0.9


@pytest.mark.parametrize("classifier", [TfidfClassifier(), MajorityClassifier()])
def test_a_saved_model_gives_the_same_probabilities(
    classifier: TfidfClassifier, pairs: pd.DataFrame, tmp_path: Path
) -> None:
    model = StanceModel(classifier.fit(pairs), temperature=1.7, threshold=0.4, about={"seed": 1})

    found = load(save(model, tmp_path / "model"))

    np.testing.assert_array_equal(found.predict_proba(pairs), model.predict_proba(pairs))
    assert (found.threshold, found.about) == (0.4, {"seed": 1})
    assert found.predict_proba(pairs).shape == (len(pairs), len(LABELS))


def test_a_folder_with_a_pickle_is_refused(pairs: pd.DataFrame, tmp_path: Path) -> None:
    folder = save(StanceModel(MajorityClassifier().fit(pairs)), tmp_path / "model")
    (folder / "extra.pkl").write_bytes(b"cos\nsystem\n")

    with pytest.raises(InputError, match=r"extra\.pkl, which can run code"):
        load(folder)


def test_a_skops_file_with_foreign_types_is_refused(pairs: pd.DataFrame, tmp_path: Path) -> None:
    import skops.io
    from sklearn.preprocessing import FunctionTransformer

    folder = save(StanceModel(TfidfClassifier().fit(pairs)), tmp_path / "model")
    skops.io.dump(FunctionTransformer(print), folder / "model.skops")

    with pytest.raises(InputError, match="which no model of ours has"):
        load(folder)


def test_words_that_do_not_fit_are_refused(pairs: pd.DataFrame, tmp_path: Path) -> None:
    folder = save(StanceModel(TfidfClassifier().fit(pairs)), tmp_path / "model")
    for words in ("[]", "{", '{"sentence": ["a"]}'):
        (folder / "words.json").write_text(words)
        with pytest.raises(InputError, match=r"words\.json: not the words of this model"):
            load(folder)


def test_a_model_with_its_words_in_place_is_read_too(pairs: pd.DataFrame, tmp_path: Path) -> None:
    classifier = TfidfClassifier().fit(pairs)
    folder = save(StanceModel(classifier), tmp_path / "model")
    (folder / "words.json").unlink()
    write_skops(classifier.pipeline_, folder / "model.skops")

    found = load(folder).predict_proba(pairs)

    np.testing.assert_array_equal(found, classifier.predict_proba(pairs))


def test_no_pairs_and_no_labels_are_named(pairs: pd.DataFrame) -> None:
    assert TfidfClassifier().fit(pairs).predict_proba(pairs.head(0)).shape == (0, 3)
    with pytest.raises(InputError, match="none of the 3 training pairs has a label"):
        TfidfClassifier().fit(free(pairs).head(3).assign(label=None))


def test_evidence_names_words_of_the_sentence(pairs: pd.DataFrame) -> None:
    model = TfidfClassifier().fit(pairs)

    (words,) = model.answer(pd.DataFrame([pair(SENTENCES[0][0], TARGET, None)])).evidence

    assert "denounced" in words


def test_of_two_labels_each_has_words_of_its_own(pairs: pd.DataFrame) -> None:
    frame = free(pairs)
    frame = frame[(frame["target"] == TARGET) & (frame["label"] != "neutral")]
    model = TfidfClassifier().fit(frame)

    answers = model.answer(pd.DataFrame([pair(SENTENCES[k][0], TARGET, None) for k in (0, 1)]))

    assert "denounced" in answers.evidence[0]
    assert "praised" in answers.evidence[1]


def test_loading_it_loads_no_torch(pairs: pd.DataFrame, tmp_path: Path) -> None:
    folder = save(StanceModel(TfidfClassifier().fit(pairs)), tmp_path / "model")
    code = f"import sys; from stance.models import load; load({str(folder)!r})"
    code += "; assert 'torch' not in sys.modules; import torch; torch.zeros(1)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
