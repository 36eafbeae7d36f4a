"""A Spark session, and the model on its way to the executors."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from stance.schema.nouns import InputError
from stance.scoring.plan import RULES, Plan, artefact
from stance.scoring.spark.rows import Shipped

#: What is set unless the config says otherwise.
DEFAULTS = {
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
    # Dates of articles are days, not moments of some place.
    "spark.sql.session.timeZone": "UTC",
    # The files of a task that was tried twice are moved into place once, by the job's commit.
    "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "1",
}
LOOPBACK = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}


@contextmanager
def session(master: str, settings: Mapping[str, str]) -> Iterator[Any]:
    """The session that there is, or one on ``master`` that ends with the block.

    The workers run this Python unless ``PYSPARK_PYTHON`` names theirs.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise InputError("engine=spark: run `pip install 'news-stance[spark]'`") from error

    # What is used here of pandas 3 works, as the tests show.
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    if (open_already := SparkSession.getActiveSession()) is not None:
        yield open_already
        return
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    local = LOOPBACK if master.startswith("local") else {}
    shown = {"spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower()}
    builder = SparkSession.builder.master(_retrying(master)).appName("stance score")
    for key, value in (DEFAULTS | shown | local | dict(settings)).items():
        builder = builder.config(key, str(value))
    try:
        spark = builder.getOrCreate()
    except (PySparkException, OSError) as error:
        reason = " ".join(str(error).split())[:200]
        raise InputError(
            f"engine.master {master}: no session (is Java 17 there?): {reason}"
        ) from error
    try:
        yield spark
    finally:
        spark.stop()


def _retrying(master: str) -> str:
    """``local[*]`` gives a task one try, where a cluster gives it four."""
    return re.sub(r"^local\[(\*|\d+)\]$", r"local[\1,4]", master)


@contextmanager
def explained(what: str) -> Iterator[None]:
    """An error of Spark's, whose traces are long, as an :class:`InputError` of one line."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JJavaError, PySparkException) as error:
        java = getattr(error, "java_exception", None)
        while java is not None and java.getCause() is not None:
            java = java.getCause()
        reason = " ".join(str(error if java is None else java.toString()).split())[:400]
        raise InputError(f"engine=spark: {what}: {reason}") from error


@contextmanager
def shipped(spark: Any, plan: Plan) -> Iterator[Shipped]:
    """The plan with its model's folder sent to every executor, which unpacks it once."""
    key = artefact(plan.model)
    name = f"stance-model-{key[:16]}"
    with tempfile.TemporaryDirectory(prefix="stance-spark-") as folder:
        if plan.model != RULES:
            archive = shutil.make_archive(str(Path(folder) / name), "zip", plan.model)
            spark.sparkContext.addArchive(f"{archive}#{name}")
        yield Shipped(plan, name, "-".join(plan.fingerprint().values()))
