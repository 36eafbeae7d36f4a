"""`stance show`: the table of a scored article, and the models beside the floors."""

from __future__ import annotations

from pathlib import Path


def test_models_and_floors_stand_side_by_side(trained, run_job):
    article = Path("lima.txt")
    article.write_text("Tarn praised Orlev.\n", encoding="utf-8")
    lists = f"parties=[{Path(__file__).parents[2]}/seeds/parties.yaml,Tarn,Orlev]"
    run_job("score", f"input={article}", lists, "model_uri=rules", "output=shown.parquet")
    run_job("evaluate", "model_uri=[models/tfidf,rules]", "output=shown.json", "draws=200")
    words = ["predictions=shown.parquet", "article=lima", lists]

    status, said = run_job("show", *words, "evaluation=shown.json")

    assert status == 0, said
    assert "Orlev" in said
    assert all(name in said for name in ("models/tfidf", "rules", "majority", "tfidf_blind"))

    run_job("evaluate", "model_uri=rules", "output=one.json", "draws=200")
    status, said = run_job("show", *words, "evaluation=one.json")

    assert status == 2
    assert "one.json: not the figures of several models" in said
