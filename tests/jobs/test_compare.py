"""`stance compare`: registered versions and what `evaluate` measured, side by side."""

from __future__ import annotations


def test_versions_and_evaluations_stand_side_by_side(trained, run_job):
    for uri in ("rules", "models/majority", "rules"):
        assert run_job("evaluate", f"model_uri={uri}", "draws=100")[0] == 0

    status, said = run_job("compare")

    assert status == 0, said
    assert "project (stance), dev part" in said
    lines = [line for line in said.splitlines() if "│ rules " in line]
    assert len(lines) == 1
    assert "tfidf" in said
    assert said.index("│ rules ") < said.index("│ models/majority ")
