"""A cluster of its own: a master and a worker of Spark's on this machine, an executor killed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyspark
import pytest

from stance.scoring.plan import Plan
from tests.scoring.spark.conftest import pages
from tests.scoring.spark.test_engine import ENGINE, rows_of, run

HOME = Path(pyspark.__file__).parent
#: Ends the executor, the parent of the parent of the worker that has answered once.
KILLER = """
import os, signal
from pathlib import Path
import stance.scoring.scorer as scorer
score, times = scorer.Scorer.score, []
def deadly(self, articles):
    marker = Path(os.environ["STANCE_TEST_MARKER"])
    if times and not marker.exists():
        marker.touch()
        executor = int(Path(f"/proc/{os.getppid()}/stat").read_text().rsplit(")", 1)[1].split()[1])
        os.kill(executor, signal.SIGKILL)
    times.append(1)
    return score(self, articles)
scorer.Scorer.score = deadly
"""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """The URL of a standalone cluster on the loopback address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    url = f"spark://127.0.0.1:{port}"
    environment = os.environ | {"SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": "127.0.0.1"}
    deploy = "org.apache.spark.deploy"
    at = ["--host", "127.0.0.1", "--webui-port", "0"]
    size = ["--cores", "2", "--memory", "2g", "--work-dir", str(tmp_path / "executors")]
    commands = (
        [f"{deploy}.master.Master", *at, "--port", str(port)],
        [f"{deploy}.worker.Worker", *at, *size, url],
    )
    processes = [
        subprocess.Popen(
            [str(HOME / "bin" / "spark-class"), *command],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield url
    for process in reversed(processes):
        process.terminate()
        process.wait()


@pytest.mark.slow
def test_an_executor_that_is_killed_leaves_each_row_once(
    cluster: str, plan: Callable[..., Plan], model_folder: Path, lake: Path, tmp_path: Path
) -> None:
    run(ENGINE, plan(model_folder), lake, tmp_path / "undisturbed")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(KILLER)
    marker = tmp_path / "killed"
    paths = os.pathsep.join([str(tmp_path / "site"), *filter(None, sys.path)])
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.executor.memory": "1g",
        "spark.executorEnv.PYTHONPATH": paths,
        "spark.executorEnv.STANCE_TEST_MARKER": str(marker),
    }
    engine = replace(ENGINE, master=cluster, settings=ENGINE.settings | settings)

    run(engine, plan(model_folder), lake, tmp_path / "out")

    assert marker.exists()
    assert rows_of(tmp_path / "out") == rows_of(tmp_path / "undisturbed")
    assert pages(tmp_path / "out") == pages(tmp_path / "undisturbed")
