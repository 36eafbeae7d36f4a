"""The pairs to label next: candidates, their signals, their order, and each one's reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd

from stance.labeling.queue.features import features_of
from stance.labeling.queue.mixing import DIVERSITY, mixed
from stance.labeling.queue.signals import conflict, rarity, uncertainty
from stance.labeling.votes import Vote
from stance.models.base import Probabilities
from stance.schema.files import whole
from stance.schema.nouns import CODED, LABELS
from stance.schema.table import PAIRS, disk_schema

#: The signals beside diversity, and what a row says of those that put it into the queue.
REASONS = {
    "uncertainty": "the model is unsure",
    "balance": "likely of a rare class",
    "conflict": "rules and model differ",
    "doubt": "its label is doubtful",
    DIVERSITY: "unlike what is labelled",
}
#: A signal is a reason where it gave at least this share of what the strongest one gave.
_SHARE = 0.5


def divided(pairs: pd.DataFrame, people: Sequence[str] = ()) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The holder-free pairs that nobody has labelled, and those that are; in this order.

    ``people`` names further pairs, by ``pair_id``, that a person has labelled by now: they are in
    neither, as their label is not in the table.
    """
    free = pairs[pairs["holder_kind"] == "any"].drop_duplicates("pair_id")
    coded = free["provenance"].isin(CODED)
    waiting = ~coded & ~free["pair_id"].isin(people)
    labelled = free[coded & free["label"].isin(LABELS)]
    return free[waiting].reset_index(drop=True), labelled.reset_index(drop=True)


def queue(
    waiting: pd.DataFrame,
    labelled: pd.DataFrame,
    model: Any,
    chances: Probabilities,
    *,
    weights: Mapping[str, float],
    size: int,
    votes: Sequence[Sequence[Vote]] = (),
    doubts: pd.DataFrame | None = None,
    doubtful: float = 0.0,
    how: str = "margin",
    seed: int = 1,
) -> pd.DataFrame:
    """Up to ``size`` rows, the best first: the pairs' columns and ``rank``, ``why``, ``score``, a
    number from 0 to 1 for each signal, and what the model says.

    ``chances`` are the model's :func:`probabilities` of ``waiting``, ``votes`` the rules'. A share
    ``doubtful`` of the rows are labelled pairs of whom ``doubts``
    (:func:`stance.labeling.doubts.suspects`) says that the label is wrong.
    """
    again = _again(labelled, doubts, round(size * doubtful))
    vectors = features_of(pd.concat([waiting, labelled], ignore_index=True), model, seed)
    near, known = vectors[: len(waiting)], vectors[len(waiting) :]
    signals = _signals(chances, labelled, votes, how)
    order = mixed(signals, weights, near, known, size=size - len(again))
    chosen = waiting.iloc[order.pop("row")].reset_index(drop=True)
    found = _interleaved(pd.concat([chosen, order], axis=1), again)
    return _told(found, model, weights)


def _again(labelled: pd.DataFrame, doubts: pd.DataFrame | None, most: int) -> pd.DataFrame:
    """The most doubtful of the labelled, with how doubtful they are."""
    if doubts is None or doubts.empty or not most:
        return labelled.head(0).assign(doubt=pd.Series(dtype=float))
    score = labelled["pair_id"].map(dict(zip(doubts["pair_id"], doubts["score"], strict=True)))
    found = labelled.assign(doubt=score)[score.notna()].nlargest(most, "doubt")
    return found.reset_index(drop=True)


def _signals(
    chances: Probabilities, labelled: pd.DataFrame, votes: Sequence[Sequence[Vote]], how: str
) -> pd.DataFrame:
    found = {
        "uncertainty": uncertainty(chances, how),
        "balance": rarity(chances, labelled["label"].tolist()),
        "conflict": conflict(chances, votes) if votes else np.zeros(len(chances)),
    }
    return pd.DataFrame(found)


def probabilities(model: Any, pairs: pd.DataFrame) -> Probabilities:
    """Shape (pairs, 3), also of no pairs."""
    return model.predict_proba(pairs) if len(pairs) else np.zeros((0, len(LABELS)))


def _interleaved(chosen: pd.DataFrame, again: pd.DataFrame) -> pd.DataFrame:
    """The doubtful evenly between the others, each in its own order."""
    parts = [part.assign(at=(np.arange(len(part)) + 0.5) / len(part)) for part in (chosen, again)]
    found = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    signals = found.reindex(columns=[*REASONS, "score"]).fillna(0.0)
    signals["score"] = signals["score"].where(signals["doubt"] == 0, signals["doubt"])
    kept = found.drop(columns=[*signals.columns, "at"], errors="ignore")
    order = found["at"].argsort(kind="stable")
    return pd.concat([kept, signals], axis=1).iloc[order].reset_index(drop=True)


def _told(found: pd.DataFrame, model: Any, weights: Mapping[str, float]) -> pd.DataFrame:
    """The rows with their rank, their reasons and the model's answer."""
    said = probabilities(model, found)
    own = found[list(REASONS)].to_dict("records")
    return found.assign(
        rank=range(1, len(found) + 1),
        why=[_why(cast(Any, row), weights) for row in own],
        predicted=[LABELS[at] for at in said.argmax(axis=1)],
        **{f"p_{label}": said[:, at] for at, label in enumerate(LABELS)},
    )


def _why(row: Mapping[str, float], weights: Mapping[str, float]) -> str:
    """The signals that gave most, with their numbers, the strongest first."""
    gave = {name: row[name] * weights.get(name, 1.0) for name in REASONS}
    most = max(gave.values(), default=0.0)
    strong = sorted((n for n in gave if most and gave[n] >= _SHARE * most), key=lambda n: -gave[n])
    return "; ".join(f"{REASONS[name]} ({row[name]:.2f})" for name in strong)


def write_queue(found: pd.DataFrame, path: Path) -> None:
    """The queue as a table of pairs with the further columns behind."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = disk_schema(PAIRS)
    pairs = pa.Table.from_pandas(found[schema.names], schema=schema, preserve_index=False)
    more = pa.Table.from_pandas(found.drop(columns=schema.names), preserve_index=False)
    for name in more.column_names:
        pairs = pairs.append_column(name, more[name])
    with whole(path) as partial:
        pq.write_table(pairs, partial)
