from __future__ import annotations

import pandas as pd
import pytest

from stance.labeling import deciding
from stance.labeling.aggregation import aggregate_votes, voting
from stance.schema.nouns import InputError
from stance.schema.table import PAIRS, pair_faults, to_arrow
from tests.conftest import pair
from tests.labeling.test_opinions import vote

TEXT = "Tarn denounced Orlev."
HELD = {"holder_kind": "party", "holder": "Tarn", "holder_party": "tarn"}
HELD |= {"holder_spans": [{"start": 0, "end": 4}]}


def orlev(article: str, label: str | None = "neutral", **more: object) -> dict[str, object]:
    fixed = {"provenance": "silver", "annotator": "rules:none"}
    return pair(TEXT, "Orlev", label, article_id=article, **(fixed | more))


def on(article: str, annotator: str, label: str, **more: object) -> dict[str, object]:
    kind = "person" if annotator in ("ann", "ben", "cho") else annotator.partition(":")[0]
    found = vote(annotator, label, f"{article}:0:Orlev:any", rule="", codebook="1.1")
    return found | {"kind": kind, "time": "", "evidence": ""} | more


def labels(found: pd.DataFrame) -> dict[str, object]:
    free = found[found["holder_kind"] == "any"]
    return dict(zip(free["article_id"], free["label"].astype(object), strict=True))


@pytest.fixture(autouse=True)
def quick_mace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whom MACE comes to trust is looked at where the methods are; here it only has to run."""
    monkeypatch.setattr(deciding, "RESTARTS", 1)
    monkeypatch.setattr(deciding, "ITERATIONS", 5)


def test_a_persons_label_wins_over_any_number_of_programs() -> None:
    table = pd.DataFrame([orlev("a1"), orlev("a2")])
    programs = [on(a, n, "support") for a in ("a1", "a2") for n in ("rules", "llm:x", "nli:y")]
    votes = pd.DataFrame([*programs, on("a1", "ann", "opposition", codebook="1.0")])
    for method in ("majority", "dawid_skene", "mace"):
        found = aggregate_votes(votes, table, method=method)

        assert labels(found.pairs) == {"a1": "opposition", "a2": "support"}
        gold, silver = found.pairs.to_dict("records")
        assert (gold["provenance"], gold["annotator"], gold["codebook"]) == ("gold", "ann", "1.0")
        assert silver["provenance"] == "silver"
        assert silver["annotator"] == f"{method}(llm:x, nli:y, rules)"
        assert len(found.votes) == 7
        assert set(found.report["methods"]) == {"majority", "dawid_skene", "mace"}


def test_what_was_gold_yields_to_people_alone() -> None:
    table = pd.DataFrame([orlev(a, "support", provenance="gold") for a in ("a1", "a2")])
    votes = pd.DataFrame([on("a1", "llm:x", "neutral"), on("a2", "ann", "neutral")])

    found = aggregate_votes(votes, table)

    assert labels(found.pairs) == {"a1": "support", "a2": "neutral"}
    assert found.report["ended"] == {"kept as gold": 1, "decided by people": 1}
    assert found.report["methods"]["majority"]["against gold"] == {
        "n": 1,
        "accuracy": 0.0,
        "macro_f1": 0.0,
    }


def test_nothing_is_lost_and_everything_is_counted() -> None:
    table = pd.DataFrame([orlev(f"a{n}") for n in range(7)])
    votes = [on("a0", "rules", "support"), on("a1", "ann", "support"), on("a1", "ben", "neutral")]
    votes += [on("a2", "ann", "wrong_link"), on("a3", "ann", "mixed"), on("a4", "llm:x", "abstain")]
    votes += [on("a5", "ann", "unclear"), on("zz", "ann", "neutral")]

    found = aggregate_votes(pd.DataFrame(votes), table)

    assert found.report["ended"] == {
        "decided by programs": 1,
        "undecided by people": 1,
        "wrong_link by people": 1,
        "decided by people": 1,
        "without votes, kept": 2,
        "unclear by people": 1,
    }
    assert found.report["votes on pairs that are not in the table"] == 1
    assert len(found.pairs) == 7
    rows = found.pairs.set_index("article_id")
    assert list(rows["label"].isna()) == [False, True, True, True, False, True, False]
    assert rows.loc["a3", "mixed"]
    assert not rows.loc["a3", "unclear"]
    assert not [fault for row in found.pairs.to_dict("records") for fault in pair_faults(row)]
    to_arrow(found.pairs, PAIRS)


def test_holders_come_from_the_votes_that_decide() -> None:
    old = orlev("a1", "support") | {"holder_kind": "author", "pair_id": "a1:0:Orlev:author"}
    table = pd.DataFrame([orlev("a1", "support"), old, orlev("a2")])
    votes = [on("a1", "ann", "opposition", **HELD), on("a1", "ben", "opposition", **HELD)]
    votes += [on("a1", "cho", "opposition", holder_kind="unnamed")]
    votes += [on("a1", "rules", "support", holder_kind="author")]

    found = aggregate_votes(pd.DataFrame(votes), table).pairs

    held = found[found["holder_kind"] != "any"]
    assert list(held["pair_id"]) == ["a1:0:Orlev:tarn"]
    assert held.iloc[0][["label", "holder", "holder_kind"]].tolist() == [
        "opposition",
        "Tarn",
        "party",
    ]
    assert held.iloc[0]["holder_spans"] == [{"start": 0, "end": 4}]


def test_a_row_without_votes_keeps_its_holders() -> None:
    held = orlev("a1", "opposition") | HELD | {"pair_id": "a1:0:Orlev:tarn"}
    table = pd.DataFrame([orlev("a1", "opposition"), held])
    found = aggregate_votes(pd.DataFrame([on("a9", "ann", "neutral")]), table).pairs
    assert list(found["pair_id"]) == ["a1:0:Orlev:any", "a1:0:Orlev:tarn"]


def test_heads_are_counted_by_annotator_and_trust_by_rule() -> None:
    votes = pd.DataFrame(
        [on("a1", "rules", "support", rule=rule) for rule in ("active", "passive", "compound")]
        + [on("a1", "llm:x", "neutral"), on("a1", "nli:y", "neutral")]
    )
    assert len(voting(votes, by_rule=False)) == 3
    assert set(voting(votes, by_rule=True)["worker"]) == {
        "rules:active",
        "rules:passive",
        "rules:compound",
        "llm:x",
        "nli:y",
    }
    assert labels(aggregate_votes(votes, pd.DataFrame([orlev("a1")])).pairs) == {"a1": "neutral"}


def test_below_the_least_confidence_nothing_is_decided() -> None:
    votes = pd.DataFrame(
        [on("a1", n, "support") for n in ("rules", "llm:x")] + [on("a1", "nli:y", "neutral")]
    )
    found = aggregate_votes(votes, pd.DataFrame([orlev("a1")]), least=0.7)
    assert found.report["ended"] == {"undecided by programs": 1}
    assert found.pairs["unclear"].all()


def test_an_unknown_method_is_named() -> None:
    with pytest.raises(InputError, match="there are majority, dawid_skene, mace"):
        aggregate_votes(pd.DataFrame([on("a1", "ann", "neutral")]), pd.DataFrame(), method="vote")
