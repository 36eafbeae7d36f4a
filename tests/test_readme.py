"""The README's commands run, and print what it shows."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(import stance\n.*?)```", re.DOTALL)


def commands(text: str) -> list[tuple[str, str]]:
    """Each ``$ command`` with the output shown under it."""
    found = []
    for block in CONSOLE.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def as_pattern(shown: str) -> str:
    """What is shown, with … for whatever stands there."""
    return re.escape(shown.strip()).replace("…", r"[\s\S]*?")


@pytest.mark.slow
def test_every_command_of_the_readme_prints_what_it_shows(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src" / "stance" / "seeds", tmp_path / "seeds")
    environment = os.environ | {
        "COLUMNS": "80",
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
    }
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert len(commands(readme)) >= 7
    for command, shown in commands(readme):
        done = subprocess.run(
            shlex.split(command),
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        said = "\n".join(line.rstrip() for line in (done.stdout + done.stderr).strip().splitlines())
        assert done.returncode in (0, 1, 2, 4), (command, said)
        assert re.fullmatch(as_pattern(shown), said), (command, said)


def test_the_readmes_python_runs(workplace: Path) -> None:
    (code,) = PYTHON.findall((ROOT / "README.md").read_text(encoding="utf-8"))

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert re.search(r"Orlev +support +Tarn", done.stdout)
