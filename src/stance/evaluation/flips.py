"""The pairs that two models label differently, with their sentences, to be read by a person."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stance.evaluation.align import Aligned

#: How a flip comes out for the challenger, the worst first.
OUTCOMES = ("lost", "both wrong", "won")


def flips(champion: Aligned, challenger: Aligned) -> pd.DataFrame:
    """One row for each flip: losses first, then by pair.

    Columns: ``outcome`` (lost: only the champion is right), ``pair_id``, ``party``, ``sentence``,
    ``gold``, ``champion``, ``challenger``, ``champion_confidence``, ``challenger_confidence``.
    """
    differs = champion.answer != challenger.answer
    gold = champion.gold[differs]
    outcome = np.select([champion.correct, challenger.correct], ["lost", "won"], "both wrong")
    places = zip(gold["text"], gold["sentence_start"], gold["sentence_end"], strict=True)
    frame = pd.DataFrame(
        {
            "outcome": outcome[differs],
            "pair_id": gold["pair_id"].to_numpy(),
            "party": gold["target_party"].fillna(gold["target"]).to_numpy(),
            "sentence": [text[start:end] for text, start, end in places],
            "gold": gold["label"].to_numpy(),
            "champion": champion.predictions["predicted"][differs].fillna("none").to_numpy(),
            "challenger": challenger.predictions["predicted"][differs].fillna("none").to_numpy(),
            "champion_confidence": champion.confidence[differs].round(4),
            "challenger_confidence": challenger.confidence[differs].round(4),
        }
    )
    rank = frame["outcome"].map(OUTCOMES.index)
    return frame.iloc[np.lexsort((frame["pair_id"], rank))].reset_index(drop=True)
