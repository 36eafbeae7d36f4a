from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stance.cli import JOBS, quoted

RunJob = Callable[..., tuple[int, str]]
STANCE = [sys.executable, "-m", "stance"]


def stance(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*STANCE, *words], cwd=cwd, capture_output=True, text=True, check=False)


def test_help_names_every_command_and_imports_nothing_heavy(workplace: Path) -> None:
    code = (
        "import sys; from stance.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('torch', 'transformers', 'mlflow', 'pandas') if m in sys.modules])"
    )

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert all(name in found.stdout for name in JOBS)
    assert found.stdout.strip().endswith("[]")


@pytest.mark.parametrize("job", JOBS)
def test_a_jobs_help_imports_nothing_heavy(job: str, workplace: Path) -> None:
    # A second and a half is all that --help may take; see benchmarks/help_speed.py.
    code = (
        "import sys; from stance.cli import main\n"
        f"try: main([{job!r}, '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = ('torch', 'transformers', 'mlflow', 'pandas', 'numpy', 'sklearn', 'datasets')\n"
        "print([m for m in heavy if m in sys.modules])"
    )

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip().endswith("[]")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["traim"], 2, "no such command"),
        (["train", "sead=1"], 2, "Could not override 'sead'"),
        (["train", "classifier=bert"], 2, "Could not find 'classifier/bert'"),
        (["score", "input=missing.txt"], 2, "missing.txt: no such file or folder"),
        (["score", "text=Hello", "model_uri=nowhere"], 2, "model nowhere: no such folder"),
        (["score", "text=Hello", "parties=no/list.yaml", "model_uri=rules"], 2, "no/list.yaml"),
        (["score", "text=Hello", "output=/proc/x.csv", "model_uri=rules"], 2, "output /proc/x.csv"),
        (["score", "text=Hello", "output=x.doc", "model_uri=rules"], 2, "'.doc' is none of"),
        (["score", "text=Hello", "parties=wrld", "model_uri=rules"], 2, "is world meant?"),
        (["evaluate", "model_uri=rules"], 2, "run `stance prepare` first"),
        (["evaluate", "model_uri=rules", "draws=many"], 2, "draws: 'many' is not a whole number"),
        (["train", "experiment=nope"], 2, "Could not find 'experiment/nope'"),
        (["gate", "gate.settings.margn=0"], 2, "Could not override 'gate.settings.margn'"),
        (["prepare", "output=/proc/x"], 2, "output /proc/x/manifest.json: /proc cannot be written"),
        (["export"], 2, "missing mandatory value: output"),
        (["show"], 2, "`make demo` (or dvc repro) makes it"),
    ],
)
def test_a_mistake_is_one_line_and_status_two(
    words: list[str], status: int, said: str, workplace: Path
) -> None:
    found = stance(*words, cwd=workplace)

    assert (found.returncode, found.stdout) == (status, "")
    assert said in found.stderr
    assert found.stderr.count("\n") == 1
    assert list(workplace.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty.txt: the file is empty"),
        ("binary.txt", b"\x89PNG\x00\xff\xfe\x00", "binary.txt: not UTF-8 at byte 0"),
        ("latin.txt", b"caf\xe9 au lait", "latin.txt: not UTF-8 at byte 3"),
        ("folder/notes.doc", b"no article", "folder: no articles here"),
    ],
)
@pytest.mark.parametrize("job", ["score", "label"])
def test_what_is_no_article_is_one_line_and_status_two(
    name: str, content: bytes, said: str, job: str, workplace: Path, run_job: RunJob
) -> None:
    path = workplace / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    words = ["output=out.parquet"] + (["model_uri=rules"] if job == "score" else [])

    status, told = run_job(job, f"input={name.split('/')[0]}", *words)

    assert status == 2
    assert said in told
    assert told.count("\n") == 1
    assert [item.name for item in workplace.iterdir()] == [name.split("/")[0]]


def test_tab_completes_commands_keys_groups_and_choices(workplace: Path) -> None:
    def completed(line: str) -> list[str]:
        asked = subprocess.run(
            [*STANCE, "-sc", "query=bash"],
            env=os.environ | {"COMP_LINE": line},
            capture_output=True,
            text=True,
            check=True,
        )
        return asked.stdout.split()

    assert completed("stance tr") == ["train"]
    assert completed("stance train classifier=s") == ["classifier=span"]
    assert completed("stance train max") == ["max_pairs="]
    assert "corpus=" in completed("stance prepare cor")
    script = subprocess.run(
        [*STANCE, "-sc", "install=bash"], capture_output=True, text=True, check=True
    )
    assert script.stdout.strip().endswith("-F hydra_bash_completion stance")


def test_values_that_trip_hydras_grammar_are_quoted() -> None:
    words = ["text=it's (50 %), é = x", "parties=[Russia,China]", "seed=1", "output=a b.csv"]

    assert quoted(words) == [
        "text='it\\'s (50 %), é = x'",
        "parties=[Russia,China]",
        "seed=1",
        "output='a b.csv'",
    ]
    assert quoted(["-m", "model_uri=a,b"]) == ["-m", "model_uri=a,b"]


def test_odd_text_goes_through_as_it_is(workplace: Path) -> None:
    text = 'Tarn praised Orlev\'s « plan » (50 %), {yes} = $HOME, "no" \\ ${oc.env:HOME}'

    found = stance(
        "score",
        f"text={text}",
        "parties=[Tarn,Orlev]",
        "model_uri=rules",
        "output=o.jsonl",
        cwd=workplace,
    )

    import pandas as pd

    assert found.returncode == 0, found.stderr
    rows = pd.read_json(workplace / "o.jsonl", lines=True)
    assert rows["text"].tolist() == [text, text]
    assert rows["predicted"].tolist() == ["neutral", "support"]
    assert [p.name for p in workplace.iterdir()] == ["o.jsonl"]
