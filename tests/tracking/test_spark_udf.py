"""A logged model on Spark, as MLflow itself puts it there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from stance.models import StanceModel, save
from stance.models.tfidf import TfidfClassifier
from stance.scoring.spark.session import session
from stance.tracking.flavor import OUTPUTS, signature
from tests.conftest import HOLDER, SENTENCES, TARGET


@pytest.mark.slow
def test_a_logged_model_answers_as_a_function_of_spark(
    pairs: pd.DataFrame, workplace: Path
) -> None:
    import mlflow

    mlflow.set_tracking_uri(f"sqlite:///{workplace}/mlflow.db")
    mlflow.create_experiment("udf", artifact_location=str(workplace / "artifacts"))
    mlflow.set_experiment("udf")
    folder = save(StanceModel(TfidfClassifier(min_df=1).fit(pairs)), workplace / "model")
    with mlflow.start_run():
        info = mlflow.pyfunc.log_model(
            name="model",
            loader_module="stance.tracking.flavor",
            data_path=str(folder),
            signature=signature(),
            pip_requirements=["scikit-learn"],
        )
    asked = pd.DataFrame(
        [{"text": text, "party": party} for text, _ in SENTENCES for party in (TARGET, HOLDER)]
        + [{"text": "It rained.", "party": TARGET}]
    )
    expected = mlflow.pyfunc.load_model(info.model_uri).predict(asked)
    types = {"predicted": "string", "status": "string"}
    result = ", ".join(f"{name} {types.get(name, 'double')}" for name in OUTPUTS)

    with session("local[2]", {"spark.sql.shuffle.partitions": "2"}) as spark:
        ask = mlflow.pyfunc.spark_udf(spark, info.model_uri, result, env_manager="local")
        rows = spark.createDataFrame(asked).coalesce(1).select(ask("text", "party").alias("said"))
        found = rows.select("said.*").toPandas()

    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    assert list(found["status"])[-1] == "no_party"
    assert not found.isna().any().any()
