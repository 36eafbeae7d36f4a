from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import mlflow
import pandas as pd
import pytest

from stance.models import StanceModel, save
from stance.models.tfidf import TfidfClassifier
from stance.scoring.spark.session import session
from stance.tracking.flavor import example_of, signature


@pytest.fixture
def logged(pairs: pd.DataFrame, tmp_path: Path) -> Path:
    """A TF-IDF model saved as the pyfunc that the registry logs."""
    folder = save(StanceModel(TfidfClassifier(min_df=1).fit(pairs)), tmp_path / "model")
    mlflow.pyfunc.save_model(
        str(tmp_path / "logged"),
        loader_module="stance.tracking.flavor",
        data_path=str(folder),
        signature=signature(),
    )
    return tmp_path / "logged"


@pytest.mark.slow
def test_the_logged_model_runs_as_a_spark_udf(
    logged: Path, pairs: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyspark.sql.functions import struct

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    asked = example_of(pairs, 6)
    expected = mlflow.pyfunc.load_model(str(logged)).predict(asked)

    with session("local[1]", {}) as spark:
        udf = mlflow.pyfunc.spark_udf(
            spark, str(logged), result_type="predicted string, confidence double, status string"
        )
        rows: Any = spark.createDataFrame(asked.astype(object))
        # A struct leaves out what is optional; bare columns would be taken for all of them.
        told = rows.withColumn("told", udf(struct("text", "party")))
        found = told.select("text", "told.*").toPandas()

    assert found["text"].tolist() == asked["text"].tolist()
    assert found["predicted"].tolist() == expected["predicted"].tolist()
    assert found["confidence"].tolist() == pytest.approx(expected["confidence"].tolist())
