"""Does a party's name give its label away? A model that sees nothing else, on the project's corpus.

Five folds by article over the train and development parts; the aim is at most 5 points of accuracy
above always saying the commonest label.

    python benchmarks/name_only.py
"""

from __future__ import annotations

import sys

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from stance.corpora.project import load_project

POINTS = 5.0


def main() -> int:
    """Print both accuracies; 1 if the name is worth more than it may be."""
    pairs = load_project().pairs
    free = pairs[(pairs["holder_kind"] == "any") & (pairs["split"] != "test")]
    free = free.dropna(subset=["label"])
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        LogisticRegression(C=10, max_iter=2000),
    )
    folds = GroupKFold(5)
    answers = cross_val_predict(
        model, free["target_party"], free["label"], groups=free["article_id"], cv=folds
    )
    labels = free["label"].to_numpy()
    named = 100 * np.mean(answers == labels)
    commonest = 100 * free["label"].value_counts(normalize=True).max()
    print(f"{len(free)} pairs, {free['target_party'].nunique()} parties")
    print(
        f"the name alone {named:.1f} %, the commonest label {commonest:.1f} % (aim: +{POINTS} at "
        f"most)"
    )
    return int(named - commonest > POINTS)


if __name__ == "__main__":
    sys.exit(main())
