from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from stance.labeling.model import RulesModel

Run = Callable[..., tuple[int, str]]
WORDS = ("score", "model_uri=rules", "text=Lamp Street praised Orlev. Tarn condemned Orlev.")
PARTIES = """- {id: front, name: National Front}
- {id: street, name: Lamp Street, part_of: front}
- {id: orlev, name: Orlev}
- {id: tarn, name: Tarn}
"""


@pytest.fixture(autouse=True)
def parties(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "parties.yaml").write_text(PARTIES, encoding="utf-8")


@pytest.mark.parametrize(("parts", "holder"), [("false", "street"), ("true", "front")])
def test_rollups_are_written_and_may_count_parts_for_wholes(
    run_job: Run, parts: str, holder: str
) -> None:
    status, said = run_job(
        *WORDS, "parties=parties.yaml", "rollup=é rolled.jsonl", f"roll_up_parts={parts}"
    )

    assert status == 0, said
    assert "written to é rolled.jsonl" in said
    found = pd.read_json("é rolled.jsonl", lines=True)
    toward = found[(found["rollup"] == "holder") & (found["target_party"] == "orlev")]
    assert set(toward["holder_party"]) == {holder, "tarn"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rollup=rolled.doc"], "rollup rolled.doc: ending '.doc' is none of"),
        (["engine=spark", "input=parties.yaml", "text=null", "rollup=x.csv"], "writes no rollup"),
        (
            ["engine=spark", "input=x.jsonl", "text=null", "output=x", "roll_up_parts=true"],
            "roll_up_parts counts nothing",
        ),
    ],
)
def test_a_rollup_that_cannot_be_is_refused_before_any_work(
    run_job: Run, words: list[str], said: str
) -> None:
    status, found = run_job(*WORDS, "parties=parties.yaml", *words)

    assert status == 2
    assert said in found


def test_a_model_that_breaks_is_told_by_rows_and_status(
    run_job: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: RulesModel, X: pd.DataFrame) -> None:
        raise RuntimeError("no answer today")

    monkeypatch.setattr(RulesModel, "answer", broken)

    status, said = run_job(*WORDS, "parties=parties.yaml", "output=out.csv")

    assert status == 70
    assert "the model failed on 1 of 1 articles" in said
    rows = pd.read_csv("out.csv")
    assert rows["status"].tolist() == ["error"]
    assert "no answer today" in rows["evidence"][0]
